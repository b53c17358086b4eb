#include "host/fit_warnings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/identifiability.h"
#include "host/reading/text.h"
#include "host/report/number_text.h"
#include "host/statistics.h"

namespace isoloss {
namespace {

constexpr double kShareBeyondDelta = 0.5;
constexpr double kLeastWidth = 1e-9;    // of a level face, in search coordinates
constexpr double kExtrapolation = 3;    // times the largest run
constexpr double kOutlier = 20;         // robust standard deviations
constexpr double kMadToSigma = 1.4826;  // of a normal distribution
using Add = std::vector<Warning>&;

// What would tell the parameters apart.
std::string design_advice(const LawEntry& law) {
  if (law.num_inputs() == 2 && law.reads(Input::N) && law.reads(Input::D))
    return "add runs that vary model size and tokens independently";
  std::vector<std::string> symbols;
  for (const LawInput& input : law.inputs)
    if (!input.is_history()) symbols.push_back(printable(input.symbol));
  if (symbols.size() < law.inputs.size())
    return "add runs whose learning rate falls otherwise, or hold a parameter with --fix";
  if (symbols.size() == 1)
    return fmt::format("add runs over a wider range of {}, or hold a parameter with --fix",
                       symbols[0]);
  const std::string last = symbols.back();
  symbols.pop_back();
  return fmt::format("add runs that vary {} and {} independently, or hold a parameter with --fix",
                     listed(symbols), last);
}

void identifiability_warning(const RunTable& runs, const FitResult& fit, Add out) {
  const std::string fault = design_fault(runs, *fit.law);
  const double condition = fit.identifiability.condition;
  if (fit.status == Status::not_identifiable) {
    out.push_back({"not_identifiable",
                   fmt::format("{} (condition number {:.2g}); only combinations of parameters mean "
                               "something: {}",
                               fault.empty() ? "the runs cannot tell the parameters apart" : fault,
                               condition, design_advice(*fit.law))});
  } else if (condition > kConditionWeak) {
    out.push_back({"weakly_identifiable",
                   fmt::format("the parameters are nearly collinear (condition number {:.0f}): "
                               "trust predictions near the runs more than single parameters",
                               condition)});
  }
}

void bound_warning(const FitResult& fit, Add out) {
  for (std::size_t k = 0; k < fit.params.size(); ++k) {
    const ParamEstimate& param = fit.params[k];
    if (!param.at_bound) continue;
    const Bounds& box = fit.law->box.bounds[k];
    const bool lower = param.value == 0 || fit.theta[k] - box.lower < box.upper - fit.theta[k];
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

// By how much each parameter may move on a level face: a log's width as a factor.
void flat_warning(const FitResult& fit, Add out) {
  if (fit.status == Status::not_identifiable) return;  // has said more
  std::vector<std::string> widths;
  for (std::size_t k = 0; k < fit.face_width.size(); ++k) {
    const double width = fit.face_width[k];
    if (width < kLeastWidth) continue;
    const bool is_log = fit.law->is_log(static_cast<int>(k));
    widths.push_back(fmt::format("{} {} {}", fit.params[k].name, is_log ? "by a factor of" : "by",
                                 number_text(is_log ? std::exp(width) : width)));
  }
  if (widths.empty()) return;
  out.push_back({"flat_optimum",
                 fmt::format("the least objective is proved but level: other parameters reach it "
                             "too, {}; shown are those of least squares among them",
                             listed(widths))});
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

std::vector<double> absolute_values(std::vector<double> values) {
  for (double& value : values) value = std::fabs(value);
  return values;
}

void outlier_warnings(const RunTable& runs, const FitResult& fit, Add out) {
  const std::vector<double> sizes = absolute_values(fit.residuals);
  const double unit = fit.law->log_residual ? 1 : median(absolute_values(runs.loss));
  const double sigma = kMadToSigma * median(sizes);
  const auto worst =
      static_cast<std::size_t>(std::max_element(sizes.begin(), sizes.end()) - sizes.begin());
  if (sigma < 1e-9 * unit ? sizes[worst] <= 1e-3 * unit : sizes[worst] < kOutlier * sigma) return;
  const bool is_loss = runs.response == "loss";
  const std::string name = printable(runs.response);
  out.push_back(
      {"outlier", fmt::format("line {}: {} {:g} is an outlier, {} off the fit{}; {} leaves it out",
                              runs.line[worst], name, runs.loss[worst], number_text(sizes[worst]),
                              fit.law->log_residual ? " in log " + name : "",
                              is_loss ? "perplexity instead of loss, or a diverged run? --where or "
                                        "--drop-highest-loss"
                                      : "--where")});
}

void range_warning(const RunTable& runs, const LawEntry& law, Add out) {
  if (!law.reads(Input::N)) return;
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
  flat_warning(result, out);
  bound_warning(result, out);
  add_interval_warnings(runs, result);
  starts_warning(result, out);
  outlier_warnings(runs, result, out);
  range_warning(runs, *result.law, out);
  delta_warning(result, out);
  extrapolation_warning(result, out);
}

}  // namespace isoloss
