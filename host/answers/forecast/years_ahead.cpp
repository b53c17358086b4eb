#include "host/answers/forecast/years_ahead.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "fits/math.h"
#include "host/answers/forecast/sample_paths.h"
#include "host/base/lockstep_root.h"
#include "host/base/statistics.h"

namespace isoloss {
namespace {

class Forecaster {
 public:
  Forecaster(const FittedLaw& law, PlanOptions plans, const Assumptions& assumptions,
             const Sampling& sampling)
      : law_(law),
        assumptions_(assumptions),
        plans_(with_endless_tokens(law, std::move(plans), assumptions)),
        surface_(law.law, plans_.held, law.flops_per_token_param),
        thetas_(law.thetas) {
    if (!law.has_draws() && assumptions.has_range())
      thetas_.resize(1 + static_cast<std::size_t>(sampling.num_samples), law.thetas[0]);
    paths_ = sample_paths(assumptions, thetas_.size() - 1, sampling.seed);
  }

  std::size_t num_samples() const { return thetas_.size() - 1; }
  ForecastYear year(int years) const;
  Binding binding() const;

 private:
  // Of a law that weighs repetition, what it says where nothing is repeated.
  static PlanOptions with_endless_tokens(const FittedLaw& law, PlanOptions plans,
                                         const Assumptions& assumptions) {
    if (assumptions.unique_tokens && law.law.reads(Input::U))
      plans.held[kUniqueTokens] = isoloss::exp(kLogMost);
    return plans;
  }

  template <class Of>
  std::vector<double> of_paths(Of&& of) const {
    std::vector<double> out;
    for (const Path& path : paths_) out.push_back(of(path));
    return out;
  }
  std::vector<Plan> plans_for(const std::vector<double>& flops, const Stock& stock) const {
    const Cost training{law_.flops_per_token_param, 0};
    return plans(surface_, thetas_, training, plans_.limits, Given::cost, flops, plans_.num_threads,
                 stock);
  }

  // Without an interval where all samples are the same.
  template <class Of>
  Estimate estimate(Of&& of) const {
    Estimate out = estimate_of(thetas_.size(), law_.confidence, of);
    if (out.interval && out.interval->lower == out.interval->upper)
      out.interval.reset(), out.standard_error.reset();
    return out;
  }

  DataYear data_year(const std::vector<double>& flops, const std::vector<double>& stock,
                     const std::vector<Plan>& best) const;
  // By how much log D of the optimum is above the log of the stock, row i after years[i].
  std::vector<double> log_excess(const std::vector<double>& years) const;

