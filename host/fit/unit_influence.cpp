#include "host/fit/unit_influence.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "host/fit/linearised_runs.h"
#include "host/fit/plain_gradient.h"
#include "host/fit/searched_law.h"
#include "host/search/column_qr.h"
#include "host/search/problem.h"

namespace isoloss {
namespace {

constexpr int kLeastInside = 20;  // rows within delta a free parameter, to tell the curvature

// What a row adds to the gradient, a number a parameter, and to the curvature.
struct RowPull {
  double first = 0;   // weight x psi(r)
  double second = 0;  // weight x psi'(r)
};

struct Pulls {
  std::vector<RowPull> rows;
  bool tell_curvature = true;  // else but for a factor
};

Pulls pulls_of(const RunsView& runs, const LinearisedRuns& rows, const ResidualLoss& loss,
               int num_params) {
  const double delta = loss.smooth_delta();
  Pulls out;
  int num_inside = 0;
  for (int i = 0; i < runs.num_runs; ++i) {
    const double r = rows.residual(i);
    const bool is_inside = std::fabs(r) <= delta;
    const double weight = runs.weight[i] * over_factor(r, loss.over_penalty);
    out.rows.push_back({weight * huber_psi(r, delta), is_inside ? weight : 0});
    num_inside += is_inside;
  }
  out.tell_curvature =
      loss.kind == ResidualKind::squared ||
      (loss.kind == ResidualKind::huber && num_inside >= kLeastInside * num_params);
  for (std::size_t i = 0; i < out.rows.size() && !out.tell_curvature; ++i)
    out.rows[i].second = runs.weight[i];
  return out;
}

std::vector<std::size_t> moving_params(const FitResult& fit) {
  std::vector<std::size_t> out;
  for (std::size_t k = 0; k < fit.params.size(); ++k)
    if (!fit.params[k].fixed && !fit.params[k].at_bound) out.push_back(k);
  return out;
}

// Of a quantity: the sum over units of its influence to a power.
double sum_of_powers(const Column& influence, int power) {
  double sum = 0;
  for (const double own : influence) sum += power == 2 ? own * own : own * own * own;
  return sum;
}

}  // namespace

std::optional<UnitInfluence> UnitInfluence::of(const RunTable& table, const FitResult& fit,
                                               const Units& units) {
  const LawEntry& law = *fit.law;
  const ResidualLoss loss = in_unit_of(law, fit.options).residual_loss;
  const Problem plain = Problem(table, law).with_centre({});
  const RunsView runs = plain.view();
  UnitInfluence out;
  out.at_ = fit.theta;
  out.params_ = moving_params(fit);
  const auto num_params = static_cast<int>(out.params_.size());
  const int num_units = units.num_units;
  constexpr int kFewestRuns = 5;  // as of the bootstrap
  if (units.by_run && num_units < kFewestRuns) return {};
  if (num_params == 0 || std::min(runs.num_runs, num_units) <= num_params) return {};
  LinearisedRuns rows(law.tape(), runs);
  rows.find_at(law.to_search(fit.theta, plain.centre()).data());
  const Pulls pulls = pulls_of(runs, rows, loss, num_params);
  std::vector<Column> curved;
  for (const std::size_t k : out.params_) {
    Column column;
    for (int i = 0; i < runs.num_runs; ++i)
      column.push_back(std::sqrt(pulls.rows[static_cast<std::size_t>(i)].second) *
                       rows.gradient(i, static_cast<int>(k)));
    curved.push_back(std::move(column));
  }
  const auto factors = ColumnQr::of(std::move(curved));
  if (!factors) return {};
  out.of_unit_.assign(out.params_.size(), Column(static_cast<std::size_t>(num_units)));
  for (std::size_t j = 0; j < out.params_.size(); ++j)
    for (int i = 0; i < runs.num_runs; ++i) {
      const auto row = static_cast<std::size_t>(i);
      out.of_unit_[j][units.of_row[row]] -=
          pulls.rows[row].first * rows.gradient(i, static_cast<int>(out.params_[j]));
    }
  for (std::size_t u = 0; u < static_cast<std::size_t>(num_units); ++u) {
    Column pull;
    for (const Column& of : out.of_unit_) pull.push_back(of[u]);
    const Column moved = factors->solve_normal(pull);
    for (std::size_t j = 0; j < moved.size(); ++j) out.of_unit_[j][u] = moved[j];
  }
  const double G = num_units, n = runs.num_runs;
  const bool is_free = std::none_of(fit.params.begin(), fit.params.end(),
                                    [](const ParamEstimate& own) { return own.at_bound; });
  if (pulls.tell_curvature && is_free) out.factor_ = G / (G - 1) * (n - 1) / (n - num_params);
  out.degrees_of_freedom_ = units.by_run ? num_units - 1 : runs.num_runs - num_params;
  return out;
}

std::optional<Influence> UnitInfluence::on(
    const std::function<double(const Theta&)>& quantity) const {
  const Column gradient = plain_gradient(quantity, at_, params_);
  Column influence(of_unit_.front().size());
  for (std::size_t j = 0; j < params_.size(); ++j)
    add_multiple(influence, gradient[j], of_unit_[j]);
  const double square = sum_of_powers(influence, 2);
  if (!(square > 0) || !std::isfinite(square)) return {};
  Influence out;
  if (factor_) out.standard_error = std::sqrt(*factor_ * square);
  out.acceleration = sum_of_powers(influence, 3) / (6 * square * std::sqrt(square));
  return out;
}

}  // namespace isoloss
