#include "host/report/fit.h"

#include <algorithm>

#include "host/answers/asked_quantities.h"
#include "host/answers/fitted_law.h"
#include "host/fit/lost_refits.h"
#include "host/report/json_parts.h"
#include "host/report/rows.h"

namespace isoloss {
namespace {

Json objective_json(const FitResult& fit) {
  const ResidualLoss& rho = fit.options.residual_loss;
  static constexpr const char* kNames[] = {"huber", "squared", "absolute"};
  Json out{{"value", number_json(fit.objective)},
           {"residual_loss", kNames[static_cast<int>(rho.kind)]}};
  if (rho.kind == ResidualKind::huber) {
    out["huber_delta"] = rho.huber_delta;
    out["share_beyond_delta"] = fit.share_beyond_delta;
  }
  if (rho.over_penalty != 1) out["over_penalty"] = rho.over_penalty;
  out["rms_residual"] = number_json(fit.rms_residual);
  out["scaled_gradient"] = number_json(fit.scaled_gradient);
  return out;
}

Json params_json(const FitResult& fit) {
  Json out = Json::object();
  for (std::size_t k = 0; k < fit.params.size(); ++k) {
    const ParamEstimate& param = fit.params[k];
    out[param.name] = estimate_json(param);
    const bool is_log = fit.law->is_log(static_cast<int>(k));
    out[param.name]["scale"] = is_log ? "log" : "linear";
    if (is_log) out[param.name]["log"] = number_json(fit.theta[k]);  // exp() of it is rounded
    if (param.asymptotic_error)
      out[param.name]["asymptotic_error"] = number_json(*param.asymptotic_error);
    if (param.profile)
      out[param.name]["profile_interval"] = {number_json(param.profile->lower),
                                             number_json(param.profile->upper)};
    if (param.at_bound) out[param.name]["at_bound"] = true;
    if (param.fixed) out[param.name]["fixed"] = true;
  }
  return out;
}

// Of the runs that were fitted, least and largest value of each input.
Json inputs_json(const RunTable& runs, const LawEntry& law) {
  Json out = Json::array();
  for (const LawInput& input : law.inputs) {
    if (input.is_history()) continue;
    const std::vector<double>& values = runs.values_of(input.column);
    const auto [least, largest] = std::minmax_element(values.begin(), values.end());
    out.push_back(
        {{"symbol", input.symbol}, {"column", input.column}, {"range", {*least, *largest}}});
  }
  return out;
}

Json exponents_json(const FitResult& fit) {
  if (fit.law->optimum == nullptr) return nullptr;
  return {{"N_exponent", estimate_json(fit.N_exponent)},
          {"D_exponent", estimate_json(fit.D_exponent)}};
}

Json optima_json(const FitResult& fit) {
  Json out = Json::array();
  for (const OptimumEstimate& at : fit.optima) {
    out.push_back({{"flops", at.C},
                   {"params", estimate_json(at.N)},
                   {"tokens", estimate_json(at.D)},
                   {"loss", estimate_json(at.L)},
                   {"tokens_per_param", estimate_json(at.tokens_per_param)},
                   {"extrapolation", number_json(at.extrapolation)}});
  }
  return out;
}

Json fitted_runs_json(const RunTable& runs, const FitResult& fit) {
  Json out = runs_json(runs);
  out["flops_per_token_param"] = fit.options.flops_per_token_param;
  return out;
}

Json lost_json(const LostRefits& lost) {
  Json out = Json::object();
  for (int i = 0; i < kLostReasons; ++i)
    out[lost_name(static_cast<LostReason>(i))] = lost[static_cast<std::size_t>(i)];
  return out;
}

Json bootstrap_json(const RunTable& runs, const FitResult& fit) {
  const BootstrapReport& report = fit.bootstrap;
  Json out{{"num_resamples", report.num_resamples}, {"seed", fit.options.seed}};
  if (report.num_resamples == 0) return out;
  out.update({{"confidence", fit.options.confidence},
              {"unit", report.by_run ? "run" : "row"},
              {"num_units", report.num_units},
              {"num_not_converged", report.num_not_converged},
              {"not_converged_reasons", lost_json(lost_refits(runs, fit))},
              {"num_flat", report.num_flat},
              {"num_degenerate", report.num_degenerate},
              {"num_at_bound", report.num_at_bound},
              {"largest_scaled_gradient", number_json(report.largest_scaled_gradient)},
              {"basins_a_resample", fit.search.num_basins},
              {"withheld", report.withheld},
              {"draws_checksum", draws_checksum(fit)}});
  return out;
}

// Of the methods that were asked for.
Json intervals_json(const FitResult& fit) {
  Json out = Json::array();
  for (const MethodInterval& own : asked_intervals(fit))
    out.push_back(
        {{"quantity", own.asked.name},
         {"method", name_of(own.method)},
         {"interval", {number_json(own.interval.lower), number_json(own.interval.upper)}}});
  return out;
}

Json calibration_json(const Calibration& own) {
  Json quantities = Json::array();
  for (const Calibration::Quantity& quantity : own.quantities)
    quantities.push_back(
        {{"quantity", quantity.name},
         {"coverage", quantity.coverage ? Json(*quantity.coverage) : Json()},
         {"levels",
          quantity.levels ? Json{quantity.levels->lower, quantity.levels->upper} : Json()}});
  return {{"num_sets", own.num_sets},
          {"num_asked", own.num_asked},
          {"num_resamples", own.num_resamples},
          {"quantities", quantities}};
}

Json lack_of_fit_json(const FitResult& fit) {
  Json out = Json::array();
  for (const LackOfFit& own : fit.lack_of_fit) {
    out.push_back({{"against", own.against_errors ? "errors" : "replicates"},
                   {"num_rows", own.num_rows},
                   {"noise", number_json(own.noise)},
                   {"misfit", number_json(own.misfit)},
                   {"ratio", number_json(own.ratio)},
                   {"misfit_freedom", own.misfit_freedom},
                   {"probability", number_json(own.probability)}});
    if (own.against_errors) continue;
    out.back()["num_settings"] = own.num_settings;
    out.back()["noise_freedom"] = own.noise_freedom;
  }
  return out;
}

Json profile_json(const FitResult& fit) {
  if (!fit.profile.left_out.empty()) return {{"given", false}, {"left_out", fit.profile.left_out}};
  return {{"given", true},
          {"confidence", fit.options.confidence},
          {"degrees_of_freedom", fit.profile.degrees_of_freedom}};
}

}  // namespace

std::string json_report(const RunTable& runs, const FitResult& fit) {
  Json report{
      {"schema", "isoloss/fit"},
      {"schema_version", kFitVersion},
      {"isoloss_version", ISOLOSS_VERSION},
      {"backend", fit.search.device},
      {"law", fit.law->name},
      {"formula", fit.law->formula},
      {"source", fit.law->source},
      {"inputs", inputs_json(runs, *fit.law)},
      {"response", runs.response},
      {"residual", fit.law->log_residual ? "log" : "linear"},
      {"status", status_name(fit.status)},
      {"runs", fitted_runs_json(runs, fit)},
      {"objective", objective_json(fit)},
      {"params", params_json(fit)},
      {"exponents", exponents_json(fit)},
      {"optima", optima_json(fit)},
      {"budgets_asked", fit.budgets_asked},
      {"search",
       {{"method", fit.search.method},
        {"num_starts", fit.search.num_starts},
        {"num_agreeing", fit.search.num_agreeing},
        {"num_later", fit.search.num_later},
        {"effort", fit.options.effort},
        {"limit_reached", fit.search.limit_reached},
        {"is_convex", fit.search.is_convex},
        {"ends", fit.search.ends}}},
      {"identifiability",
       {{"rank", fit.identifiability.rank},
        {"condition", number_json(fit.identifiability.condition)},
        {"form_condition", fit.identifiability.form_condition
                               ? number_json(*fit.identifiability.form_condition)
                               : Json()}}},
      {"lack_of_fit", lack_of_fit_json(fit)},
      {"bootstrap", bootstrap_json(runs, fit)},
      {"profile", profile_json(fit)},
      {"warnings", warnings_json(fit.warnings)},
  };
  if (!fit.options.intervals.empty()) report["intervals"] = intervals_json(fit);
  if (fit.calibration) report["calibration"] = calibration_json(*fit.calibration);
  return json_text(report, "rows", rows_json(runs, fit));
}

}  // namespace isoloss
