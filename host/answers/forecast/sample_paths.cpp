#include "host/answers/forecast/sample_paths.h"

#include <algorithm>

#include "host/base/error.h"

namespace isoloss {
namespace {

// Which random number an assumption has.
enum Assumption : std::uint32_t { kCompute, kGrowth, kEfficiency, kStock, kDataGrowth };

void require_reason(const Path& path, int num_years) {
  const auto is_reasonable = [](double log_value) {
    return log_value >= 0 && log_value <= kLogMost;
  };
  const double years = num_years;
  if (!is_reasonable(path.log_effective_at(years)))
    throw InputError("", 0, "",
                     "the budget passes 1e100 FLOP, or falls below one, within the years",
                     "ask for fewer years, a slower growth or a narrower range");
  if (!is_reasonable(path.log_stock_at(years)))
    throw InputError("", 0, "",
                     "the stock passes 1e100 tokens, or falls below one, within the years",
                     "ask for fewer years, a slower growth or a narrower range");
}

// deviate: by Assumption.
template <class Deviate>
Path path_of(const Assumptions& assumptions, Deviate&& deviate) {
  const auto log_of = [&](const std::optional<Uncertain>& number, Assumption which) {
    return number ? number->log_at(deviate(which)) : 0;
  };
  Path out{assumptions.compute.log_at(deviate(kCompute)),
           assumptions.growth.log_at(deviate(kGrowth)), log_of(assumptions.efficiency, kEfficiency),
           log_of(assumptions.unique_tokens, kStock), log_of(assumptions.data_growth, kDataGrowth)};
  require_reason(out, assumptions.num_years);
  return out;
}

}  // namespace

bool Assumptions::has_range() const {
  const auto is_wide = [](const std::optional<Uncertain>& number) {
    return number && number->range;
  };
  return compute.range || growth.range || is_wide(efficiency) || is_wide(unique_tokens) ||
         is_wide(data_growth);
}

std::vector<Path> sample_paths(const Assumptions& assumptions, std::size_t num_samples,
                               std::uint64_t seed) {
  std::vector<Path> out{path_of(assumptions, [](Assumption) { return 0.0; })};
  for (std::size_t i = 0; i < num_samples; ++i)
    out.push_back(
        path_of(assumptions, [&](Assumption which) { return normal_deviate(seed, i, which); }));
  return out;
}

}  // namespace isoloss
