// Simulated losses: a known law with normal noise on log L, the same on every machine.

#pragma once

#include <cmath>

#include "fits/random.h"
#include "host/reading/run_table.h"

namespace isoloss {

// The parameters that Besiroglu et al. 2024 publish for figure 4 (arXiv:2404.10102), plain units.
struct TrueLaw {
  double E = 1.8172, A = 482.01, B = 2085.43, alpha = 0.3478, beta = 0.3658;

  double loss(double N, double D) const {
    return E + A / std::pow(N, alpha) + B / std::pow(D, beta);
  }
};

// A standard normal number (Box & Muller 1958).
inline double normal(std::uint64_t seed, std::uint64_t stream, std::uint32_t index) {
  const PhiloxBlock words = random_block(seed, stream, index);
  const double u = (words.word[0] + 0.5) * 0x1p-32;
  const double v = (words.word[1] + 0.5) * 0x1p-32;
  return std::sqrt(-2 * std::log(u)) * std::cos(2 * M_PI * v);
}

// The design of `runs` with losses of the law; `stream` numbers the data sets of one seed. The
// noise of a run has standard deviation `sd` of log L times spread(N).
template <class Spread>
RunTable simulated(const RunTable& runs, const TrueLaw& law, double sd, std::uint64_t stream,
                   const Spread& spread) {
  RunTable out = runs;
  for (std::size_t i = 0; i < runs.num_runs(); ++i)
    out.loss[i] =
        law.loss(runs.params[i], runs.tokens[i]) *
        std::exp(sd * spread(runs.params[i]) * normal(7, stream, static_cast<std::uint32_t>(i)));
  return out;
}

inline RunTable simulated(const RunTable& runs, const TrueLaw& law, double sd,
                          std::uint64_t stream) {
  return simulated(runs, law, sd, stream, [](double) { return 1.0; });
}

}  // namespace isoloss
