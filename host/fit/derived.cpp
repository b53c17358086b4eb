#include "host/fit/derived.h"

#include <cmath>

#include "fits/math.h"
#include "host/base/statistics.h"
#include "host/base/stop.h"

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

void set_estimate(Estimate& estimate, double Answer::*field, const Answer& own,
                  const std::vector<Answer>& draws, double confidence) {
  estimate.value = own.*field;
  std::vector<double> values;
  values.reserve(draws.size());
  for (const Answer& draw : draws) values.push_back(draw.*field);
  add_intervals(estimate, values, confidence);
}

void add_params(FitResult& result, const std::vector<Theta>& draws) {
  for (int k = 0; k < result.law->num_params(); ++k) {
    const auto index = static_cast<std::size_t>(k);
    ParamEstimate& param = result.params[index];
    param.value = result.law->shown(k, result.theta[index]);
    if (param.fixed) continue;
    std::vector<double> values;
    values.reserve(draws.size());
    StopWatch watch;
    for (const Theta& draw : draws) {
      watch.look();
      values.push_back(result.law->shown(k, draw[index]));
    }
    add_intervals(param, values, result.options.confidence);
  }
}

std::vector<Answer> answers_of(const Answers& answers, const std::vector<Theta>& draws) {
  std::vector<Answer> out;
  out.reserve(draws.size());
  StopWatch watch;
  for (const Theta& draw : draws) {
    watch.look();
    out.push_back(answers.at(draw));
  }
  return out;
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
  const double confidence = fit.options.confidence;
  std::vector<OptimumEstimate> out;
  for (const double C : budgets) {
    const Answers answers(fit, C);
    const Answer own = answers.at(fit.theta);
    const std::vector<Answer> of_draws = answers_of(answers, draws);
    OptimumEstimate at;
    at.C = C;
    at.extrapolation = C / largest_C;
    at.interior = std::isfinite(own.N);
    set_estimate(at.N, &Answer::N, own, of_draws, confidence);
    set_estimate(at.D, &Answer::D, own, of_draws, confidence);
    set_estimate(at.L, &Answer::L, own, of_draws, confidence);
    set_estimate(at.tokens_per_param, &Answer::ratio, own, of_draws, confidence);
    out.push_back(std::move(at));
  }
  return out;
}

void add_estimates(FitResult& result, double largest_C) {
  std::vector<Theta> kept;
  const std::vector<Theta>& draws = counted_draws(result, kept);
  const double confidence = result.options.confidence;
  add_params(result, draws);
  if (result.law->optimum == nullptr || withholds_optima(result)) {
    result.N_exponent.value = result.D_exponent.value = NAN;
    return;
  }
  {
    const Answers answers(result, largest_C);
    const Answer own = answers.at(result.theta);
    const std::vector<Answer> of_draws = answers_of(answers, draws);
    set_estimate(result.N_exponent, &Answer::N_exponent, own, of_draws, confidence);
    set_estimate(result.D_exponent, &Answer::D_exponent, own, of_draws, confidence);
  }
  result.optima = optima_at(result, result.options.compute, largest_C);
}

}  // namespace isoloss
