#include "host/fit/interval_method.h"

#include <utility>

namespace isoloss {
namespace {

constexpr std::pair<IntervalMethod, std::string_view> kIntervalNames[] = {
    {IntervalMethod::percentile, "percentile"}, {IntervalMethod::basic, "basic"},
    {IntervalMethod::normal, "normal"},         {IntervalMethod::bca, "bca"},
    {IntervalMethod::linearised, "linearised"}, {IntervalMethod::sandwich, "sandwich"},
    {IntervalMethod::profile, "profile"},
};

}  // namespace

std::string_view name_of(IntervalMethod method) {
  return kIntervalNames[static_cast<std::size_t>(method)].second;
}

std::optional<IntervalMethod> interval_method_called(std::string_view name) {
  for (const auto& [method, own] : kIntervalNames)
    if (own == name) return method;
  return {};
}

std::vector<std::string> interval_method_names() {
  std::vector<std::string> out;
  for (const auto& [method, name] : kIntervalNames) out.emplace_back(name);
  return out;
}

}  // namespace isoloss
