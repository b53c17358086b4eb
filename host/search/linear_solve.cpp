#include "host/search/linear_solve.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "fits/math.h"

namespace isoloss {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
// A weight that would be negative starts at this share of the response: Newton moves it from there.
constexpr double kSmallShare = 1e-3;
constexpr double kLeastGramPivot = 1e-14;  // of columns scaled to unit norm

}  // namespace

LinearSolve::LinearSolve(const LawEntry& law, const RunsView& runs)
    : law_(law),
      runs_(runs),
      tape_(law.tape()),
      params_(law.linear_params()),
      value_(static_cast<std::size_t>(runs.num_padded)),
      gradient_(static_cast<std::size_t>(runs.num_padded * tape_.num_params)),
      columns_(params_.size() * static_cast<std::size_t>(runs.num_runs)),
      rest_(static_cast<std::size_t>(runs.num_runs)) {}

// With every linear parameter at 1 as it is shown, its derivative is its column.
void LinearSolve::fill_columns(const Theta& theta) {
  Theta at = theta;
  for (const int k : params_) at[static_cast<std::size_t>(k)] = law_.is_log(k) ? 0 : 1;
  tape_passes(simd_level())
      .linearise(tape_, runs_, at.data(), thread_room(tape_), value_.data(), gradient_.data());
  const auto num_runs = static_cast<std::size_t>(runs_.num_runs);
  for (std::size_t i = 0; i < num_runs; ++i) {
    const double response = tape_.takes_log ? isoloss::exp(runs_.target[i]) : runs_.target[i];
    const double scale = std::sqrt(runs_.weight[i]) / (tape_.takes_log ? response : 1);
    rest_[i] = response - value_[i];
    for (std::size_t j = 0; j < params_.size(); ++j) {
      const double column = gradient_[static_cast<std::size_t>(params_[j] * runs_.num_padded) + i];
      rest_[i] += column;
      columns_[j * num_runs + i] = scale * column;
    }
    rest_[i] *= scale;
  }
}

// Cholesky on columns of unit norm. False if they are dependent.
bool LinearSolve::solve_normal_equations(const std::vector<bool>& in_use,
                                         std::vector<double>& weights) const {
  const auto num_runs = static_cast<std::size_t>(runs_.num_runs);
  const auto dot = [&](const double* a, const double* b) {
    double sum = 0;
    for (std::size_t i = 0; i < num_runs; ++i) sum += a[i] * b[i];
    return sum;
  };
  std::vector<std::size_t> used;
  std::vector<double> norm;
  for (std::size_t j = 0; j < params_.size(); ++j) {
    weights[j] = 0;
    if (!in_use[j]) continue;
    const double* column = &columns_[j * num_runs];
    used.push_back(j);
    norm.push_back(std::sqrt(dot(column, column)));
    if (!(norm.back() > 0) || !std::isfinite(norm.back())) return false;
  }
  const std::size_t num = used.size();
  std::vector<double> factor(num * num);
  std::vector<double> x(num);
  for (std::size_t a = 0; a < num; ++a) {
    const double* column = &columns_[used[a] * num_runs];
    for (std::size_t b = 0; b <= a; ++b) {
      double sum = dot(column, &columns_[used[b] * num_runs]) / (norm[a] * norm[b]);
      for (std::size_t c = 0; c < b; ++c) sum -= factor[a * num + c] * factor[b * num + c];
      if (a == b && !(sum > kLeastGramPivot)) return false;
      factor[a * num + b] = a == b ? std::sqrt(sum) : sum / factor[b * num + b];
    }
    x[a] = dot(column, rest_.data()) / norm[a];
    for (std::size_t c = 0; c < a; ++c) x[a] -= factor[a * num + c] * x[c];
    x[a] /= factor[a * num + a];
  }
  for (std::size_t a = num; a-- > 0;) {
    for (std::size_t c = a + 1; c < num; ++c) x[a] -= factor[c * num + a] * x[c];
    x[a] /= factor[a * num + a];
  }
  for (std::size_t a = 0; a < num; ++a) weights[used[a]] = x[a] / norm[a];
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
  return std::isfinite(error) ? error : kInfinity;
}

double LinearSolve::solve(Theta& theta) {
  fill_columns(theta);
  const auto num_runs = static_cast<std::size_t>(runs_.num_runs);
  std::vector<bool> in_use(params_.size(), true);
  std::vector<double> weights(params_.size());
  for (;;) {  // the most negative of the positive weights goes, one after another
    if (!solve_normal_equations(in_use, weights)) return kInfinity;
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