  const FittedLaw& law_;
  const Assumptions& assumptions_;
  PlanOptions plans_;
  SurfaceProgram surface_;
  std::vector<Theta> thetas_;  // the estimate's, then one a sample
  std::vector<Path> paths_;    // the same
};

ForecastYear Forecaster::year(int years) const {
  const auto flops = of_paths([&](const Path& p) { return isoloss::exp(p.log_flops_at(years)); });
  const auto effective =
      of_paths([&](const Path& p) { return isoloss::exp(p.log_effective_at(years)); });
  const std::vector<Plan> best = plans_for(effective, {});
  ForecastYear out;
  out.years = years;
  out.end = best[0].end;
  out.compute = estimate([&](std::size_t i) { return flops[i]; });
  out.effective = estimate([&](std::size_t i) { return effective[i]; });
  out.N = estimate([&](std::size_t i) { return best[i].N(); });
  out.D = estimate([&](std::size_t i) { return best[i].D(); });
  out.tokens_per_param = estimate([&](std::size_t i) { return best[i].tokens_per_param(); });
  out.loss = estimate([&](std::size_t i) { return best[i].L(); });
  out.share_without = share_without(best);
  if (law_.largest_flops) out.extrapolation = effective[0] / *law_.largest_flops;
  if (assumptions_.unique_tokens && out.end != PlanEnd::none)
    out.data = data_year(
        effective, of_paths([&](const Path& p) { return isoloss::exp(p.log_stock_at(years)); }),
        best);
  if (years > 0) return out;
  // As typed: the exponential of a log rounds.
  out.compute.value = out.effective.value = assumptions_.compute.value;
  if (out.data) out.data->stock.value = assumptions_.unique_tokens->value;
  return out;
}

DataYear Forecaster::data_year(const std::vector<double>& flops, const std::vector<double>& stock,
                               const std::vector<Plan>& best) const {
  // Rounding is no cost where the stock holds nobody back.
  const auto cost = [&](const std::vector<Plan>& held, std::size_t i) {
    return best[i].D() <= stock[i] ? 0 : held[i].L() - best[i].L();
  };
  DataYear out;
  out.stock = estimate([&](std::size_t i) { return stock[i]; });
  out.asked = estimate([&](std::size_t i) { return best[i].D() / stock[i]; });
  const std::vector<Plan> once = plans_for(flops, {stock, false});
  out.params_once = estimate([&](std::size_t i) { return once[i].N(); });
  out.loss_once = estimate([&](std::size_t i) { return once[i].L(); });
  out.cost_once = estimate([&](std::size_t i) { return cost(once, i); });
  if (!law_.law.reads(Input::U)) return out;
  const std::vector<Plan> again = plans_for(flops, {stock, true});
  out.params_repeated = estimate([&](std::size_t i) { return again[i].N(); });
  out.tokens_repeated = estimate([&](std::size_t i) { return again[i].D(); });
  out.loss_repeated = estimate([&](std::size_t i) { return again[i].L(); });
  out.cost_repeated = estimate([&](std::size_t i) { return cost(again, i); });
  return out;
}

std::vector<double> Forecaster::log_excess(const std::vector<double>& years) const {
  std::vector<double> flops, out;
  for (std::size_t i = 0; i < paths_.size(); ++i)
    flops.push_back(isoloss::exp(paths_[i].log_effective_at(years[i])));
  const std::vector<Plan> best = plans_for(flops, {});
  for (std::size_t i = 0; i < paths_.size(); ++i)
    out.push_back(best[i].log_D - paths_[i].log_stock_at(years[i]));
  return out;
}

// One crossing is looked for; laws whose tokens grow like a power of the compute have no more.
Binding Forecaster::binding() const {
  const std::vector<double> first(paths_.size(), 0);
  // A fast path leaves all reason earlier.
  const std::vector<double> last = of_paths([](const Path& p) {
    const double rate = p.log_growth + p.log_efficiency;
    const double room = kLogMost - p.log_compute;
    return rate * kMostYears > room ? room / rate : static_cast<double>(kMostYears);
  });
  const std::vector<double> at_first = log_excess(first), at_last = log_excess(last);
  std::vector<double> years =
      lockstep_roots(first, last, [&](const auto& at, auto& excess) { excess = log_excess(at); });
  for (std::size_t i = 0; i < years.size(); ++i) {
    if (at_first[i] >= 0) years[i] = 0;
    if (at_first[i] < 0 && at_last[i] < 0) years[i] = kMostYears;
  }
  Binding out{estimate([&](std::size_t i) { return years[i]; }), {}};
  if (num_samples() > 0)
    out.share_by_end =
        static_cast<double>(std::count_if(
            years.begin() + 1, years.end(),
            [&](double own) { return own <= assumptions_.num_years && own < kMostYears; })) /
        static_cast<double>(num_samples());
  const auto never = [](double& own) {
    if (own >= kMostYears) own = INFINITY;
  };
  never(out.years.value);
  if (out.years.interval) never(out.years.interval->lower), never(out.years.interval->upper);
  return out;
}

}  // namespace

void add_years(const FittedLaw& law, const PlanOptions& plans, Forecast& to) {
  const Assumptions& assumptions = to.question.assumptions;
  const Forecaster forecaster(law, plans, assumptions, to.question.sampling);
  to.num_samples = forecaster.num_samples();
  for (int years = 0; years <= assumptions.num_years; ++years)
    to.years.push_back(forecaster.year(years));
  if (assumptions.unique_tokens) to.binding = forecaster.binding();
}

}  // namespace isoloss
