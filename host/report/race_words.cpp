#include "host/report/race_parts.h"

#include <fmt/format.h>

#include "host/base/number_text.h"
#include "host/base/text.h"

namespace isoloss {

std::string percent_text(double share) {
  if (share > 0 && share < 0.005) return "under 1%";
  return fmt::format("{:.0f}%", 100 * share);
}

std::string budget_text(Budget by, double budget) {
  return by == Budget::flops ? flops_text(budget) : count_text(budget);
}

std::string fixed_text(const Estimate& estimate, int decimals) {
  std::string out = fmt::format("{:.{}f}", estimate.value, decimals);
  if (estimate.interval)
    out += fmt::format(" ({:.{}f} .. {:.{}f})", estimate.interval->lower, decimals,
                       estimate.interval->upper, decimals);
  return out;
}

std::string run_name(const RaceResult& result, std::size_t curve) {
  return printable(result.curves[curve].curve.run);
}

}  // namespace isoloss
