#include "host/report/chart_scale.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace isoloss {
namespace {

constexpr double kRounding = 1e-9;

// The least of 1, 2, 5, 10, ... times a power of ten that is not below `step`.
double round_step(double step) {
  const double power = std::pow(10.0, std::floor(std::log10(step)));
  for (const double times : {1.0, 2.0, 5.0})
    if (times * power >= step * (1 - 1e-9)) return times * power;
  return 10 * power;
}

std::vector<double> linear_ticks(double low, double high, int most) {
  const double step = round_step((high - low) / most);
  std::vector<double> out;
  const double first = std::ceil(low / step);
  for (int k = 0; k <= 2 * most && (first + k) * step <= high; ++k)
    out.push_back((first + k) * step);
  return out;
}

}  // namespace

ChartScale::ChartScale(const ChartAxis& axis, const std::vector<double>& values)
    : is_log_(axis.is_log) {
  bool is_first = true;
  for (const double value : values) {
    const double own = is_log_ ? std::log10(value) : value;
    if (!std::isfinite(own)) continue;
    low_ = is_first ? own : std::min(low_, own);
    high_ = is_first ? own : std::max(high_, own);
    is_first = false;
  }
  // Values that differ in rounding alone are one.
  const double size = std::max(std::fabs(low_), std::fabs(high_));
  if (is_first || high_ - low_ > kRounding * size) return;
  const double room = is_log_ || low_ == 0 ? 0.5 : 0.1 * std::fabs(low_);
  low_ -= room;
  high_ += room;
}

double ChartScale::at(double value) const {
  return ((is_log_ ? std::log10(value) : value) - low_) / (high_ - low_);
}

std::vector<double> ChartScale::powers() const {
  std::vector<double> out;
  for (double k = std::ceil(low_); k <= high_; ++k) out.push_back(std::pow(10.0, k));
  return out;
}

std::vector<double> ChartScale::ticks(int most) const {
  if (!is_log_) return linear_ticks(low_, high_, most);
  const std::vector<double> all = powers();
  if (all.size() < 2) return linear_ticks(std::pow(10.0, low_), std::pow(10.0, high_), most);
  const std::size_t step =
      (all.size() + static_cast<std::size_t>(most) - 1) / static_cast<std::size_t>(most);
  std::vector<double> out;
  for (std::size_t k = 0; k < all.size(); k += step) out.push_back(all[k]);
  return out;
}

// 1e+20 as 1e20.
std::string tick_text(double value) {
  std::string out = fmt::format("{:.4g}", value);
  if (const std::size_t plus = out.find("e+"); plus != std::string::npos) out.erase(plus + 1, 1);
  return out;
}

}  // namespace isoloss
