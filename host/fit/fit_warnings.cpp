#include "host/fit/fit_warnings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "fits/stopping.h"
#include "host/base/number_text.h"
#include "host/base/text.h"
#include "host/base/warnings.h"
#include "host/fit/design_verdict.h"
#include "host/fit/extrapolation_warning.h"
#include "host/fit/identifiability.h"
#include "host/fit/outliers.h"
#include "host/fit/widen.h"
#include "host/search/starts.h"

namespace isoloss {
namespace {

constexpr long long kQuickGrid = 20'000;  // starts that end within a minute
constexpr int kFewestStartsToAgree = 50;
using Add = std::vector<Warning>&;

// What to think of a bound, and how to move one that the user did not ask for. A weight of a
// built-in law is never below zero.
std::string bound_reason(const FitResult& fit, std::size_t k, bool is_lower) {
  const LawEntry& law = *fit.law;
  const bool is_log = law.is_log(static_cast<int>(k));
  const std::string reason = "the interval is one-sided, and the law may not hold for these runs";
  const bool is_law_s_zero = is_log && is_lower && !law.with_bounds;
  if (is_law_s_zero || !is_default_bound(law, static_cast<int>(k), fit.bound_theta[k]))
    return reason;
  const Bounds& box = law.box.bounds[k];
  const double bound = is_lower ? box.lower : box.upper;
  // Of a log parameter beyond its lower bound, zero, there are those of the other sign.
  const double farther = is_lower ? 10 : 1000 * law.shown(static_cast<int>(k), bound);
  const double size = is_log ? farther : std::max(1.0, 2 * std::fabs(bound));
  const std::string name = printable(fit.params[k].name);
  return fmt::format(
      "{}; the bound is the program's default, ``bound`` {} moves it", reason,
      is_lower ? fmt::format("{}={:g}:", name, -size) : fmt::format("{}=:{:g}", name, size));
}

// Whether theta[k] is inside the law's box: then it is the search form that ends there.
bool is_bound_of_form(const FitResult& fit, std::size_t k) {
  const Bounds& box = fit.law->box.bounds[k];
  return fit.bound_theta[k] > box.lower && fit.bound_theta[k] < box.upper;
}

void bound_warning(const FitResult& fit, Add out) {
  for (std::size_t k = 0; k < fit.params.size(); ++k) {
    const ParamEstimate& param = fit.params[k];
    if (!param.at_bound) continue;
    // The bound of what the runs cannot tell from others says nothing.
    if (fit.status == Status::not_identifiable && trades_off(fit.identifiability, k)) continue;
    if (is_bound_of_form(fit, k)) {
      out.push_back(
          warning<"search_form_at_bound">(param.name, number_text(param.value), fit.law->name));
      continue;
    }
    const bool lower = fit.bound_theta[k] <= fit.law->box.bounds[k].lower;
    out.push_back(warning<"parameter_at_bound">(param.name, lower ? "lower" : "upper",
                                                number_text(param.value),
                                                bound_reason(fit, k, lower)));
  }
}

void widened_warning(const FitResult& fit, Add out) {
  for (std::size_t k = 0; k < fit.params.size(); ++k) {
    if (!fit.law->params[k].is_widened) continue;
    out.push_back(warning<"bound_widened">(fit.params[k].name, fit.law->params[k].default_bound));
  }
}

// What of the proof is missing.
std::string convergence_fault(const FitResult& fit) {
  if (fit.scaled_gradient <= kScaledGradientBound)
    return "the fit did not converge: its Hessian is not positive definite";
  return fmt::format("the fit did not converge: its gradient is not zero (scaled gradient {:.1e})",
                     fit.scaled_gradient);
}

// Where a larger delta would make the objective smoother.
const char* or_larger_delta(const FitResult& fit) {
  return fit.options.residual_loss.kind == ResidualKind::huber ? ", or a larger ``huber-delta``"
                                                               : "";
}

void convergence_warning(const FitResult& fit, Add out) {
  if (fit.status != Status::not_converged) return;
  out.push_back(warning<"not_converged">(convergence_fault(fit), more_starts_advice(fit),
                                         or_larger_delta(fit)));
}

// By how much each parameter may move on a level face: a log's width as a factor.
void flat_warning(const FitResult& fit, Add out) {
  if (fit.status == Status::not_identifiable) return;  // has said more
  std::vector<std::string> widths;
  for (std::size_t k = 0; k < fit.face_width.size(); ++k) {
    const double width = fit.face_width[k];
    if (width < threshold_of<"flat_optimum">) continue;
    const bool is_log = fit.law->is_log(static_cast<int>(k));
    widths.push_back(fmt::format("{} {} {}", fit.params[k].name, is_log ? "by a factor of" : "by",
                                 number_text(is_log ? std::exp(width) : width)));
  }
  if (widths.empty()) return;
  out.push_back(warning<"flat_optimum">(listed(widths)));
}

// What would search more.
std::string more_search(const FitResult& fit) {
  if (fit.options.starts != StartMode::screen) return "try more starts";
  return fmt::format("try ``effort`` {}", 10 * fit.options.effort);
}

// Why the least objective may be another.
std::string doubt(const SearchReport& search) {
  if (search.lower_is_known) return "a profile came by a lower objective that no search ended in";
  return fmt::format("of {} starts {} ended at this objective, too few to rule a lower one out",
                     search.num_starts, search.num_agreeing + search.num_later);
}

void starts_warning(const FitResult& fit, Add out) {
  const SearchReport& search = fit.search;
  if (fit.status == Status::unconfirmed) {
    out.push_back(warning<"unconfirmed">(doubt(search), more_search(fit)));
    return;
  }
  if (search.num_starts < kFewestStartsToAgree) return;
  if (search.num_agreeing >= threshold_of<"few_starts_agree"> * search.num_starts) return;
  if (search.is_convex || fit.law->breaks) return;
  out.push_back(warning<"few_starts_agree">(search.num_agreeing, search.num_starts,
                                            more_search(fit), or_larger_delta(fit)));
}

void delta_warning(const FitResult& fit, Add out) {
  if (fit.options.residual_loss.kind != ResidualKind::huber) return;
  if (fit.share_beyond_delta <= threshold_of<"most_beyond_delta">) return;
  out.push_back(warning<"most_beyond_delta">(100 * fit.share_beyond_delta,
                                             fit.options.residual_loss.huber_delta,
                                             1.345 * fit.rms_residual));
}

void outlier_warnings(const RunTable& runs, const FitResult& fit, Add out) {
  const std::vector<Outlier> found = outliers(runs, fit, threshold_of<"outlier">);
  if (found.empty()) return;
  const Outlier& worst = found.front();
  const bool is_loss = runs.response == "loss";
  const std::string name = printable(runs.response);
  out.push_back(warning<"outlier">(
      runs.place_of(worst.run), name, runs.loss[worst.run], number_text(std::fabs(worst.residual)),
      fit.law->log_residual ? " in log " + name : "",
      is_loss ? "perplexity instead of loss, or a diverged run? ``where`` or "
                "``drop-highest-loss``"
              : "``where``"));
}

void misfit_warnings(const FitResult& fit, Add out) {
  for (const LackOfFit& own : fit.lack_of_fit) {
    if (!(own.probability <= threshold_of<"lack_of_fit">)) continue;
    out.push_back(warning<"lack_of_fit">(
        own.misfit,
        own.against_errors ? "standard errors are" : "rows of the same inputs differ by", own.noise,
        own.against_errors ? ", unless the errors are too small" : ""));
  }
}

void range_warning(const RunTable& runs, const LawEntry& law, Add out) {
  if (!law.reads(Input::N)) return;
  const auto [least, most] = std::minmax_element(runs.params.begin(), runs.params.end());
  if (*most >= threshold_of<"narrow_range"> * *least) return;
  out.push_back(warning<"narrow_range">(count_text(*least), count_text(*most)));
}

}  // namespace

std::string more_starts_advice(const FitResult& fit) {
  const bool is_grid = fit.options.starts == StartMode::grid;
  return !is_grid && num_grid_starts(*fit.law) <= kQuickGrid ? "``starts`` grid"
                                                             : "``starts`` 10000";
}

void add_fit_warnings(const RunTable& runs, FitResult& result) {
  std::vector<Warning>& out = result.warnings;
  if (const DesignVerdict verdict = verdict_of(runs, result); verdict.warning)
    out.push_back(*verdict.warning);
  if (withholds_optima(result))
    out.push_back(warning<"optimum_withheld">(status_sentence(result.status)));
  add_break_warnings(result);
  convergence_warning(result, out);
  flat_warning(result, out);
  bound_warning(result, out);
  widened_warning(result, out);
  add_interval_warnings(runs, result);
  starts_warning(result, out);
  outlier_warnings(runs, result, out);
  misfit_warnings(result, out);
  range_warning(runs, *result.law, out);
  delta_warning(result, out);
  if (const auto far = extrapolation_warning(result)) out.push_back(*far);
}

}  // namespace isoloss
