#include "host/search/convexity.h"

#include <algorithm>
#include <cmath>

#include "fits/random.h"
#include "host/base/stop.h"

namespace isoloss {
namespace {

constexpr int kPart = 4096;  // runs: most laws are told to be no such ones by a few

constexpr int kDirections = 8;
constexpr double kLengths[] = {1e-2, 0.3, 3};  // of a step, where a parameter is below one
constexpr double kAffine = 1e-11;              // relative: rounding of a law's value
constexpr std::uint64_t kStream = std::uint64_t{3} << 61;  // apart from starts and resamples

std::vector<double> values_at(const LawKernels& kernels, const RunsView& runs, const Theta& theta) {
  std::vector<double> out(static_cast<std::size_t>(runs.num_padded));
  kernels.predict(kernels.tape, runs, theta.data(), out.data());
  return out;
}

// A step in a random direction, none along a parameter that is held.
Theta step_of(const LawEntry& law, const Theta& theta, int direction, double length) {
  Theta out{};
  for (int k = 0; k < law.num_params(); ++k) {
    const auto own = static_cast<std::size_t>(k);
    const PhiloxBlock words =
        random_block(1, kStream + static_cast<unsigned>(direction), static_cast<std::uint32_t>(k));
    const double unit = (words.word[0] + 0.5) * 0x1p-31 - 1;
    if (!law.is_held(k)) out[own] = length * unit * std::fmax(std::fabs(theta[own]), 1);
  }
  return out;
}

// Runs from `first` on, up to `most` of them.
RunsView part_of(const RunsView& runs, int first, int most) {
  const int num_padded = std::min(most, runs.num_padded - first);
  return {runs.inputs + first,
          runs.stride,
          runs.target + first,
          runs.weight + first,
          std::min(most, runs.num_runs - first),
          num_padded,
          runs.over_penalty};
}

// Whether the predictions for these runs change along straight lines through theta as if affine.
bool is_affine(const LawEntry& law, const RunsView& runs, const Theta& theta) {
  const LawKernels kernels = law.kernels(simd_level());
  const std::vector<double> middle = values_at(kernels, runs, theta);
  for (int direction = 0; direction < kDirections; ++direction) {
    for (const double length : kLengths) {
      const Theta step = step_of(law, theta, direction, length);
      Theta before = theta;
      Theta after = theta;
      for (std::size_t k = 0; k < law.params.size(); ++k) {
        before[k] -= step[k];
        after[k] += step[k];
      }
      const std::vector<double> low = values_at(kernels, runs, before);
      const std::vector<double> high = values_at(kernels, runs, after);
      for (std::size_t i = 0; i < middle.size(); ++i) {
        const double size = std::fabs(low[i]) + std::fabs(high[i]) + std::fabs(middle[i]);
        if (!(std::fabs(low[i] + high[i] - 2 * middle[i]) <= kAffine * size)) return false;
      }
    }
  }
  return true;
}

}  // namespace

bool is_convex(const LawEntry& law, const Problem& problem, const Theta& theta) {
  if (!law.log_residual && static_cast<int>(law.linear_params().size()) == law.num_free())
    return true;
  const RunsView runs = problem.view();
  for (int first = 0; first < runs.num_padded; first += kPart) {
    throw_if_stopped();
    if (!is_affine(law, part_of(runs, first, kPart), theta)) return false;
  }
  return true;
}

}  // namespace isoloss
