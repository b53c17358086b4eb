// Training curves from known laws with noise that remembers itself.

#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "host/reading/run_table.h"
#include "tests/simulated.h"

namespace isoloss {

// L(D) = E + B / (D / 1e9)^beta of one size, logged at evenly spaced tokens.
struct PlantedCurve {
  std::string run;
  double params;
  double E, B, beta;
  double first_tokens, last_tokens;

  double loss(double tokens) const { return E + B * std::pow(tokens / 1e9, -beta); }
};

// AR(1) noise of standard deviation `sd`: each value remembers `memory` of the one before.
struct PlantedNoise {
  double sd = 0.01;
  double memory = 0.6;
  std::uint64_t stream = 0;
};

inline void append_curve(RunTable& table, const PlantedCurve& curve, int num_rows,
                         const PlantedNoise& noise) {
  const auto number = static_cast<std::uint64_t>(table.num_runs());
  double error = noise.sd * normal(11, noise.stream + (number << 32), 0);
  for (int k = 0; k < num_rows; ++k) {
    const double tokens =
        curve.first_tokens + (curve.last_tokens - curve.first_tokens) * k / (num_rows - 1);
    table.run.push_back(curve.run);
    table.params.push_back(curve.params);
    table.tokens.push_back(tokens);
    table.flops.push_back(6 * curve.params * tokens);
    table.loss.push_back(curve.loss(tokens) + error);
    table.line.push_back(table.line.size() + 2);
    error = noise.memory * error +
            noise.sd * std::sqrt(1 - noise.memory * noise.memory) *
                normal(11, noise.stream + (number << 32), static_cast<std::uint32_t>(k + 1));
  }
}

inline RunTable planted_table(const std::vector<PlantedCurve>& curves, int num_rows,
                              const PlantedNoise& noise) {
  RunTable table;
  table.path = "planted.csv";
  for (const PlantedCurve& curve : curves) append_curve(table, curve, num_rows, noise);
  table.num_rows_read = table.num_runs();
  return table;
}

// Two sizes of one exponent. At equal compute the smaller is ahead up to crossing_flops().
inline const PlantedCurve kSmall{"small", 1e9, 2.2, 2.0, 0.5, 5e9, 100e9};
inline const PlantedCurve kLarge{"large", 3e9, 1.9, 2.0, 0.5, 5e9, 100e9};

// Where two curves of equal B and beta 0.5 cross: E_s - E_l = B (sqrt(N_l) - sqrt(N_s))
// sqrt(6e9/C).
inline double crossing_flops(const PlantedCurve& small, const PlantedCurve& large) {
  const double root =
      small.B * (std::sqrt(large.params) - std::sqrt(small.params)) / (small.E - large.E);
  return 6e9 * root * root;
}

}  // namespace isoloss
