#include "host/search/problem.h"

#include <algorithm>
#include <cstdint>
#include <numeric>

#include "fits/math.h"
#include "fits/random.h"
#include "host/base/stop.h"

namespace isoloss {
namespace {

std::size_t padded(std::size_t num) { return (num + kNumLanes - 1) / kNumLanes * kNumLanes; }

double mean(const double* values, std::size_t num) {
  return std::accumulate(values, values + num, 0.0) / static_cast<double>(num);
}

}  // namespace

Problem::Problem(const RunTable& table, const LawEntry& law, double over_penalty)
    : num_runs_(static_cast<int>(table.num_runs())),
      over_penalty_(over_penalty),
      inputs_(law.inputs.size() * padded(table.num_runs())),
      target_(padded(table.num_runs())),
      weight_(padded(table.num_runs())) {
  const std::size_t num = table.num_runs();
  StopWatch watch;
  for (std::size_t k = 0; k < law.inputs.size(); ++k) {
    const LawInput& own = law.inputs[k];
    const std::vector<double>& values = table.values_of(own.column);
    double* to = input(k);
    for (std::size_t i = 0; i < num; ++i, watch.look())
      to[i] = own.axis == Axis::log ? isoloss::log(values[i]) : values[i];
    centred_with_.push_back(-1);
    if (!law.is_centred(own)) continue;
    const Input with = info_of(static_cast<Input>(own.table)).centred_with;
    centred_with_.back() = static_cast<int>(with);
    if (own.table == static_cast<int>(with))
      centre_[static_cast<std::size_t>(with)] = mean(to, num);
  }
  for (std::size_t k = 0; k < law.inputs.size(); ++k) {
    const double offset =
        centred_with_[k] < 0 ? 0 : centre_[static_cast<std::size_t>(centred_with_[k])];
    double* to = input(k);
    for (std::size_t i = 0; i < num; ++i, watch.look()) to[i] -= offset;
    std::fill(to + num, to + target_.size(), to[num - 1]);
  }
  for (std::size_t i = 0; i < num; ++i, watch.look()) {
    target_[i] = law.log_residual ? isoloss::log(table.loss[i]) : table.loss[i] / law.unit;
    weight_[i] = table.weights.empty() ? 1 : table.weights[i];
  }
  if (law.centres_response()) {
    centre_[kResponse] = law.log_residual ? mean(target_.data(), num) : isoloss::log(law.unit);
    if (law.log_residual)
      for (std::size_t i = 0; i < num; ++i) target_[i] -= centre_[kResponse];
  }
  is_log_ = law.log_residual;
  std::fill(target_.begin() + num_runs_, target_.end(), target_[num - 1]);
}

Problem Problem::with_centre(const Centre& centre) const {
  Problem moved = *this;
  for (std::size_t k = 0; k < centred_with_.size(); ++k) {
    if (centred_with_[k] < 0) continue;
    const auto with = static_cast<std::size_t>(centred_with_[k]);
    double* values = moved.input(k);
    for (std::size_t i = 0; i < target_.size(); ++i) values[i] += centre_[with] - centre[with];
  }
  if (is_log_)
    for (double& target : moved.target_) target += centre_[kResponse] - centre[kResponse];
  moved.centre_ = centre;
  if (!is_log_) moved.centre_[kResponse] = centre_[kResponse];
  return moved;
}

Problem Problem::thinned(int num) const {
  constexpr std::uint64_t kStream = std::uint64_t{3} << 60;  // apart from resamples and starts
  Problem out;
  out.num_runs_ = num;
  out.over_penalty_ = over_penalty_;
  out.is_log_ = is_log_;
  out.centre_ = centre_;
  out.centred_with_ = centred_with_;
  out.target_.resize(padded(static_cast<std::size_t>(num)));
  out.weight_.assign(out.target_.size(), 0);
  out.inputs_.resize(centred_with_.size() * out.target_.size());
  for (int i = 0; i < static_cast<int>(out.target_.size()); ++i) {
    const int part = std::min(i, num - 1);
    const auto own = static_cast<std::uint64_t>(part);
    const double chance = random_block(1, kStream + own, 0).word[0] * 0x1p-32;
    const auto from = static_cast<std::size_t>((part + chance) * num_runs_ / num);
    const auto to = static_cast<std::size_t>(i);
    for (std::size_t k = 0; k < centred_with_.size(); ++k)
      out.input(k)[to] = inputs_[k * target_.size() + from];
    out.target_[to] = target_[from];
    if (i < num) out.weight_[to] = weight_[from];
  }
  return out;
}

RunsView Problem::view() const {
  const int num_padded = static_cast<int>(target_.size());
  return {inputs_.data(), num_padded, target_.data(), weight_.data(),
          num_runs_,      num_padded, over_penalty_};
}

WeightedRuns::WeightedRuns(const RunsView& runs, int num_inputs)
    : runs_(runs), num_inputs_(num_inputs) {
  const auto size = static_cast<std::size_t>(runs.num_padded);
  inputs_.resize(size * static_cast<std::size_t>(num_inputs));
  target_.resize(size);
  weight_.resize(size);
  packed_ = {inputs_.data(),   runs.num_padded, target_.data(), weight_.data(), 0, 0,
             runs.over_penalty};
}

const RunsView& WeightedRuns::select(const std::uint16_t* counts, const std::uint32_t* unit) {
  const auto size = static_cast<std::size_t>(runs_.num_padded);
  const auto num_inputs = static_cast<std::size_t>(num_inputs_);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < static_cast<std::size_t>(runs_.num_runs); ++i) {
    const double weight = runs_.weight[i] * counts[unit != nullptr ? unit[i] : i];
    for (std::size_t k = 0; k < num_inputs; ++k)
      inputs_[k * size + kept] = runs_.inputs[k * static_cast<std::size_t>(runs_.stride) + i];
    target_[kept] = runs_.target[i];
    weight_[kept] = weight;
    kept += weight > 0 ? 1 : 0;
  }
  packed_.num_runs = static_cast<int>(kept);
  packed_.num_padded = static_cast<int>(padded(kept));
  for (std::size_t i = kept; i < padded(kept); ++i) {
    for (std::size_t k = 0; k < num_inputs; ++k)
      inputs_[k * size + i] = inputs_[k * size + kept - 1];
    target_[i] = target_[kept - 1];
    weight_[i] = 0;
  }
  return packed_;
}

}  // namespace isoloss
