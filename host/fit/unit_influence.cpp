#include "host/fit/unit_influence.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "host/fit/linearised_runs.h"
#include "host/fit/plain_gradient.h"
#include "host/fit/run_search.h"
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
  out.tell_curvature = is_curved(loss, num_inside, num_params);
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

bool is_any_at_bound(const FitResult& fit) {
  return std::any_of(fit.params.begin(), fit.params.end(),
                     [](const ParamEstimate& own) { return own.at_bound; });
}

// Of which the Gram matrix is the curvature.
std::vector<Column> curved_columns(const LinearisedRuns& rows, const Pulls& pulls,
                                   const std::vector<std::size_t>& params) {
  std::vector<Column> out;
  for (const std::size_t k : params) {
    Column column;
    for (std::size_t i = 0; i < pulls.rows.size(); ++i)
      column.push_back(std::sqrt(pulls.rows[i].second) *
                       rows.gradient(static_cast<int>(i), static_cast<int>(k)));
    out.push_back(std::move(column));
  }
  return out;
}

// What each unit takes off the gradient, by parameter.
std::vector<Column> pulls_by_unit(const LinearisedRuns& rows, const Pulls& pulls,
                                  const std::vector<std::size_t>& params, const Units& units) {
  std::vector<Column> out;
  for (const std::size_t k : params) {
    Column of_unit(static_cast<std::size_t>(units.num_units));
    for (std::size_t i = 0; i < pulls.rows.size(); ++i)
      of_unit[units.of_row[i]] -=
          pulls.rows[i].first * rows.gradient(static_cast<int>(i), static_cast<int>(k));
    out.push_back(std::move(of_unit));
  }
  return out;
}

// From pulls to how far they move the parameters.
void divide_by_curvature(const ColumnQr& factors, std::vector<Column>& by_param) {
  for (std::size_t u = 0; u < by_param.front().size(); ++u) {
    Column pull;
    for (const Column& of : by_param) pull.push_back(of[u]);
    const Column moved = factors.solve_normal(std::move(pull));
    for (std::size_t j = 0; j < moved.size(); ++j) by_param[j][u] = moved[j];
  }
}

// Of a quantity: the sum over units of its influence to a power.
double sum_of_powers(const Column& influence, int power) {
  double sum = 0;
  for (const double own : influence) sum += power == 2 ? own * own : own * own * own;
  return sum;
}

}  // namespace

bool is_curved(const ResidualLoss& loss, int num_inside, int num_params) {
  return loss.kind == ResidualKind::squared ||
         (loss.kind == ResidualKind::huber && num_inside >= kLeastInside * num_params);
}

std::optional<UnitInfluence> UnitInfluence::of(const RunTable& table, const FitResult& fit,
                                               const Units& units) {
  UnitInfluence out;
  out.at_ = fit.theta;
  out.params_ = moving_params(fit);
  const auto num_params = static_cast<int>(out.params_.size());
  const int num_rows = static_cast<int>(table.num_runs()), num_units = units.num_units;
  if (num_params == 0 || std::min(num_rows, num_units) <= num_params ||
      (units.by_run && num_units < Units::kFewestRuns))
    return {};
  const LawEntry& law = *fit.law;
  const Problem plain = Problem(table, law).with_centre({});
  LinearisedRuns rows(law.tape(), plain.view());
  rows.find_at(law.to_search(fit.theta, plain.centre()).data());
  const Pulls pulls =
      pulls_of(plain.view(), rows, in_unit_of(law, fit.options).residual_loss, num_params);
  out.curved_ = curved_columns(rows, pulls, out.params_);
  out.unit_of_row_ = units.of_row;
  std::optional<ColumnQr> factors = ColumnQr::of(out.curved_);
  if (!factors) return {};
  out.factors_ = std::make_shared<const ColumnQr>(std::move(*factors));
  out.of_unit_ = pulls_by_unit(rows, pulls, out.params_, units);
  divide_by_curvature(*out.factors_, out.of_unit_);
  const double G = num_units, n = num_rows;
  if (pulls.tell_curvature && !is_any_at_bound(fit))
    out.factor_ = G / (G - 1) * (n - 1) / (n - num_params);
  out.degrees_of_freedom_ = units.by_run ? num_units - 1 : num_rows - num_params;
  return out;
}

std::optional<QuantityInfluence> UnitInfluence::on(
    const std::function<double(const Theta&)>& quantity) const {
  QuantityInfluence out;
  out.gradient = plain_gradient(quantity, at_, params_);
  out.of_unit.assign(num_units(), 0);
  for (std::size_t j = 0; j < params_.size(); ++j)
    add_multiple(out.of_unit, out.gradient[j], of_unit_[j]);
  const double square = sum_of_powers(out.of_unit, 2);
  if (!(square > 0) || !std::isfinite(square)) return {};
  if (factor_) out.standard_error = std::sqrt(*factor_ * square);
  out.acceleration = sum_of_powers(out.of_unit, 3) / (6 * square * std::sqrt(square));
  return out;
}

// With x = H^-1 gradient, the curvature of the unit's rows times x.
std::vector<double> UnitInfluence::undone_by_moves(const std::vector<double>& gradient) const {
  const std::size_t num = params_.size();
  const Column x = factors_->solve_normal(gradient);
  std::vector<double> out(num_units() * num);
  for (std::size_t i = 0; i < unit_of_row_.size(); ++i) {
    double along = 0;
    for (std::size_t j = 0; j < num; ++j) along += curved_[j][i] * x[j];
    double* of_unit = out.data() + unit_of_row_[i] * num;
    for (std::size_t j = 0; j < num; ++j) of_unit[j] += curved_[j][i] * along;
  }
  return out;
}

}  // namespace isoloss
