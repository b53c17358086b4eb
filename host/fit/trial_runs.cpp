#include "host/fit/trial_runs.h"

#include <algorithm>
#include <cmath>

#include "fits/math.h"
#include "fits/random.h"

namespace isoloss {
namespace {

constexpr std::uint64_t kSeed = 1;

// Of run i and input k, in [0, 1).
double uniform(int k, std::size_t i) {
  const PhiloxBlock words = random_block(kSeed, i, static_cast<std::uint32_t>(k));
  return words.word[0] * 0x1p-32;
}

}  // namespace

TrialRuns::TrialRuns(const LawEntry& law, const RunsView& runs, int num_runs)
    : law_(law),
      runs_(runs),
      num_padded_(static_cast<std::size_t>((num_runs + kNumLanes - 1) / kNumLanes * kNumLanes)),
      inputs_(num_padded_ * static_cast<std::size_t>(law.num_inputs())),
      zeros_(num_padded_),
      ones_(num_padded_) {
  std::fill(ones_.begin(), ones_.end(), 1.0);
  for (int k = 0; k < law.num_inputs(); ++k) draw(k, 1);
}

bool TrialRuns::is_log(int k) const {
  return law_.inputs[static_cast<std::size_t>(k)].axis == Axis::log;
}

bool TrialRuns::is_positive(int k) const {
  if (is_log(k)) return true;
  const double* values = runs_.input_at(k, 0);
  return std::all_of(values, values + runs_.num_runs, [](double value) { return value > 0; });
}

void TrialRuns::draw(int k, double times) {
  const double* values = runs_.input_at(k, 0);
  const auto [least, most] = std::minmax_element(values, values + runs_.num_runs);
  const bool takes_log = !is_log(k) && is_positive(k);
  const double first = takes_log ? isoloss::log(*least) : *least;
  const double last = takes_log ? isoloss::log(*most) : *most;
  const double middle = 0.5 * (first + last);
  for (std::size_t i = 0; i < num_padded_; ++i) {
    const double at = middle + times * (last - first) * (uniform(k, i) - 0.5);
    input(k)[i] = takes_log ? isoloss::exp(at) : at;
  }
}

void TrialRuns::take(int k) {
  const double* values = runs_.input_at(k, 0);
  for (std::size_t i = 0; i < num_padded_; ++i)
    input(k)[i] = values[i % static_cast<std::size_t>(runs_.num_runs)];
}

void TrialRuns::scale(int k, double shift) {
  const double factor = isoloss::exp(shift);
  for (std::size_t i = 0; i < num_padded_; ++i)
    input(k)[i] = is_log(k) ? input(k)[i] + shift : factor * input(k)[i];
}

RunsView TrialRuns::view() const {
  const auto num = static_cast<int>(num_padded_);
  return {inputs_.data(), num, zeros_.data(), ones_.data(), num, num};
}

}  // namespace isoloss
