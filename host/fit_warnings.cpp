#include "host/fit_warnings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/identifiability.h"
#include "host/report/number_text.h"
#include "host/statistics.h"

namespace isoloss {
namespace {

constexpr double kShareBeyondDelta = 0.5;
constexpr double kExtrapolation = 3;    // times the largest run
constexpr double kOutlier = 20;         // robust standard deviations
constexpr double kMadToSigma = 1.4826;  // of a normal distribution
using Add = std::vector<Warning>&;

void identifiability_warning(const RunTable& runs, const FitResult& fit, Add out) {
  const std::string fault = design_fault(runs);
  const double condition = fit.identifiability.condition;
  if (fit.status == Status::not_identifiable) {
    out.push_back({"not_identifiable",
                   fmt::format("{} (condition number {:.2g}); only combinations of parameters mean "
                               "something: add runs that vary model size and tokens independently",
                               fault.empty() ? "the runs cannot tell the parameters apart" : fault,
                               condition)});
  } else if (condition > kConditionWeak) {
    out.push_back({"weakly_identifiable",
                   fmt::format("the parameters are nearly collinear (condition number {:.0f}): "
                               "trust predictions near the runs more than single parameters",
                               condition)});
  }
}

void bound_warning(const FitResult& fit, Add out) {
  for (const ParamEstimate& param : fit.params) {
    if (!param.at_bound) continue;
    const bool lower = param.value == 0;
    out.push_back(
        {"parameter_at_bound",
         fmt::format("{} is at its {} bound {}: the interval is one-sided, and the law may "
                     "not hold for these runs",
                     param.name, lower ? "lower" : "upper", number_text(param.value))});
  }
}

void convergence_warning(const FitResult& fit, Add out) {
  if (fit.status != Status::not_converged) return;
  out.push_back(
      {"not_converged", fmt::format("{} (scaled gradient {:.1e}); try --starts grid, or a larger "
                                    "--huber-delta",
                                    status_sentence(fit.status), fit.scaled_gradient)});
}

void starts_warning(const FitResult& fit, Add out) {
  const SearchReport& search = fit.search;
  if (search.num_starts < 50 || search.num_agreeing * 20 >= search.num_starts) return;
  out.push_back(
      {"few_starts_agree",
       fmt::format("only {} of {} starts reached the best objective: try more starts, or a "
                   "larger --huber-delta",
                   search.num_agreeing, search.num_starts)});
}

void delta_warning(const FitResult& fit, Add out) {
  if (fit.options.residual_loss.kind != ResidualKind::huber) return;
  if (fit.share_beyond_delta <= kShareBeyondDelta) return;
  out.push_back(
      {"most_beyond_delta",
       fmt::format("{:.0f}% of runs lie beyond delta {}, so this is close to a "
                   "least-absolute-deviations fit; --huber-delta {:.1g} would be nearer to "
                   "least squares",
                   100 * fit.share_beyond_delta, fit.options.residual_loss.huber_delta,
                   1.345 * fit.rms_residual)});
}

void outlier_warnings(const RunTable& runs, const FitResult& fit, Add out) {
  std::vector<double> sizes;
  for (const double r : fit.residuals) sizes.push_back(std::fabs(r));
  const double sigma = kMadToSigma * median(sizes);
  const auto worst =
      static_cast<std::size_t>(std::max_element(sizes.begin(), sizes.end()) - sizes.begin());
  if (sigma < 1e-9 ? sizes[worst] < 1e-3 : sizes[worst] < kOutlier * sigma) return;
  out.push_back(
      {"outlier",
       fmt::format("line {}: loss {:g} is an outlier, {} off the fit in log loss; perplexity "
                   "instead of loss, or a diverged run? --where or --drop-highest-loss "
                   "leaves it out",
                   runs.line[worst], runs.loss[worst], number_text(sizes[worst]))});
}

void range_warning(const RunTable& runs, Add out) {
  const auto [least, most] = std::minmax_element(runs.params.begin(), runs.params.end());
  if (*most >= 10 * *least) return;
  out.push_back({"narrow_range",
                 fmt::format("model sizes span less than a decade ({} to {}): exponents and E are "
                             "poorly determined",
                             count_text(*least), count_text(*most))});
}

// Only for budgets that the user asked for: the report marks its own by their factor.
void extrapolation_warning(const FitResult& fit, Add out) {
  if (!fit.budgets_asked) return;
  double farthest = 0;
  for (const OptimumEstimate& at : fit.optima) farthest = std::max(farthest, at.extrapolation);
  if (farthest <= kExtrapolation) return;
  const auto at = std::max_element(
      fit.optima.begin(), fit.optima.end(),
      [](const OptimumEstimate& a, const OptimumEstimate& b) { return a.C < b.C; });
  out.push_back(
      {"extrapolation", fmt::format("{} FLOP is {:.3g} times the largest run; the optimum is an "
                                    "extrapolation",
                                    flops_text(at->C), farthest)});
}

}  // namespace

void add_fit_warnings(const RunTable& runs, FitResult& result) {
  std::vector<Warning>& out = result.warnings;
  identifiability_warning(runs, result, out);
  convergence_warning(result, out);
  bound_warning(result, out);
  add_interval_warnings(runs, result);
  starts_warning(result, out);
  outlier_warnings(runs, result, out);
  range_warning(runs, out);
  delta_warning(result, out);
  extrapolation_warning(result, out);
}

}  // namespace isoloss
