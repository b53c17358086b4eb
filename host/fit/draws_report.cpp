#include "host/fit/draws_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/base/memory.h"
#include "host/base/stop.h"
#include "host/base/threads.h"
#include "host/base/warnings.h"

namespace isoloss {
namespace {

// Empty if nothing is withheld.
std::string withheld_reason(double missed, const Units& units, const FitResult& result) {
  const BootstrapReport& report = result.bootstrap;
  if (units.by_run && units.num_units < Units::kFewestRuns) {
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
  if (missed > threshold_of<"intervals_withheld">) {
    return fmt::format("in {:.0f}% of resamples a longer search finds a lower optimum",
                       100 * missed);
  }
  return "";
}

void count(const PolishedFit& fit, BootstrapReport& report) {
  report.num_not_converged += fit.converged || fit.degenerate ? 0 : 1;
  report.num_flat += fit.flat ? 1 : 0;
  report.num_degenerate += fit.degenerate ? 1 : 0;
  report.num_at_bound +=
      std::find(fit.at_bound.begin(), fit.at_bound.end(), true) != fit.at_bound.end();
  if (fit.converged)
    report.largest_scaled_gradient = std::max(report.largest_scaled_gradient, fit.scaled_gradient);
}

}  // namespace

double objective_unit(const FitResult& result) {
  const double unit = result.law->unit;
  return result.options.residual_loss.kind == ResidualKind::absolute ? unit : unit * unit;
}

DrawsReport::DrawsReport(const Moved& moved, const Problem& problem, FitResult& result)
    : moved_(moved), problem_(problem), result_(result), unit_(objective_unit(result)) {
  const auto num = static_cast<std::size_t>(result.options.num_resamples);
  result.bootstrap = {};
  result.draws = {};  // before there are others
  result.draws = ThetaRows(num, result.law->num_params());
  result.draw_objective = room_for<double>(num, "resample");
  result.draw_converged.assign(num, false);
  result.draw_degenerate.assign(num, false);
}

void DrawsReport::take(std::span<const PolishedFit> fits) {
  const LawEntry& law = *result_.law;
  const std::size_t first = num_taken_;
  parallel_turns(fits.size(), num_threads_to_use(result_.options.num_threads), [&](std::size_t i) {
    const Theta theta = moved_.to_law(fits[i], law, problem_).theta;
    result_.draws.set(first + i, law.from_search(theta, problem_.centre()));
    result_.draw_objective[first + i] = fits[i].objective * unit_;
  });
  BootstrapReport& report = result_.bootstrap;
  StopWatch watch;
  for (const PolishedFit& fit : fits) {
    watch.look();
    count(fit, report);
    result_.draw_converged[num_taken_] = fit.converged;
    result_.draw_degenerate[num_taken_] = fit.degenerate;
    ++num_taken_;
  }
}

void DrawsReport::finish(const Draws& pilot, const Units& units) {
  BootstrapReport& report = result_.bootstrap;
  result_.search.num_basins = pilot.num_basins;
  report.num_resamples = result_.options.num_resamples;
  report.by_run = units.by_run;
  report.num_units = units.num_units;
  report.withheld_reason = withheld_reason(pilot.missed, units, result_);
  report.withheld = !report.withheld_reason.empty();
}

}  // namespace isoloss
