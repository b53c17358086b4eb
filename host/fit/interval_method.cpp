#include "host/fit/interval_method.h"

#include <cstddef>

namespace isoloss {
namespace {

struct MethodRow {
  IntervalMethod method;
  std::string_view name, needs;
};

constexpr MethodRow kIntervalTable[] = {
    {IntervalMethod::percentile, "percentile", "a bootstrap"},
    {IntervalMethod::basic, "basic", "a bootstrap"},
    {IntervalMethod::normal, "normal", "a bootstrap"},
    {IntervalMethod::bca, "bca", "a bootstrap, whose tails reach far enough"},
    {IntervalMethod::linearised, "linearised", "least squares, and rows that are independent"},
    {IntervalMethod::sandwich, "sandwich",
     "least squares, or a Huber loss with 20 rows within delta a parameter; 5 runs, or more rows "
     "than parameters; and no parameter at its bound"},
    {IntervalMethod::jackknife, "jackknife",
     "least squares, or a Huber loss with 20 rows within delta a parameter; and 5 to 2000 runs, or "
     "rows where those are independent, without any of which the fit is proved"},
    {IntervalMethod::wild, "wild",
     "a bootstrap; least squares, or a Huber loss with 20 rows within delta a parameter; 5 to 2000 "
     "runs or rows, 3 more than parameters; and no parameter at its bound"},
    {IntervalMethod::profile, "profile",
     "a fit that is proved and does not go through its runs; least squares and rows that are "
     "independent, or a bootstrap of resamples enough for its quantile and no parameter at its "
     "bound"},
    {IntervalMethod::calibrated, "calibrated",
     "intervals of 9 in 10 simulated sets, among whose draws the fit nearly always lies"},
};

}  // namespace

std::string_view name_of(IntervalMethod method) {
  return kIntervalTable[static_cast<std::size_t>(method)].name;
}

std::string_view needs_of(IntervalMethod method) {
  return kIntervalTable[static_cast<std::size_t>(method)].needs;
}

std::optional<IntervalMethod> interval_method_called(std::string_view name) {
  for (const MethodRow& own : kIntervalTable)
    if (own.name == name) return own.method;
  return {};
}

std::vector<std::string> interval_method_names() {
  std::vector<std::string> out;
  for (const MethodRow& own : kIntervalTable) out.emplace_back(own.name);
  return out;
}

}  // namespace isoloss
