#include "host/answers/isoflop/surface.h"

#include <cmath>
#include <memory>
#include <utility>

#include "fits/math.h"
#include "host/answers/optimum/answer.h"
#include "host/answers/predict/prediction.h"
#include "host/fit/fit.h"

namespace isoloss {
namespace {

FittedLaw fitted_surface(const RunTable& runs, FitOptions options, const Isoflop& of) {
  options.law = of.question.law;
  options.compute.clear();
  options.flops_per_token_param = of.flops_per_token_param;
  auto made = std::make_shared<FittedRuns>(FittedRuns{runs, {}});
  made->fit = fit(made->runs, options);
  return law_of_fit(std::move(made));
}

// The best size at a budget; nothing if the law has none there.
std::optional<Estimate> best_size(const FittedLaw& law, const Isoflop& of, double budget) {
  const Answer answer = training_answers(law, {}, Given::cost, {budget}).front();
  if (answer.end == PlanEnd::none) return std::nullopt;
  return of.question.size == "tokens" ? answer.D : answer.N;
}

// The estimate alone: a surface without noise has no draws.
FittedLaw without_draws(const FittedLaw& law) {
  FittedLaw out = law;
  out.thetas.resize(1);
  return out;
}

void add_bias(const RunTable& runs, const IsoflopDesign& design, const FittedLaw& law,
              Isoflop& out) {
  const IsoflopMinima without_noise =
      minima_of(design, predict(law, new_runs(runs, law.law)).value);
  std::vector<double> x, y;
  for (std::size_t s = 0; s < design.slices.size(); ++s) {
    if (without_noise.leasts[s].fault != SliceFault::none || !out.budgets[s].surface_size) continue;
    x.push_back(isoloss::log(design.slices[s].budget));
    y.push_back(isoloss::log(*out.budgets[s].surface_size));
  }
  if (x.size() < 2) return;
  const LogLine exact = line_through(x, y);
  IsoflopBias bias;
  bias.surface_exponent = exact.exponent;
  bias.exponent = without_noise.line.exponent - exact.exponent;
  for (const IsoflopPlan& plan : out.plans)
    bias.factor.push_back(plan.surface_size
                              ? isoloss::exp(without_noise.line.at(isoloss::log(plan.budget))) /
                                    plan.surface_size->value
                              : NAN);
  out.bias = bias;
}

}  // namespace

void add_surface(const RunTable& runs, const IsoflopDesign& design, const FitOptions& options,
                 Isoflop& out) {
  FittedLaw law = fitted_surface(runs, options, out);
  const FittedLaw estimate = without_draws(law);
  for (IsoflopBudget& own : out.budgets)
    if (const auto size = best_size(estimate, out, own.budget)) own.surface_size = size->value;
  for (IsoflopPlan& plan : out.plans) plan.surface_size = best_size(law, out, plan.budget);
  add_bias(runs, design, estimate, out);
  out.surface = std::move(law);
}

}  // namespace isoloss
