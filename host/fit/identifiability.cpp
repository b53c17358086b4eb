#include "host/fit/identifiability.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "host/base/eigen.h"
#include "host/base/stop.h"
#include "host/fit/linearised_runs.h"
#include "host/fit/trial_runs.h"
#include "host/fit/unit_flow.h"
#include "host/fit/widen.h"
#include "host/search/column_basis.h"

namespace isoloss {
namespace {

constexpr double kNoise = 1e-15;    // of the scaled Gram matrix's eigenvalues
constexpr double kTakesPart = 0.1;  // entry of a unit vector of the scaled parameters
constexpr int kTrialRuns = 256;
constexpr double kWiderRange = 3;  // times as long

std::vector<std::size_t> free_params_of(const LawEntry& law, const PolishedFit& fit) {
  std::vector<std::size_t> out;
  for (int k = 0; k < law.num_params(); ++k)
    if (!fit.at_bound[static_cast<std::size_t>(k)] && !law.is_held(k))
      out.push_back(static_cast<std::size_t>(k));
  return out;
}

// Derivatives of the prediction by each free parameter, a run that is not finite left out.
std::vector<Column> columns_of(const LawEntry& law, const RunsView& runs, const Theta& theta,
                               const std::vector<std::size_t>& params) {
  LinearisedRuns rows(law.tape(), runs);
  rows.find_at(theta.data());
  std::vector<Column> out(params.size());
  for (Column& column : out) column.reserve(static_cast<std::size_t>(runs.num_runs));
  std::vector<double> own(params.size());
  StopWatch watch;
  for (int i = 0; i < runs.num_runs; ++i) {
    watch.look();
    const double root = std::sqrt(runs.weight[i]);
    bool is_finite = true;
    for (std::size_t j = 0; j < params.size(); ++j) {
      own[j] = root * rows.gradient(i, static_cast<int>(params[j]));
      is_finite = is_finite && std::isfinite(own[j]);
    }
    for (std::size_t j = 0; is_finite && j < params.size(); ++j) out[j].push_back(own[j]);
  }
  return out;
}

// Of J^T W J scaled to unit diagonal; a column of zeros stays zero.
Eigen scaled_eigen(std::vector<Column> columns) {
  const std::size_t num = columns.size();
  for (Column& column : columns) {
    double largest = 0;
    for (const double entry : column) largest = std::max(largest, std::fabs(entry));
    if (largest > 0) scale(column, 1 / largest);
    const double square = dot(column, column);
    if (square > 0) scale(column, 1 / std::sqrt(square));
  }
  std::vector<double> gram(num * num);
  for (std::size_t a = 0; a < num; ++a)
    for (std::size_t b = 0; b < num; ++b) gram[a * num + b] = dot(columns[a], columns[b]);
  return eigen(std::move(gram), num);
}

double condition_of(const Eigen& own) {
  const double largest = own.values.back();
  const double least = own.values.front();
  return least > kNoise * largest ? std::sqrt(largest / least)
                                  : std::numeric_limits<double>::infinity();
}

// Parameters that a direction moves, the most first.
std::vector<int> moved_by(const std::vector<double>& direction,
                          const std::vector<std::size_t>& params) {
  std::vector<std::size_t> order;
  for (std::size_t j = 0; j < direction.size(); ++j)
    if (std::fabs(direction[j]) > kTakesPart) order.push_back(j);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::fabs(direction[a]) > std::fabs(direction[b]) * (1 + 1e-6);
  });
  std::vector<int> out;
  for (const std::size_t j : order) out.push_back(static_cast<int>(params[j]));
  return out;
}

// What other runs would change, by trying them.
class Trials {
 public:
  Trials(const LawEntry& law, const Problem& problem, const PolishedFit& fit,
         const std::vector<std::size_t>& params)
      : law_(law),
        problem_(problem),
        fit_(fit),
        params_(params),
        runs_(law, problem.view(), kTrialRuns) {
    for (int k = 0; k < law.num_inputs(); ++k)
      if (!law.inputs[static_cast<std::size_t>(k)].is_history()) inputs_.push_back(k);
  }

