#include "host/fit/draws_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/base/stop.h"
#include "host/base/threads.h"
#include "host/base/warnings.h"

namespace isoloss {
namespace {

constexpr int kFewestUnits = 5;

// Empty if nothing is withheld.
std::string withheld_reason(const Draws& draws, const Units& units, const FitResult& result) {
  const BootstrapReport& report = result.bootstrap;
  if (units.by_run && units.num_units < kFewestUnits) {
    return fmt::format(
        "points of one run are correlated, so runs are resampled, and {} runs are too few for an "
        "interval",
        units.num_units);
  }
  if (result.status == Status::not_identifiable) {
    return "the parameters are not identifiable from these runs";
  }
  if (report.num_not_converged > threshold_of<"intervals_withheld"> * report.num_resamples) {
    return fmt::format("{} of {} resamples did not converge", report.num_not_converged,
                       report.num_resamples);
  }
  if (draws.missed > threshold_of<"intervals_withheld">) {
    return fmt::format("in {:.0f}% of resamples a longer search finds a lower optimum",
                       100 * draws.missed);
  }
  return "";
}

}  // namespace

double objective_unit(const FitResult& result) {
  const double unit = result.law->unit;
  return result.options.residual_loss.kind == ResidualKind::absolute ? unit : unit * unit;
}

void report_draws(const Draws& draws, const Units& units, const Problem& problem,
                  FitResult& result) {
  BootstrapReport& report = result.bootstrap;
  result.search.num_basins = draws.num_basins;
  report = {};
  result.draws.clear();
  result.draw_objective.clear();
  result.draw_converged.clear();
  result.draw_degenerate.clear();
  report.num_resamples = result.options.num_resamples;
  report.by_run = units.by_run;
  report.num_units = units.num_units;
  const double unit = objective_unit(result);
  result.draws.resize(draws.fits.size());
  parallel_turns(draws.fits.size(), num_threads_to_use(result.options.num_threads),
                 [&](std::size_t i) {
                   result.draws[i] = result.law->from_search(draws.fits[i].theta, problem.centre());
                 });
  result.draw_objective.reserve(draws.fits.size());
  result.draw_converged.reserve(draws.fits.size());
  result.draw_degenerate.reserve(draws.fits.size());
  StopWatch watch;
  for (const PolishedFit& fit : draws.fits) {
    watch.look();
    report.num_not_converged += fit.converged || fit.degenerate ? 0 : 1;
    report.num_flat += fit.flat ? 1 : 0;
    report.num_degenerate += fit.degenerate ? 1 : 0;
    report.num_at_bound +=
        std::find(fit.at_bound.begin(), fit.at_bound.end(), true) != fit.at_bound.end();
    if (fit.converged)
      report.largest_scaled_gradient =
          std::max(report.largest_scaled_gradient, fit.scaled_gradient);
    result.draw_objective.push_back(fit.objective * unit);
    result.draw_converged.push_back(fit.converged);
    result.draw_degenerate.push_back(fit.degenerate);
  }
  report.withheld_reason = withheld_reason(draws, units, result);
  report.withheld = !report.withheld_reason.empty();
}

}  // namespace isoloss
