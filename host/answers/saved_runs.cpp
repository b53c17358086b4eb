#include "host/answers/saved_runs.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "host/base/error.h"
#include "host/base/file_bytes.h"
#include "host/laws/law_choice.h"
#include "host/reading/quantity_names.h"

namespace isoloss {
namespace {

using Json = nlohmann::json;

void set_column(const std::string& name, std::vector<double> values, RunTable& out) {
  const auto quantity = quantity_called(name);
  if (quantity == Quantity::params)
    out.params = std::move(values);
  else if (quantity == Quantity::tokens)
    out.tokens = std::move(values);
  else if (quantity == Quantity::flops)
    out.flops = std::move(values);
  else
    out.further[quantity ? std::string(quantity_name(*quantity)) : name] = std::move(values);
}

RunTable runs_of_rows(const Json& rows, const FittedLaw& law) {
  RunTable out;
  out.response = law.response;
  out.loss = rows.at("response").get<std::vector<double>>();
  out.line = rows.at("line").get<std::vector<std::size_t>>();
  if (rows.contains("run")) out.run = rows.at("run").get<std::vector<std::string>>();
  if (rows.contains("weight")) out.weights = rows.at("weight").get<std::vector<double>>();
  for (const auto& [name, values] : rows.at("inputs").items())
    set_column(name, values.get<std::vector<double>>(), out);
  for (std::size_t i = 0; i < out.num_runs(); ++i) out.row.push_back(i);
  if (out.flops.empty() && !out.params.empty() && !out.tokens.empty())
    for (std::size_t i = 0; i < out.num_runs(); ++i)
      out.flops.push_back(law.flops_per_token_param * out.params[i] * out.tokens[i]);
  return out;
}

std::optional<Interval> profile_of(const Json& param) {
  if (!param.contains("profile_interval")) return {};
  const auto end = [&](std::size_t i, double open) {
    const Json& own = param.at("profile_interval").at(i);
    return own.is_number() ? own.get<double>() : open;
  };
  return Interval{end(0, -INFINITY), end(1, INFINITY)};
}

void add_saved_params(const Json& params, const FittedLaw& law, FitResult& out) {
  bool is_any_held = false;
  for (int k = 0; k < law.law.num_params(); ++k) {
    const auto at = static_cast<std::size_t>(k);
    const Json& saved = params.at(law.law.params[at].name);
    ParamEstimate own;
    own.name = law.law.params[at].name;
    own.meaning = law.law.params[at].meaning;
    own.value = law.law.shown(k, law.theta()[at]);
    own.interval = law.intervals[at];
    own.profile = profile_of(saved);
    own.fixed = saved.value("fixed", false);
    is_any_held = is_any_held || own.fixed;
    out.params.push_back(std::move(own));
  }
  if (is_any_held)
    for (ParamEstimate& own : out.params) own.profile.reset();
}

FitResult fit_of(const Json& json, const FittedLaw& law, const RunTable& runs) {
  FitResult out;
  LawEntry own = law.law;
  if (!own.log_residual) own = scaled_to(own, runs);
  out.law = std::make_shared<const LawEntry>(std::move(own));
  out.status = law.status;
  out.theta = law.theta();
  out.residuals = json.at("rows").at("residual").get<std::vector<double>>();
  out.draws = ThetaRows(law.thetas.size() - 1, law.law.num_params());
  for (std::size_t i = 0; i < out.draws.size(); ++i) out.draws.set(i, law.thetas[i + 1]);
  out.draw_degenerate.assign(out.draws.size(), false);
  out.objective = json.at("objective").at("value").get<double>();
  out.search.ends = json.at("search").at("ends").get<std::vector<double>>();
  out.profile.degrees_of_freedom = json.at("profile").value("degrees_of_freedom", 0);
  out.bootstrap.withheld = law.withholds;
  out.options.confidence = law.confidence;
  out.options.flops_per_token_param = law.flops_per_token_param;
  for (const Json& at : json.at("optima")) out.options.compute.push_back(at.at("flops"));
  out.budgets_asked = json.value("budgets_asked", false);
  add_saved_params(json.at("params"), law, out);
  return out;
}

}  // namespace

FittedRuns saved_runs(const std::string& path, const std::string& draws_path) {
  const FittedLaw law = load_fit(path, draws_path);
  try {
    const Json json = Json::parse(read_file(path));
    if (!json.at("rows").is_object())
      throw InputError(path, 0, "", "a fit without its rows, of which there were too many",
                       "its page has the charts: isoloss fit RUNS.csv ``report`` FILE.html");
    FittedRuns out{runs_of_rows(json.at("rows"), law), {}};
    out.runs.path = path;
    out.fit = fit_of(json, law, out.runs);
    return out;
  } catch (const Json::exception&) {
    throw InputError(path, 0, "", "a fit that another version wrote", "fit again");
  }
}

}  // namespace isoloss
