#include "host/fit/derived.h"

#include <cmath>

#include "fits/math.h"
#include "host/base/statistics.h"
#include "host/base/stop.h"
#include "host/base/threads.h"

namespace isoloss {
namespace {

// One draw's answers at one budget; NaN where the law has no optimum there.
struct Answer {
  double N, D, L, ratio, N_exponent, D_exponent;
};

class Answers {
 public:
  Answers(const FitResult& fit, double C)
      : law_(*fit.law), log_ND_(isoloss::log(C / fit.options.flops_per_token_param)) {}

  Answer at(const Theta& theta) const {
    const OptimalPoint best = law_.optimum(theta.data(), log_ND_);
    if (!best.interior) return {NAN, NAN, NAN, NAN, NAN, NAN};
    return {isoloss::exp(best.log_N),
            isoloss::exp(best.log_D),
            isoloss::exp(best.log_loss),
            isoloss::exp(best.log_D - best.log_N),
            best.N_exponent,
            1 - best.N_exponent};
  }

 private:
  const LawEntry& law_;
  double log_ND_;
};

int threads_of(const FitResult& fit) { return num_threads_to_use(fit.options.num_threads); }

void set_estimate(Estimate& estimate, double Answer::*field, const Answer& own,
                  const std::vector<Answer>& draws, double confidence) {
  estimate.value = own.*field;
  std::vector<double> values;
  values.reserve(draws.size());
  for (const Answer& draw : draws) values.push_back(draw.*field);
  add_intervals(estimate, values, confidence);
}

struct AskedField {
  Estimate& estimate;
  double Answer::*field;
};

// Estimates of one budget.
void set_estimates(const std::vector<AskedField>& asked, const FitResult& fit, double C,
                   const std::vector<Theta>& draws) {
  const Answers answers(fit, C);
  const Answer own = answers.at(fit.theta);
  std::vector<Answer> of_draws(draws.size());
  parallel_turns(draws.size(), threads_of(fit),
                 [&](std::size_t i) { of_draws[i] = answers.at(draws[i]); });
  parallel_for(static_cast<int>(asked.size()), threads_for_turns(draws.size(), threads_of(fit)),
               [&](int item, int) {
                 const auto& [estimate, field] = asked[static_cast<std::size_t>(item)];
                 set_estimate(estimate, field, own, of_draws, fit.options.confidence);
               });
}

void add_param(FitResult& result, int k, const std::vector<Theta>& draws) {
  const auto index = static_cast<std::size_t>(k);
  ParamEstimate& param = result.params[index];
  param.value = result.law->shown(k, result.theta[index]);
  if (param.fixed) return;
  std::vector<double> values;
  values.reserve(draws.size());
  StopWatch watch;
  for (const Theta& draw : draws) {
    watch.look();
    values.push_back(result.law->shown(k, draw[index]));
  }
  add_intervals(param, values, result.options.confidence);
}

// Draws that intervals are made of: none where they are withheld. There may be millions, which are
// copied, to `kept`, only where some do not count.
const std::vector<Theta>& counted_draws(const FitResult& result, std::vector<Theta>& kept) {
  kept.clear();
  if (result.bootstrap.withheld) return kept;
  if (result.bootstrap.num_degenerate == 0) return result.draws;
  for (std::size_t i = 0; i < result.draws.size(); ++i)
    if (!result.draw_degenerate[i]) kept.push_back(result.draws[i]);
  return kept;
}

}  // namespace

std::vector<OptimumEstimate> optima_at(const FitResult& fit, const std::vector<double>& budgets,
                                       double largest_C) {
  std::vector<Theta> kept;
  const std::vector<Theta>& draws = counted_draws(fit, kept);
  std::vector<OptimumEstimate> out;
  for (const double C : budgets) {
    OptimumEstimate at;
    at.C = C;
    at.extrapolation = C / largest_C;
    set_estimates({{at.N, &Answer::N},
                   {at.D, &Answer::D},
                   {at.L, &Answer::L},
                   {at.tokens_per_param, &Answer::ratio}},
                  fit, C, draws);
    at.interior = std::isfinite(at.N.value);
    out.push_back(std::move(at));
  }
  return out;
}

void add_estimates(FitResult& result, double largest_C) {
  std::vector<Theta> kept;
  const std::vector<Theta>& draws = counted_draws(result, kept);
  parallel_for(result.law->num_params(), threads_for_turns(draws.size(), threads_of(result)),
               [&](int k, int) { add_param(result, k, draws); });
  if (result.law->optimum == nullptr || withholds_optima(result)) {
    result.N_exponent.value = result.D_exponent.value = NAN;
    return;
  }
  set_estimates(
      {{result.N_exponent, &Answer::N_exponent}, {result.D_exponent, &Answer::D_exponent}}, result,
      largest_C, draws);
  result.optima = optima_at(result, result.options.compute, largest_C);
}

}  // namespace isoloss
