#include "host/statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace isoloss {
namespace {

// Quantile of sorted values.
double quantile(const std::vector<double>& sorted, double probability) {
  const double place = probability * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], place - static_cast<double>(below));
}

}  // namespace

Interval percentile_interval(std::vector<double> draws, double confidence) {
  std::sort(draws.begin(), draws.end());
  const double tail = 0.5 * (1 - confidence);
  return {quantile(draws, tail), quantile(draws, 1 - tail)};
}

double standard_deviation(const std::vector<double>& draws) {
  const auto num = static_cast<double>(draws.size());
  const double mean = std::accumulate(draws.begin(), draws.end(), 0.0) / num;
  double sum = 0;
  for (const double x : draws) sum += (x - mean) * (x - mean);
  return std::sqrt(sum / (num - 1));
}

void add_intervals(Estimate& estimate, const std::vector<double>& draws, double confidence) {
  std::vector<double> finite;
  std::copy_if(draws.begin(), draws.end(), std::back_inserter(finite),
               [](double x) { return std::isfinite(x); });
  if (finite.size() < 2) return;
  estimate.standard_error = standard_deviation(finite);
  estimate.interval = percentile_interval(std::move(finite), confidence);
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return quantile(values, 0.5);
}

}  // namespace isoloss
