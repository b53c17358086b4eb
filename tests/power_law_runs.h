// Runs of a power law with much noise, and the least sum of absolute residuals that one can have.

#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "host/reading/run_table.h"
#include "tests/simulated.h"

namespace isoloss {

// y = 3 x^0.4 with normal noise of log y.
inline std::string power_law_csv(int num, double noise, std::uint64_t stream) {
  std::string out = "x,y\n";
  for (int i = 0; i < num; ++i) {
    const auto index = static_cast<std::uint32_t>(i);
    const double x = std::exp(3 * normal(21, stream, index));
    const double y = 3 * std::pow(x, 0.4) * std::exp(noise * normal(22, stream, index));
    out += std::to_string(x) + "," + std::to_string(y) + "\n";
  }
  return out;
}

// The least sum of absolute residuals of log y, those of a law above its run counted over_penalty
// times: the law passes through two runs.
inline double by_enumeration(const RunTable& runs, double over_penalty = 1) {
  std::vector<double> x, y;
  for (std::size_t i = 0; i < runs.num_runs(); ++i) {
    x.push_back(std::log(runs.further.at("x")[i]));
    y.push_back(std::log(runs.loss[i]));
  }
  double least = INFINITY;
  for (std::size_t i = 0; i < x.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const double slope = (y[i] - y[j]) / (x[i] - x[j]);
      double sum = 0;
      for (std::size_t k = 0; k < x.size(); ++k) {
        const double r = y[i] + slope * (x[k] - x[i]) - y[k];
        sum += r > 0 ? over_penalty * r : -r;
      }
      least = std::min(least, sum);
    }
  }
  return least;
}

}  // namespace isoloss