  Remedy remedy() {
    take_all();
    for (const double times : {1.0, kWiderRange})
      for (const int k : inputs_) {
        runs_.draw(k, times);
        if (tells_apart()) return {times == 1 ? Remedy::Kind::vary : Remedy::Kind::widen, k};
        runs_.take(k);
      }
    for (const double times : {1.0, kWiderRange}) {
      for (const int k : inputs_) runs_.draw(k, times);
      if (tells_apart()) return {times == 1 ? Remedy::Kind::vary_all : Remedy::Kind::widen_all, -1};
    }
    return {Remedy::Kind::none, -1};
  }

 private:
  void take_all() {
    for (int k = 0; k < law_.num_inputs(); ++k) runs_.take(k);
  }

  bool tells_apart() const {
    std::vector<Column> columns = columns_of(law_, runs_.view(), fit_.theta, params_);
    if (columns[0].size() < params_.size()) return false;
    if (law_.param_sizes) to_own_units(law_, problem_, fit_.theta, params_, columns);
    return condition_of(scaled_eigen(std::move(columns))) <= kConditionNotIdentifiable;
  }

  const LawEntry& law_;
  const Problem& problem_;
  const PolishedFit& fit_;
  const std::vector<std::size_t>& params_;
  TrialRuns runs_;
  std::vector<int> inputs_;
};

Eigen eigen_at(const LawEntry& law, const Problem& problem, const Theta& theta,
               const std::vector<std::size_t>& params) {
  std::vector<Column> columns = columns_of(law, problem.view(), theta, params);
  if (law.param_sizes) to_own_units(law, problem, theta, params, columns);
  return scaled_eigen(std::move(columns));
}

// Those, and exponents that stand at a bound which is the program's own: a fit may slide there
// along what trades off exactly, and then only the bound tells the rest apart.
std::vector<std::size_t> with_default_bounds(const LawEntry& law, const PolishedFit& fit,
                                             std::vector<std::size_t> params) {
  for (int k = 0; k < law.num_params(); ++k) {
    const auto at = static_cast<std::size_t>(k);
    if (fit.at_bound[at] && !law.is_held(k) && !law.is_log(k) &&
        is_default_bound(law, k, fit.theta[at]))
      params.push_back(at);
  }
  return params;
}

}  // namespace

bool predicts(const Identifiability& of) {
  return of.form_condition.value_or(of.condition) <= kConditionNotIdentifiable;
}

bool trades_off(const Identifiability& of, std::size_t k) {
  return std::find(of.trade_off.begin(), of.trade_off.end(), static_cast<int>(k)) !=
         of.trade_off.end();
}

Identifiability identifiability(const LawEntry& law, const Problem& problem,
                                const PolishedFit& fit) {
  std::vector<std::size_t> params = free_params_of(law, fit);
  Identifiability out;
  if (params.empty()) return out;
  Eigen own = eigen_at(law, problem, fit.theta, params);
  const std::vector<std::size_t> more = with_default_bounds(law, fit, params);
  if (more.size() > params.size() && std::isfinite(condition_of(own))) {
    Eigen of_more = eigen_at(law, problem, fit.theta, more);
    const bool trades_off = moved_by(of_more.vectors.front(), more).size() > 1;
    if (trades_off && !std::isfinite(condition_of(of_more))) {
      own = std::move(of_more);
      params = more;
    }
  }
  out.rank = static_cast<int>(std::count_if(own.values.begin(), own.values.end(), [&](double v) {
    return v > kNoise * own.values.back();
  }));
  out.condition = condition_of(own);
  if (out.condition <= kConditionWeak) return out;
  out.trade_off = moved_by(own.vectors.front(), params);
  if (out.condition > kConditionNotIdentifiable)
    out.remedy = Trials(law, problem, fit, params).remedy();
  return out;
}

}  // namespace isoloss
