#include "host/base/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "host/base/root.h"
#include "host/base/stop.h"

namespace isoloss {
namespace {

// Quantile by selection, which puts the values into another order.
double quantile(std::vector<double>& values, double probability) {
  const double place = probability * static_cast<double>(values.size() - 1);
  const auto rank = static_cast<std::size_t>(place);
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(rank);
  std::nth_element(values.begin(), at, values.end());
  const auto above = at + 1 == values.end() ? at : std::min_element(at + 1, values.end());
  return std::lerp(*at, *above, place - static_cast<double>(rank));
}

// Arc tangent, by Euler's series in x^2 / (1 + x^2): unlike the library's it rounds alike
// everywhere.
double arc_tangent(double x) {
  constexpr double kHalfPi = 1.5707963267948966;
  if (x > 1) return kHalfPi - arc_tangent(1 / x);
  const double ratio = x * x / (1 + x * x);
  double term = x / (1 + x * x);
  double sum = 0;
  for (int k = 1; sum + term != sum; ++k) {
    sum += term;
    term *= ratio * (2 * k) / (2 * k + 1);
  }
  return sum;
}

// Probability of -t .. t: a finite sum for whole degrees of freedom.
double student_probability(double t, int degrees_of_freedom) {
  const double tangent = t / std::sqrt(static_cast<double>(degrees_of_freedom));
  const double cosine = 1 / std::sqrt(1 + tangent * tangent);
  const double sine = tangent * cosine;
  const bool odd = degrees_of_freedom % 2 == 1;
  double term = odd ? sine * cosine : sine;
  double sum = 0;
  for (int k = odd ? 3 : 2; k <= degrees_of_freedom && sum + term != sum; k += 2) {
    sum += term;
    term *= cosine * cosine * (k - 1) / k;
  }
  constexpr double kTwoOverPi = 0.6366197723675814;
  return odd ? kTwoOverPi * (arc_tangent(tangent) + sum) : sum;
}

double normal_probability(double z) {
  constexpr double kRootHalf = 0.7071067811865476;
  return 0.5 * std::erfc(-kRootHalf * z);
}

}  // namespace

Interval percentile_interval(std::vector<double> draws, double confidence) {
  const double tail = 0.5 * (1 - confidence);
  return interval_at_levels(std::move(draws), {tail, 1 - tail});
}

Interval interval_at_levels(std::vector<double> draws, const Interval& levels) {
  throw_if_stopped();
  const double low = quantile(draws, levels.lower);
  throw_if_stopped();
  return {low, quantile(draws, levels.upper)};
}

std::optional<double> share_below(const std::vector<double>& draws, double x) {
  double num = 0, below = 0;
  for (const double own : draws) {
    if (!std::isfinite(own)) continue;
    num += 1;
    below += own < x ? 1 : own == x ? 0.5 : 0;
  }
  if (num < 2 || !std::isfinite(x)) return {};
  return below / num;
}

std::vector<double> finite_values(std::vector<double> values) {
  std::erase_if(values, [](double x) { return !std::isfinite(x); });
  return values;
}

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double standard_deviation(const std::vector<double>& draws) {
  const double middle = mean(draws);
  double sum = 0;
  for (const double x : draws) sum += (x - middle) * (x - middle);
  return std::sqrt(sum / (static_cast<double>(draws.size()) - 1));
}

void add_intervals(Estimate& estimate, std::vector<double> draws, double confidence) {
  draws = finite_values(std::move(draws));
  if (draws.size() < 2) return;
  estimate.standard_error = standard_deviation(draws);
  estimate.interval = percentile_interval(std::move(draws), confidence);
}

std::optional<Interval> bca_interval(std::vector<double> draws, double value, double acceleration,
                                     double confidence) {
  draws = finite_values(std::move(draws));
  double below = 0;
  for (const double x : draws) below += x < value ? 1 : x == value ? 0.5 : 0;
  const double share = below / static_cast<double>(draws.size());
  if (draws.size() < 2 || !(share > 0) || !(share < 1)) return {};
  const double bias = normal_quantile(share);
  const double z = normal_quantile(0.5 + 0.5 * confidence);
  const auto level = [&](double at) {
    const double left = 1 - acceleration * (bias + at);
    return left > 0 ? normal_probability(bias + (bias + at) / left) : NAN;
  };
  const double low = level(-z), high = level(z);
  const double outermost = 1 / (static_cast<double>(draws.size()) + 1);
  if (!(low >= outermost) || !(high <= 1 - outermost)) return {};
  throw_if_stopped();
  return Interval{quantile(draws, low), quantile(draws, high)};
}

double normal_quantile(double probability) {
  constexpr double kFar = 40;  // a probability of 0 and of 1
  const auto excess = [&](double z) { return normal_probability(z) - probability; };
  return root_between(excess, {-kFar, excess(-kFar)}, {kFar, excess(kFar)}, 1e-13);
}

Interval interval_around(double value, double half, bool is_log) {
  if (!is_log || value == 0) return {value - half, value + half};
  const double factor = std::exp(half / std::fabs(value));
  return value > 0 ? Interval{value / factor, value * factor}
                   : Interval{value * factor, value / factor};
}

double student_t(double confidence, int degrees_of_freedom) {
  const auto excess = [&](double t) {
    return student_probability(t, degrees_of_freedom) - confidence;
  };
  double above = 1;
  while (excess(above) < 0 && above < 1e12) above *= 2;
  return root_between(excess, {0, -confidence}, {above, excess(above)}, 1e-13 * above);
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  return quantile(values, 0.5);
}

double r_squared(double misses, double spread, double size) {
  constexpr double kVariation = 1e-24;  // of the size: what is less may be rounding
  return spread > kVariation * size ? 1 - misses / spread
                                    : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace isoloss
