#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/base/number_text.h"
#include "host/report/estimate_text.h"
#include "host/report/fit_parts.h"

namespace isoloss {
namespace {

bool has_bootstrap(const FitResult& fit) {
  return fit.bootstrap.num_resamples > 0 && !fit.bootstrap.withheld;
}

bool has_profile(const FitResult& fit) { return fit.profile.left_out.empty(); }

Cell interval_cell(const ParamEstimate& param, const std::optional<Interval>& interval) {
  if (param.fixed) return "fixed";
  if (!interval) return "";
  return {interval_text(*interval), {NAN, {}, interval}};
}

std::string meaning_text(const ParamEstimate& param) {
  return param.meaning + (param.at_bound ? " (at its bound)" : "");
}

std::string confidence_of(const FitResult& fit) { return confidence_text(fit.options.confidence); }

std::string bootstrap_text(const FitResult& fit) {
  return fmt::format("{} resamples, seed {}", fit.bootstrap.num_resamples, fit.options.seed);
}

std::string interval_title(const FitResult& fit) {
  if (has_bootstrap(fit))
    return fmt::format("{} interval (bootstrap, {})", confidence_of(fit), bootstrap_text(fit));
  return has_profile(fit) ? confidence_of(fit) + " interval (profile likelihood)" : "";
}

Table one_interval_table(const FitResult& fit) {
  std::size_t width = 8;
  for (const ParamEstimate& param : fit.params) width = std::max(width, param.name.size() + 1);
  Table out{{untitled("parameter", width, 1), fixed("estimate", 11), fixed(interval_title(fit), 23),
             untitled("meaning")}};
  for (const ParamEstimate& param : fit.params)
    out.rows.push_back({param.name,
                        {number_text(param.value), param.value},
                        interval_cell(param, has_profile(fit) ? param.profile : param.interval),
                        meaning_text(param)});
  return out;
}

// Meanings that do not fit give way to what cannot be looked up in `isoloss laws`.
Table two_interval_table(const FitResult& fit) {
  const std::string percent = confidence_of(fit);
  Table out{{untitled("parameter"),
             {"estimate"},
             {percent + " bootstrap interval\n" + bootstrap_text(fit)},
             {percent + " profile-\nlikelihood interval"},
             untitled("meaning")}};
  for (const ParamEstimate& param : fit.params) {
    Cells row{param.name,
              {number_text(param.value), param.value},
              interval_cell(param, param.interval),
              interval_cell(param, param.profile),
              meaning_text(param)};
    out.rows.push_back(row);
    row.back() = param.at_bound ? "at its bound" : "";
    out.brief_rows.push_back(row);
  }
  return out;
}

}  // namespace

Table params_table(const FitResult& fit) {
  return has_bootstrap(fit) && has_profile(fit) ? two_interval_table(fit) : one_interval_table(fit);
}

}  // namespace isoloss
