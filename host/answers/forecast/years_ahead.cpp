#include "host/answers/forecast/years_ahead.h"

#include "fits/math.h"
#include "host/answers/forecast/crossings.h"

namespace isoloss {
namespace {

DataYear data_year(const Forecaster& of, const std::vector<double>& flops,
                   const std::vector<double>& stock, const std::vector<Plan>& best) {
  // Rounding is no cost where the stock holds nobody back.
  const auto cost = [&](const std::vector<Plan>& held, std::size_t i) {
    return best[i].D() <= stock[i] ? 0 : held[i].L() - best[i].L();
  };
  DataYear out;
  out.stock = of.estimate([&](std::size_t i) { return stock[i]; });
  out.asked = of.estimate([&](std::size_t i) { return best[i].D() / stock[i]; });
  const std::vector<Plan> once = of.plans_for(flops, {stock, false});
  out.params_once = of.estimate([&](std::size_t i) { return once[i].N(); });
  out.loss_once = of.estimate([&](std::size_t i) { return once[i].L(); });
  out.cost_once = of.estimate([&](std::size_t i) { return cost(once, i); });
  if (!of.law().law.reads(Input::U)) return out;
  const std::vector<Plan> again = of.plans_for(flops, {stock, true});
  out.params_repeated = of.estimate([&](std::size_t i) { return again[i].N(); });
  out.tokens_repeated = of.estimate([&](std::size_t i) { return again[i].D(); });
  out.loss_repeated = of.estimate([&](std::size_t i) { return again[i].L(); });
  out.cost_repeated = of.estimate([&](std::size_t i) { return cost(again, i); });
  return out;
}

ForecastYear year_of(const Forecaster& of, int years) {
  const auto flops =
      of.of_paths([&](const Path& p) { return isoloss::exp(p.log_flops_at(years)); });
  const auto effective =
      of.of_paths([&](const Path& p) { return isoloss::exp(p.log_effective_at(years)); });
  const auto chosen = of.chosen_for(effective);
  const std::vector<Plan>& best = chosen.first;
  ForecastYear out;
  out.years = years;
  out.end = best[0].end;
  out.bits = chosen.second;
  out.compute = of.estimate([&](std::size_t i) { return flops[i]; });
  out.effective = of.estimate([&](std::size_t i) { return effective[i]; });
  if (of.assumptions().hardware)
    out.spent =
        of.estimate([&](std::size_t i) { return isoloss::exp(of.paths()[i].log_spent_at(years)); });
  out.N = of.estimate([&](std::size_t i) { return best[i].N(); });
  out.D = of.estimate([&](std::size_t i) { return best[i].D(); });
  out.tokens_per_param = of.estimate([&](std::size_t i) { return best[i].tokens_per_param(); });
  out.loss = of.estimate([&](std::size_t i) { return best[i].L(); });
  out.share_without = share_without(best);
  if (of.law().largest_flops) out.extrapolation = effective[0] / *of.law().largest_flops;
  if (of.assumptions().unique_tokens && out.end != PlanEnd::none)
    out.data = data_year(
        of, effective,
        of.of_paths([&](const Path& p) { return isoloss::exp(p.log_stock_at(years)); }), best);
  if (years > 0) return out;
  // As typed: the exponential of a log rounds.
  out.compute.value = out.effective.value = of.assumptions().compute.value;
  if (out.spent) out.spent->value = out.compute.value;
  if (out.data) out.data->stock.value = of.assumptions().unique_tokens->value;
  return out;
}

}  // namespace

void add_years(const FittedLaw& law, const PlanOptions& plans, Forecast& to) {
  const Assumptions& assumptions = to.question.assumptions;
  const Forecaster forecaster(law, plans, to.question);
  to.num_samples = forecaster.num_samples();
  for (int years = 0; years <= assumptions.num_years; ++years)
    to.years.push_back(year_of(forecaster, years));
  if (assumptions.unique_tokens) to.binding = binding_of(forecaster);
  to.untils = until_years(forecaster, to.question.untils);
}

}  // namespace isoloss
