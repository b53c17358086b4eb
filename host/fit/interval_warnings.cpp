// Warnings that are about intervals.

#include <algorithm>
#include <cmath>

#include "fits/math.h"
#include "host/base/warnings.h"
#include "host/fit/fit_warnings.h"

namespace isoloss {
namespace {

// Under independent errors of equal variance chance alone gives the log of the ratio of two
// intervals' widths a standard deviation of about
// sqrt(1.2^2 / rows + 1 / resamples) (simulated figure 4, 40 to 240 rows): at least 2.5 of these.
constexpr double kWidthsByChance = 2.5;
constexpr double kWidthNoise = 1.2;
// With fewer rows some resamples hardly hold the parameters: the bootstrap's widths say nothing of
// the errors then, and it is the profile that covers.
constexpr std::size_t kFewestRowsToCompare = 40;

using Add = std::vector<Warning>&;

void bootstrap_warnings(const FitResult& fit, Add out) {
  const BootstrapReport& report = fit.bootstrap;
  if (report.num_resamples == 0) return;
  if (report.withheld) {
    out.push_back(warning<"intervals_withheld">(report.withheld_reason));
    return;
  }
  if (report.by_run && report.num_units < threshold_of<"few_runs">) {
    out.push_back(warning<"few_runs">(report.num_units));
  }
  if (report.num_degenerate > threshold_of<"degenerate_resamples"> * report.num_resamples) {
    out.push_back(warning<"degenerate_resamples">(report.num_degenerate, report.num_resamples));
  }
  if (report.num_not_converged > threshold_of<"resamples_not_converged"> * report.num_resamples) {
    out.push_back(
        warning<"resamples_not_converged">(report.num_not_converged, report.num_resamples));
  }
}

bool two_sided(const Interval& interval) {
  return interval.lower != 0 && std::isfinite(interval.lower) && std::isfinite(interval.upper);
}

// Of weights in logs, where both intervals are nearly symmetric.
double width(const Interval& interval, bool is_log) {
  return is_log ? isoloss::log(interval.upper / interval.lower) : interval.upper - interval.lower;
}

// The parameter whose bootstrap and profile intervals differ most in width; ratio: theirs, 1 if no
// parameter has both.
struct WidthRatio {
  std::size_t param = 0;
  double ratio = 1;
};

WidthRatio most_different_widths(const FitResult& fit) {
  WidthRatio most;
  for (std::size_t k = 0; k < fit.params.size(); ++k) {
    const ParamEstimate& param = fit.params[k];
    if (!param.interval || !param.profile) continue;
    if (!two_sided(*param.interval) || !two_sided(*param.profile)) continue;
    const bool is_log = fit.law->is_log(static_cast<int>(k));
    const double ratio = width(*param.interval, is_log) / width(*param.profile, is_log);
    if (std::fabs(isoloss::log(ratio)) > std::fabs(isoloss::log(most.ratio))) most = {k, ratio};
  }
  return most;
}

void widths_warning(const RunTable& runs, const FitResult& fit, Add out) {
  if (runs.num_runs() < kFewestRowsToCompare) return;
  const auto [k, ratio] = most_different_widths(fit);
  const double chance = std::sqrt(kWidthNoise * kWidthNoise / static_cast<double>(runs.num_runs()) +
                                  1.0 / fit.bootstrap.num_resamples);
  const double allowed =
      std::max(isoloss::log(1 + threshold_of<"interval_widths_differ">), kWidthsByChance * chance);
  if (!(std::fabs(isoloss::log(ratio)) > allowed)) return;
  out.push_back(warning<"interval_widths_differ">(
      fit.params[k].name, ratio, fit.law->is_log(static_cast<int>(k)) ? " in logs" : "",
      runs.weights.empty() ? ", ``weights`` a known unequal variance" : ""));
}

void profile_warning(const FitResult& fit, Add out) {
  if (!fit.profile.left_out.empty()) return;
  for (const ParamEstimate& param : fit.params) {
    if (param.profile || param.fixed) continue;
    out.push_back(warning<"profile_found_lower">(param.name, more_starts_advice(fit)));
    return;
  }
}

}  // namespace

void add_interval_warnings(const RunTable& runs, FitResult& result) {
  profile_warning(result, result.warnings);
  bootstrap_warnings(result, result.warnings);
  widths_warning(runs, result, result.warnings);
}

}  // namespace isoloss
