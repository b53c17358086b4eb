#include "host/fit/derived.h"

#include <cmath>

#include "fits/math.h"
#include "host/base/memory.h"
#include "host/base/statistics.h"
#include "host/base/stop.h"
#include "host/base/threads.h"
#include "host/fit/unit_influence.h"

namespace isoloss {
namespace {

int threads_of(const FitResult& fit) { return num_threads_to_use(fit.options.num_threads); }

// What one optimum tells; NaN where the law has none.
using Quantity = double (*)(const OptimalPoint&);

double N_of(const OptimalPoint& best) { return isoloss::exp(best.log_N); }
double D_of(const OptimalPoint& best) { return isoloss::exp(best.log_D); }
double loss_of(const OptimalPoint& best) { return isoloss::exp(best.log_loss); }
double ratio_of(const OptimalPoint& best) { return isoloss::exp(best.log_D - best.log_N); }
double N_exponent_of(const OptimalPoint& best) { return best.N_exponent; }
double D_exponent_of(const OptimalPoint& best) { return 1 - best.N_exponent; }

struct AskedQuantity {
  Estimate& estimate;
  Quantity of;
  bool is_log;  // above zero, and compared by ratios
  std::vector<double> draws = {};
};

// Intervals by further methods. is_log: of a quantity above zero, whose log the sandwich is of.
void add_further(const std::function<double(const Theta&)>& quantity, bool is_log,
                 const std::vector<double>& draws, const FitResult& fit,
                 const UnitInfluence* influence, Estimate& estimate) {
  const auto own = influence != nullptr ? influence->on(quantity) : std::nullopt;
  if (!own) return;
  const double confidence = fit.options.confidence;
  if (own->standard_error) {
    const double half =
        student_t(confidence, influence->degrees_of_freedom()) * *own->standard_error;
    estimate.sandwich = interval_around(estimate.value, half, is_log);
  }
  estimate.bca = bca_interval(draws, estimate.value, own->acceleration, confidence);
}

// Estimates of one budget. A draw that counts for nothing is NaN, which no interval looks at.
void set_estimates(std::vector<AskedQuantity> asked, const FitResult& fit, double C,
                   const UnitInfluence* influence = nullptr) {
  const double log_ND = isoloss::log(C / fit.options.flops_per_token_param);
  const auto value = [](const AskedQuantity& quantity, const OptimalPoint& best) {
    return best.interior ? quantity.of(best) : NAN;
  };
  const OptimalPoint own = fit.law->optimum(fit.theta.data(), log_ND);
  for (const AskedQuantity& quantity : asked) quantity.estimate.value = value(quantity, own);
  if (fit.bootstrap.withheld) return;
  const std::size_t num = fit.draws.size();
  for (AskedQuantity& quantity : asked) quantity.draws = room_for<double>(num, "draw");
  parallel_turns(num, threads_of(fit), [&](std::size_t i) {
    OptimalPoint best;
    best.interior = false;
    if (!fit.draw_degenerate[i]) best = fit.law->optimum(fit.draws[i].data(), log_ND);
    for (AskedQuantity& quantity : asked) quantity.draws[i] = value(quantity, best);
  });
  parallel_for(static_cast<int>(asked.size()), threads_for_turns(num, threads_of(fit)),
               [&](int item, int) {
                 AskedQuantity& own = asked[static_cast<std::size_t>(item)];
                 const auto quantity = [&](const Theta& theta) {
                   return value(own, fit.law->optimum(theta.data(), log_ND));
                 };
                 add_further(quantity, own.is_log, own.draws, fit, influence, own.estimate);
                 add_intervals(own.estimate, std::move(own.draws), fit.options.confidence);
               });
}

void add_param(FitResult& result, int k, const UnitInfluence* influence) {
  const auto index = static_cast<std::size_t>(k);
  ParamEstimate& param = result.params[index];
  param.value = result.law->shown(k, result.theta[index]);
  if (param.fixed || result.bootstrap.withheld) return;
  std::vector<double> values;
  values.reserve(result.draws.size());
  StopWatch watch;
  for (std::size_t i = 0; i < result.draws.size(); ++i) {
    watch.look();
    if (!result.draw_degenerate[i]) values.push_back(result.law->shown(k, result.draws.at(i, k)));
  }
  const auto shown = [&](const Theta& theta) { return result.law->shown(k, theta[index]); };
  add_further(shown, result.law->is_log(k), values, result, influence, param);
  add_intervals(param, std::move(values), result.options.confidence);
}

std::vector<OptimumEstimate> optima_by(const FitResult& fit, const std::vector<double>& budgets,
                                       double largest_C, const UnitInfluence* influence) {
  std::vector<OptimumEstimate> out;
  for (const double C : budgets) {
    OptimumEstimate at;
    at.C = C;
    at.extrapolation = C / largest_C;
    set_estimates({{at.N, N_of, true},
                   {at.D, D_of, true},
                   {at.L, loss_of, true},
                   {at.tokens_per_param, ratio_of, true}},
                  fit, C, influence);
    at.interior = std::isfinite(at.N.value);
    out.push_back(std::move(at));
  }
  return out;
}

}  // namespace

std::vector<OptimumEstimate> optima_at(const FitResult& fit, const std::vector<double>& budgets,
                                       double largest_C) {
  return optima_by(fit, budgets, largest_C, nullptr);
}

void add_estimates(FitResult& result, double largest_C, const UnitInfluence* influence) {
  parallel_for(result.law->num_params(), threads_for_turns(result.draws.size(), threads_of(result)),
               [&](int k, int) { add_param(result, k, influence); });
  if (result.law->optimum == nullptr || withholds_optima(result)) {
    result.N_exponent.value = result.D_exponent.value = NAN;
    return;
  }
  set_estimates(
      {{result.N_exponent, N_exponent_of, false}, {result.D_exponent, D_exponent_of, false}},
      result, largest_C, influence);
  result.optima = optima_by(result, result.options.compute, largest_C, influence);
}

}  // namespace isoloss
