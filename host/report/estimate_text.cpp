#include "host/report/estimate_text.h"

#include <fmt/format.h>

#include <cmath>

namespace isoloss {

std::string estimate_text(const Estimate& estimate, std::string (*text)(double)) {
  if (!std::isfinite(estimate.value)) return "none";
  if (!estimate.interval) return text(estimate.value);
  return fmt::format("{} ({} .. {})", text(estimate.value), text(estimate.interval->lower),
                     text(estimate.interval->upper));
}

Cell estimate_cell(const Estimate& estimate, std::string (*text)(double)) {
  return {estimate_text(estimate, text), estimate};
}

std::string ratio_text(double x) { return fmt::format("{:.3g}", x); }
std::string loss_text(double x) { return fmt::format("{:.4f}", x); }

// Rounding noise is no saving.
std::string share_text(double x) {
  return fmt::format("{:.1f}%", std::fabs(x) < 5e-4 ? 0 : 100 * x);
}

}  // namespace isoloss
