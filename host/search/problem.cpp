#include "host/search/problem.h"

#include <cmath>
#include <numeric>

#include "fits/math.h"

namespace isoloss {
namespace {

int padded(int num) { return (num + kNumLanes - 1) / kNumLanes * kNumLanes; }

double mean(const AlignedDoubles& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

AlignedDoubles logs(const std::vector<double>& values) {
  AlignedDoubles out;
  out.reserve(values.size() + kNumLanes);
  for (const double x : values) out.push_back(isoloss::log(x));
  return out;
}

void subtract_and_pad(AlignedDoubles& values, double offset) {
  for (double& x : values) x -= offset;
  values.resize(static_cast<std::size_t>(padded(static_cast<int>(values.size()))), values.back());
}

}  // namespace

Problem::Problem(const RunTable& table)
    : Problem(table.params, table.tokens, table.loss, table.weights) {}

Problem::Problem(const std::vector<double>& params, const std::vector<double>& tokens,
                 const std::vector<double>& loss, const std::vector<double>& weights)
    : num_runs_(static_cast<int>(loss.size())),
      log_N_(logs(params)),
      log_D_(logs(tokens)),
      log_loss_(logs(loss)),
      weight_(weights.begin(), weights.end()) {
  if (weights.empty()) weight_.assign(loss.size(), 1.0);
  centre_ = {mean(log_N_), mean(log_D_)};
  subtract_and_pad(log_N_, centre_[0]);
  subtract_and_pad(log_D_, centre_[1]);
  subtract_and_pad(log_loss_, 0);
  weight_.resize(log_loss_.size(), 0.0);
}

Problem Problem::with_centre(const Centre& centre) const {
  Problem moved = *this;
  for (double& x : moved.log_N_) x += centre_[0] - centre[0];
  for (double& x : moved.log_D_) x += centre_[1] - centre[1];
  moved.centre_ = centre;
  return moved;
}

RunsView Problem::view() const {
  return {log_N_.data(),  log_D_.data(), log_loss_.data(),
          weight_.data(), num_runs_,     static_cast<int>(weight_.size())};
}

WeightedRuns::WeightedRuns(const RunsView& runs) : runs_(runs) {
  const auto size = static_cast<std::size_t>(runs.num_padded);
  for (AlignedDoubles* values : {&log_N_, &log_D_, &log_loss_, &weight_}) values->resize(size);
  packed_ = {log_N_.data(), log_D_.data(), log_loss_.data(), weight_.data(), 0, 0};
}

const RunsView& WeightedRuns::select(const std::uint16_t* counts, const std::uint32_t* unit) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < static_cast<std::size_t>(runs_.num_runs); ++i) {
    const double weight = runs_.weight[i] * counts[unit != nullptr ? unit[i] : i];
    log_N_[kept] = runs_.log_N[i];
    log_D_[kept] = runs_.log_D[i];
    log_loss_[kept] = runs_.log_loss[i];
    weight_[kept] = weight;
    kept += weight > 0 ? 1 : 0;
  }
  packed_.num_runs = static_cast<int>(kept);
  packed_.num_padded = padded(packed_.num_runs);
  for (std::size_t i = kept; i < static_cast<std::size_t>(packed_.num_padded); ++i) {
    log_N_[i] = log_N_[kept - 1];
    log_D_[i] = log_D_[kept - 1];
    log_loss_[i] = log_loss_[kept - 1];
    weight_[i] = 0;
  }
  return packed_;
}

}  // namespace isoloss
