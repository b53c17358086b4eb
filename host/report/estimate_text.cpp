#include "host/report/estimate_text.h"

#include <fmt/format.h>

#include <cmath>

#include "host/base/number_text.h"

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

std::string interval_text(const Interval& interval) {
  const auto [lower, upper] = interval;
  if (std::isinf(upper) && (std::isinf(lower) || lower == 0)) return "not bounded";
  return fmt::format("{} .. {}", std::isinf(lower) ? "unbounded" : number_text(lower),
                     std::isinf(upper) ? "unbounded" : number_text(upper));
}

// Three digits: 18.1, 131, 1950, 46900.
std::string ratio_text(double x) {
  const double size = std::fabs(x);
  if (!(size >= 999.5 && size < 999500)) return fmt::format("{:.3g}", x);
  const double unit = size < 9995 ? 10 : size < 99950 ? 100 : 1000;
  return fmt::format("{:.0f}", unit * std::round(x / unit));
}
std::string loss_text(double x) { return fmt::format("{:.4f}", x); }

// Rounding noise is no saving.
std::string share_text(double x) {
  return fmt::format("{:.1f}%", std::fabs(x) < 5e-4 ? 0 : 100 * x);
}

}  // namespace isoloss
