#include "host/curves/features.h"

namespace isoloss {
namespace {

std::vector<double> picked(const std::vector<double>& from, std::span<const long> steps) {
  std::vector<double> out;
  out.reserve(steps.size());
  for (const long step : steps) out.push_back(from[static_cast<std::size_t>(step)]);
  return out;
}

}  // namespace

std::vector<double> lr_sums(const Rates& rates, std::span<const long> steps) {
  std::vector<double> sums;
  sums.reserve(rates.size());
  double sum = 0;
  for (const double rate : rates) sums.push_back(sum += rate);
  return picked(sums, steps);
}

std::vector<double> lr_annealing(const Rates& rates, std::span<const long> steps, double momentum) {
  std::vector<double> areas(rates.size());
  std::size_t i = 1;
  while (i < rates.size() && rates[i] > rates[i - 1]) ++i;
  double m = 0, area = 0;
  for (; i < rates.size(); ++i) {
    m = momentum * m + (rates[i - 1] - rates[i]);
    areas[i] = area += m;
  }
  return picked(areas, steps);
}

}  // namespace isoloss
