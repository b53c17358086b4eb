#include "host/report/fit_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/base/number_text.h"
#include "host/report/table.h"

namespace isoloss {
namespace {

bool has_bootstrap(const FitResult& fit) {
  return fit.bootstrap.num_resamples > 0 && !fit.bootstrap.withheld;
}

bool has_profile(const FitResult& fit) { return fit.profile.left_out.empty(); }

std::string interval_text(const std::optional<Interval>& interval) {
  if (!interval) return "";
  const auto [lower, upper] = *interval;
  if (std::isinf(upper) && (std::isinf(lower) || lower == 0)) return "not bounded";
  return fmt::format("{} .. {}", std::isinf(lower) ? "unbounded" : number_text(lower),
                     std::isinf(upper) ? "unbounded" : number_text(upper));
}

std::string shown_interval(const ParamEstimate& param, const std::optional<Interval>& interval) {
  return param.fixed ? "fixed" : interval_text(interval);
}

std::string meaning_text(const ParamEstimate& param) {
  return param.meaning + (param.at_bound ? " (at its bound)" : "");
}

std::string percent_text(const FitResult& fit) { return confidence_text(fit.options.confidence); }

std::string bootstrap_text(const FitResult& fit) {
  return fmt::format("{} resamples, seed {}", fit.bootstrap.num_resamples, fit.options.seed);
}

std::string interval_title(const FitResult& fit) {
  if (has_bootstrap(fit))
    return fmt::format("{} interval (bootstrap, {})", percent_text(fit), bootstrap_text(fit));
  return has_profile(fit) ? percent_text(fit) + " interval (profile likelihood)" : "";
}

std::string one_interval_table(const FitResult& fit) {
  std::size_t width = 9;
  for (const ParamEstimate& param : fit.params) width = std::max(width, param.name.size() + 2);
  std::string out = fmt::format("  {:<{}}{:<12}{}\n", "", width, "estimate", interval_title(fit));
  for (const ParamEstimate& param : fit.params)
    out += fmt::format("  {:<{}}{:<12}{:<24}{}\n", param.name, width, number_text(param.value),
                       shown_interval(param, has_profile(fit) ? param.profile : param.interval),
                       meaning_text(param));
  return out + "\n";
}

// Name, estimate, both intervals, meaning; two rows of titles first.
std::vector<TextRow> rows_of(const FitResult& fit) {
  const std::string percent = percent_text(fit);
  std::vector<TextRow> rows{{"", "", percent + " bootstrap interval", percent + " profile-", ""},
                            {"", "estimate", bootstrap_text(fit), "likelihood interval", ""}};
  for (const ParamEstimate& param : fit.params)
    rows.push_back({param.name, number_text(param.value), shown_interval(param, param.interval),
                    shown_interval(param, param.profile), meaning_text(param)});
  return rows;
}

// Meanings that do not fit give way to what cannot be looked up in `isoloss laws`.
std::string two_interval_table(const FitResult& fit, std::size_t width) {
  std::vector<TextRow> rows = rows_of(fit);
  std::string out = text_table(rows);
  if (width_of(out) > width) {
    for (std::size_t k = 0; k < fit.params.size(); ++k)
      rows[k + 2].back() = fit.params[k].at_bound ? "at its bound" : "";
    out = text_table(rows);
  }
  return out + "\n";
}

}  // namespace

std::string params_table(const FitResult& fit, std::size_t width) {
  return has_bootstrap(fit) && has_profile(fit) ? two_interval_table(fit, width)
                                                : one_interval_table(fit);
}

}  // namespace isoloss
