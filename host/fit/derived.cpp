#include "host/fit/derived.h"

#include <cmath>

#include "fits/math.h"
#include "host/base/memory.h"
#include "host/base/statistics.h"
#include "host/base/stop.h"
#include "host/base/threads.h"

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
  bool is_log;             // above zero, and compared by ratios
  bool by_further = true;  // false of what follows from another one here
  std::vector<double> draws = {};
};

// Estimates of one budget. A draw that counts for nothing is NaN, which no interval looks at.
void set_estimates(std::vector<AskedQuantity> asked, const FitResult& fit, double C,
                   const QuantityTaker* further = nullptr) {
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
                 if (further != nullptr && own.by_further)
                   further->add(quantity, own.is_log, own.draws, own.estimate);
                 add_intervals(own.estimate, std::move(own.draws), fit.options.confidence);
               });
}

void add_param(FitResult& result, int k, const QuantityTaker* further) {
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
  param.constrained_profile = param.profile;  // the same, where it is there
  if (further != nullptr) further->add(shown, result.law->is_log(k), values, param);
  add_intervals(param, std::move(values), result.options.confidence);
}

// In place: what else is known of an estimate stays.
void set_optima(const FitResult& fit, const std::vector<double>& budgets, double largest_C,
                const QuantityTaker* further, std::vector<OptimumEstimate>& out) {
  out.resize(budgets.size());
  for (std::size_t i = 0; i < budgets.size(); ++i) {
    OptimumEstimate& at = out[i];
    at.C = budgets[i];
    at.extrapolation = at.C / largest_C;
    set_estimates({{at.N, N_of, true},
                   {at.D, D_of, true},
                   {at.L, loss_of, true},
                   {at.tokens_per_param, ratio_of, true, false}},
                  fit, at.C, further);
    at.interior = std::isfinite(at.N.value);
  }
}

}  // namespace

std::vector<OptimumEstimate> optima_at(const FitResult& fit, const std::vector<double>& budgets,
                                       double largest_C) {
  std::vector<OptimumEstimate> out;
  set_optima(fit, budgets, largest_C, nullptr, out);
  return out;
}

void add_estimates(FitResult& result, double largest_C, const QuantityTaker* further) {
  parallel_for(result.law->num_params(), threads_for_turns(result.draws.size(), threads_of(result)),
               [&](int k, int) { add_param(result, k, further); });
  if (result.law->optimum == nullptr || withholds_optima(result)) {
    result.N_exponent.value = result.D_exponent.value = NAN;
    return;
  }
  set_estimates(
      {{result.N_exponent, N_exponent_of, false}, {result.D_exponent, D_exponent_of, false, false}},
      result, largest_C, further);
  set_optima(result, result.options.compute, largest_C, further, result.optima);
}

}  // namespace isoloss
