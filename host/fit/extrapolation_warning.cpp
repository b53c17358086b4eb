#include "host/fit/extrapolation_warning.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/base/number_text.h"

namespace isoloss {

std::optional<Warning> extrapolation_warning(double farthest) {
  if (!(farthest > threshold_of<"extrapolation">)) return std::nullopt;
  return warning<"extrapolation">(
      fmt::format("training there costs up to {} times the largest run that was fitted: an "
                  "extrapolation",
                  number_text(farthest)));
}

std::optional<Warning> extrapolation_warning(const std::vector<double>& budgets,
                                             const RunTable& runs) {
  if (budgets.empty() || runs.flops.empty()) return std::nullopt;
  return extrapolation_warning(*std::max_element(budgets.begin(), budgets.end()) /
                               runs.largest_flops());
}

std::optional<Warning> extrapolation_warning(const FitResult& fit) {
  if (!fit.budgets_asked || fit.optima.empty()) return std::nullopt;
  const auto at = std::max_element(
      fit.optima.begin(), fit.optima.end(),
      [](const OptimumEstimate& a, const OptimumEstimate& b) { return a.C < b.C; });
  if (!(at->extrapolation > threshold_of<"extrapolation">)) return std::nullopt;
  return warning<"extrapolation">(
      fmt::format("{} FLOP is {:.3g} times the largest run; the optimum is an extrapolation",
                  flops_text(at->C), at->extrapolation));
}

}  // namespace isoloss
