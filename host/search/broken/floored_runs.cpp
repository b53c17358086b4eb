#include "host/search/broken/floored_runs.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "fits/functions.h"
#include "host/search/column_qr.h"

namespace isoloss {

std::vector<double> floor_shares() { return {1e-3, 0.2, 0.4, 0.6, 0.75, 0.85, 0.92, 0.96, 0.985}; }

FlooredRuns runs_above(const RunsView& runs, double share) {
  std::vector<int> order(static_cast<std::size_t>(runs.num_runs));
  std::iota(order.begin(), order.end(), 0);
  const double* log_x = runs.input_at(0, 0);
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return log_x[a] < log_x[b]; });
  const double least = *std::min_element(runs.target, runs.target + runs.num_runs);
  FlooredRuns out;
  out.log_floor = least + isoloss::log(share);
  for (const int i : order) {
    const double above = 1 - isoloss::exp(out.log_floor - runs.target[i]);  // (L - a) / L
    out.log_x.push_back(log_x[i]);
    out.z.push_back(runs.target[i] + isoloss::log(above));
    out.root_weight.push_back(std::sqrt(runs.weight[i]) * above);
  }
  return out;
}

Column weighted(const FlooredRuns& runs, const Column& column) {
  Column out(runs.num());
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = runs.root_weight[i] * column[i];
  return out;
}

std::vector<Column> line_columns(const FlooredRuns& runs) {
  return {runs.root_weight, weighted(runs, runs.log_x)};
}

Column Hinge::slope() const {
  Column out(u.size());
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = 1 / (1 + isoloss::exp(std::fmin(-u[i], 700)));
  return out;
}

Hinge hinge_at(const Column& log_x, double place, double width) {
  Hinge out{isoloss::exp(width), Column(log_x.size()), Column(log_x.size())};
  for (std::size_t i = 0; i < log_x.size(); ++i) {
    out.u[i] = (log_x[i] - place) / out.f;
    out.softplus[i] = softplus(out.u[i]);
  }
  return out;
}

std::vector<Hinge> hinges_of(const Column& log_x, const std::vector<Break>& breaks) {
  std::vector<Hinge> out;
  for (const Break& own : breaks) out.push_back(hinge_at(log_x, own.place, own.width));
  return out;
}

Column hinge_column(const FlooredRuns& runs, const Hinge& hinge) {
  Column out(runs.num());
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = runs.root_weight[i] * hinge.f * hinge.softplus[i];
  return out;
}

HingeColumns hinge_columns(const FlooredRuns& runs, const Hinge& hinge, const Column& slope) {
  HingeColumns out{hinge_column(runs, hinge), Column(runs.num()), Column(runs.num())};
  for (std::size_t i = 0; i < runs.num(); ++i) {
    out.by_place[i] = -runs.root_weight[i] * slope[i];
    out.by_width[i] = out.hinge[i] - runs.root_weight[i] * hinge.f * hinge.u[i] * slope[i];
  }
  return out;
}

bool solve_slopes(const FlooredRuns& runs, BrokenStart& start) {
  std::vector<Column> columns = line_columns(runs);
  for (const Hinge& own : hinges_of(runs.log_x, start.breaks))
    columns.push_back(hinge_column(runs, own));
  if (columns.size() > runs.num()) return false;
  const auto factors = ColumnQr::of(columns);
  if (!factors) return false;
  Column rest = weighted(runs, runs.z);
  const Column solved = factors->solve(rest);
  start.log_floor = runs.log_floor;
  start.log_weight = solved[0];
  start.exponent = -solved[1];
  for (std::size_t k = 0; k < start.breaks.size(); ++k) start.breaks[k].slope = -solved[2 + k];
  for (std::size_t k = 0; k < columns.size(); ++k) add_multiple(rest, -solved[k], columns[k]);
  start.error = dot(rest, rest);
  return std::isfinite(start.error);
}

std::vector<double> quantile_places(const Column& log_x, int num) {
  std::vector<double> out;
  const double last = static_cast<double>(log_x.size() - 1);
  for (int j = 0; j < num; ++j) {
    const double at = last * (j + 0.5) / num;
    const auto below = static_cast<std::size_t>(at);
    const std::size_t above = std::min(below + 1, log_x.size() - 1);
    out.push_back(log_x[below] + (at - static_cast<double>(below)) * (log_x[above] - log_x[below]));
  }
  return out;
}

}  // namespace isoloss
