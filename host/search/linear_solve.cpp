#include "host/search/linear_solve.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "fits/math.h"
#include "host/base/stop.h"
#include "host/search/column_qr.h"

namespace isoloss {
namespace {

// A weight that would be negative starts at this share of the response: Newton moves it from there.
constexpr double kSmallShare = 1e-3;
// Small beside any response, large enough for what it multiplies.
constexpr double kNextToNothing = -400;

}  // namespace

LinearSolve::LinearSolve(const LawEntry& law, const RunsView& runs)
    : law_(law),
      runs_(runs),
      tape_(law.tape()),
      params_(law.linear_params()),
      value_(static_cast<std::size_t>(runs.num_padded)),
      gradient_(static_cast<std::size_t>(runs.num_padded * tape_.num_params)),
      columns_(params_.size() * static_cast<std::size_t>(runs.num_runs)),
      rest_(static_cast<std::size_t>(runs.num_runs)) {
  for (int i = 0; i < runs.num_runs; ++i) {
    response_.push_back(tape_.takes_log ? isoloss::exp(runs.target[i]) : runs.target[i]);
    scale_.push_back(std::sqrt(runs.weight[i]) / (tape_.takes_log ? response_.back() : 1));
  }
}

// With the linear parameters at nothing, or next to it where only their log moves, the law is what
// is left without them, and their derivatives are their columns.
void LinearSolve::fill_columns(const Theta& theta) {
  Theta at = theta;
  for (const int k : params_) at[static_cast<std::size_t>(k)] = law_.is_log(k) ? kNextToNothing : 0;
  tape_passes(simd_level())
      .linearise(tape_, runs_, at.data(), thread_room(tape_), value_.data(), gradient_.data());
  const auto num_runs = static_cast<std::size_t>(runs_.num_runs);
  const double unit = isoloss::exp(-kNextToNothing);
  for (std::size_t i = 0; i < num_runs; ++i) rest_[i] = response_[i] - value_[i];
  for (std::size_t j = 0; j < params_.size(); ++j) {
    const int k = params_[j];
    const double* slope = gradient_.data() + static_cast<std::ptrdiff_t>(k) * runs_.num_padded;
    double* column = &columns_[j * num_runs];
    const double times = law_.is_log(k) ? unit : 1;
    for (std::size_t i = 0; i < num_runs; ++i) column[i] = scale_[i] * (slope[i] * times);
    for (std::size_t i = 0; law_.is_log(k) && i < num_runs; ++i) rest_[i] += slope[i];
  }
  for (std::size_t i = 0; i < num_runs; ++i) rest_[i] *= scale_[i];
}

// False if the columns in use are dependent.
bool LinearSolve::solve_columns(const std::vector<bool>& in_use,
                                std::vector<double>& weights) const {
  const auto num_runs = static_cast<std::ptrdiff_t>(runs_.num_runs);
  std::vector<Column> used;
  std::fill(weights.begin(), weights.end(), 0.0);
  for (std::size_t j = 0; j < params_.size(); ++j) {
    const auto first = columns_.begin() + static_cast<std::ptrdiff_t>(j) * num_runs;
    if (in_use[j]) used.emplace_back(first, first + num_runs);
  }
  if (std::ssize(used) > num_runs) return false;
  const auto factors = ColumnQr::of(std::move(used));
  if (!factors) return false;
  const Column solved = factors->solve(rest_);
  std::size_t next = 0;
  for (std::size_t j = 0; j < params_.size(); ++j)
    if (in_use[j]) weights[j] = solved[next++];
  return true;
}

double LinearSolve::error_of(const std::vector<double>& weights) const {
  const auto num_runs = static_cast<std::size_t>(runs_.num_runs);
  double error = 0;
  for (std::size_t i = 0; i < num_runs; ++i) {
    double r = rest_[i];
    for (std::size_t j = 0; j < params_.size(); ++j) r -= weights[j] * columns_[j * num_runs + i];
    error += r * r;
  }
  return std::isfinite(error) ? error : INFINITY;
}

double LinearSolve::solve(Theta& theta) {
  throw_if_stopped();
  fill_columns(theta);
  const auto num_runs = static_cast<std::size_t>(runs_.num_runs);
  std::vector<bool> in_use(params_.size(), true);
  std::vector<double> weights(params_.size());
  for (;;) {  // the most negative of the positive weights goes, one after another
    if (!solve_columns(in_use, weights)) return INFINITY;
    std::size_t worst = params_.size();
    double least = 0;
    for (std::size_t j = 0; j < params_.size(); ++j) {
      const double* column = &columns_[j * num_runs];
      if (!in_use[j] || !law_.is_log(params_[j]) || weights[j] > 0) continue;
      double size = 0;
      for (std::size_t i = 0; i < num_runs; ++i) size = std::max(size, std::fabs(column[i]));
      if (weights[j] * size <= least) {
        least = weights[j] * size;
        worst = j;
      }
    }
    if (worst == params_.size()) break;
    in_use[worst] = false;
  }
  double typical = 0;
  for (const double r : rest_) typical += std::fabs(r) / static_cast<double>(num_runs);
  for (std::size_t j = 0; j < params_.size(); ++j) {
    const auto k = static_cast<std::size_t>(params_[j]);
    const Bounds& bounds = law_.box.bounds[k];
    double own = weights[j];
    if (!in_use[j]) {
      double size = 0;
      for (std::size_t i = 0; i < num_runs; ++i)
        size += std::fabs(columns_[j * num_runs + i]) / static_cast<double>(num_runs);
      own = kSmallShare * typical / size;
    }
    theta[k] = std::clamp(law_.is_log(params_[j]) ? isoloss::log(std::max(own, 1e-300)) : own,
                          bounds.lower, bounds.upper);
  }
  return error_of(weights);
}

}  // namespace isoloss
