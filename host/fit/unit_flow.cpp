#include "host/fit/unit_flow.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "fits/math.h"
#include "host/fit/linearised_runs.h"
#include "host/fit/trial_runs.h"
#include "host/search/column_qr.h"

namespace isoloss {
namespace {

constexpr int kFlowRuns = 64;
constexpr double kStep = 1e-4;     // of a log, for differences
constexpr double kIsZero = 1e-5;   // of what is left of d f / d log x, relative
constexpr double kIsEntry = 1e-6;  // of M, by its effect on a column

double norm(const Column& column) {
  double square = 0;
  for (const double value : column) square += value * value;
  return std::sqrt(square);
}

// Trial runs of one law, and what moves its prediction there.
class Flow {
 public:
  Flow(const LawEntry& law, const RunsView& runs, const std::vector<std::size_t>& params)
      : law_(law), params_(params), trial_(law, runs, kFlowRuns) {}

  bool can_scale(int input) const { return trial_.is_positive(input); }

  // v of the parameters at theta; none if no such direction is exact.
  std::optional<Column> direction(int input, const Theta& theta) {
    std::vector<Column> columns = columns_at(theta);
    Column slope = slope_by(input, theta);
    const double size = norm(slope);
    const auto factors = ColumnQr::of(columns);
    if (!factors || !(size >= 0)) return {};
    if (size == 0) return Column(params_.size());
    Column v = factors->solve(slope);
    for (std::size_t j = 0; j < v.size(); ++j)
      for (std::size_t i = 0; i < slope.size(); ++i) slope[i] -= v[j] * columns[j][i];
    if (!(norm(slope) <= kIsZero * size)) return {};
    for (double& own : v) own = -own;
    return v;
  }

 private:
  std::vector<Column> columns_at(const Theta& theta) {
    const RunsView view = trial_.view();
    LinearisedRuns rows(law_.tape(), view);
    rows.find_at(theta.data());
    std::vector<Column> out(params_.size());
    for (std::size_t j = 0; j < params_.size(); ++j)
      for (int i = 0; i < view.num_runs; ++i)
        out[j].push_back(rows.gradient(i, static_cast<int>(params_[j])));
    return out;
  }

  Column predictions(const Theta& theta) {
    const RunsView view = trial_.view();
    Column out(static_cast<std::size_t>(view.num_padded));
    const LawKernels kernels = law_.kernels(simd_level());
    kernels.predict(kernels.tape, view, theta.data(), out.data());
    return out;
  }

  // d f / d log x by central differences.
  Column slope_by(int input, const Theta& theta) {
    trial_.scale(input, kStep);
    Column above = predictions(theta);
    trial_.scale(input, -2 * kStep);
    const Column below = predictions(theta);
    trial_.scale(input, kStep);
    for (std::size_t i = 0; i < above.size(); ++i) above[i] = (above[i] - below[i]) / (2 * kStep);
    return above;
  }

  const LawEntry& law_;
  const std::vector<std::size_t>& params_;
  TrialRuns trial_;
};

// d v / d theta by central differences, by columns; none if v is not to be had.
std::optional<std::vector<Column>> derivative(const LawEntry& law, Flow& flow, int input,
                                              const Theta& theta,
                                              const std::vector<std::size_t>& params) {
  std::vector<Column> out;
  for (const std::size_t k : params) {
    const bool is_log = law.is_log(static_cast<int>(k));
    const double step = is_log || theta[k] == 0 ? 10 * kStep : 10 * kStep * std::fabs(theta[k]);
    Theta above = theta;
    Theta below = theta;
    above[k] += step;
    below[k] -= step;
    const auto v_above = flow.direction(input, above);
    const auto v_below = flow.direction(input, below);
    if (!v_above || !v_below) return {};
    Column own;
    for (std::size_t j = 0; j < params.size(); ++j)
      own.push_back(((*v_above)[j] - (*v_below)[j]) / (2 * step));
    out.push_back(std::move(own));
  }
  return out;
}

double mean_log(const LawEntry& law, const RunsView& runs, int input) {
  double sum = 0;
  const bool is_log = law.inputs[static_cast<std::size_t>(input)].axis == Axis::log;
  for (int i = 0; i < runs.num_runs; ++i) {
    const double value = runs.input_at(input, i)[0];
    sum += is_log ? value : isoloss::log(value);
  }
  return sum / runs.num_runs;
}

// columns times exp(c M): the sum of columns (c M)^n / n!.
void turn(const std::vector<Column>& m, double c, std::vector<Column>& columns) {
  constexpr int kTerms = 60;
  Column size;
  for (const Column& column : columns) size.push_back(norm(column));
  std::vector<Column> term = columns;
  for (int n = 1; n <= kTerms; ++n) {
    std::vector<Column> next(columns.size(), Column(columns[0].size()));
    bool is_zero = true;
    for (std::size_t k = 0; k < m.size(); ++k)
      for (std::size_t j = 0; j < m.size(); ++j) {
        // A parameter's own scale is taken out anyway; exp of it would only lose digits.
        if (j == k || !(std::fabs(m[k][j]) * size[j] > kIsEntry * size[k])) continue;
        is_zero = false;
        for (std::size_t i = 0; i < next[k].size(); ++i) next[k][i] += term[j][i] * m[k][j] * c / n;
      }
    if (is_zero) return;
    term = std::move(next);
    for (std::size_t k = 0; k < columns.size(); ++k)
      for (std::size_t i = 0; i < columns[k].size(); ++i) columns[k][i] += term[k][i];
  }
}

}  // namespace

void to_own_units(const LawEntry& law, const Problem& problem, const Theta& theta,
                  const std::vector<std::size_t>& params, std::vector<Column>& columns) {
  const RunsView runs = problem.view();
  Flow flow(law, runs, params);
  std::vector<Column> turned = columns;
  for (int input = 0; input < law.num_inputs(); ++input) {
    if (!flow.can_scale(input) || !flow.direction(input, theta)) continue;
    const auto m = derivative(law, flow, input, theta, params);
    if (m) turn(*m, mean_log(law, runs, input), turned);
  }
  for (const Column& column : turned)
    if (!std::isfinite(norm(column))) return;
  columns = std::move(turned);
}

}  // namespace isoloss
