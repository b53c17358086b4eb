#include "host/answers/fitted_law.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "fits/math.h"
#include "host/base/error.h"
#include "host/base/file_bytes.h"
#include "host/base/text.h"
#include "host/base/warnings.h"
#include "host/fit/fit_warnings.h"
#include "host/laws/law_choice.h"
#include "host/reading/quantity_names.h"

namespace isoloss {
namespace {

using Json = nlohmann::json;

class FitReader {
 public:
  FitReader(const Json& json, const std::string& path) : json_(json), path_(path) {}

  FittedLaw read() const {
    if (!json_.is_object() || json_.value("schema", "") != "isoloss/fit")
      fail("not a fit of isoloss", "write one with isoloss fit RUNS.csv ``json`` FILE");
    if (json_.value("schema_version", 0) != kFitVersion)
      fail("a fit of another version", "fit again");
    FittedLaw out;
    out.title = "the fit of " + printable(path_);
    out.response = at("response").get<std::string>();
    for (const Json& input : at("inputs"))
      out.ranges.push_back({input.at("symbol"), input.at("column"), input.at("range").at(0),
                            input.at("range").at(1)});
    out.law = law(out);
    require_its_inputs(out);
    add_params(out);
    add_runs(out);
    add_verdict(out);
    return out;
  }

 private:
  [[noreturn]] void fail(const std::string& message, const std::string& hint) const {
    throw InputError(path_, 0, "", message, hint);
  }
  const Json& at(const char* key) const {
    const auto found = json_.find(key);
    if (found != json_.end()) return *found;
    fail(fmt::format("no key {}", key), "fit again with this version");
  }

  double value(const std::string& name) const {
    const Json& params = at("params");
    if (params.contains(name) && params[name].at("value").is_number())
      return params[name].at("value").get<double>();
    fail(fmt::format("no value of parameter {}", name), "fit again");
  }

  std::optional<Interval> interval(const std::string& name) const {
    const Json& param = at("params").at(name);
    if (!param.contains("interval") || !param.at("interval").at(0).is_number()) return {};
    return Interval{param.at("interval").at(0), param.at("interval").at(1)};
  }

  void require_its_inputs(const FittedLaw& fit) const {
    std::size_t num = 0;
    for (const LawInput& input : fit.law.inputs) {
      if (input.is_history()) continue;
      const bool is_there =
          std::any_of(fit.ranges.begin(), fit.ranges.end(),
                      [&](const FittedRange& range) { return range.column == input.column; });
      if (!is_there) fail(fmt::format("no range of the law's input {}", input.column), "fit again");
      ++num;
    }
    if (num != fit.ranges.size()) fail("inputs that the law does not read", "fit again");
  }

  void add_params(FittedLaw& out) const {
    Theta theta_of_all{};
    for (int k = 0; k < out.law.num_params(); ++k) {
      theta_of_all[static_cast<std::size_t>(k)] = theta(out.law, k);
      out.intervals.push_back(interval(out.law.params[static_cast<std::size_t>(k)].name));
    }
    out.thetas = {theta_of_all};
  }

  void add_runs(FittedLaw& out) const {
    const Json& runs = at("runs");
    if (runs.at("largest_flops").is_number()) out.largest_flops = runs.at("largest_flops");
    out.flops_per_token_param = runs.at("flops_per_token_param");
    const Json& bootstrap = at("bootstrap");
    out.confidence = bootstrap.value("confidence", out.confidence);
    out.withholds = bootstrap.value("withheld", false);
    out.draws_checksum = bootstrap.value("draws_checksum", "");
  }

  void add_verdict(FittedLaw& out) const {
    const std::string name = at("status");
    const std::optional<Status> status = status_called(name);
    if (!status) fail(fmt::format("{} is no status", printable(name)), "fit again");
    out.status = *status;
    if (const auto warning = status_warning(out.status)) out.warnings.push_back(*warning);
    for (const Json& own : at("warnings"))
      if (!is_of_own_budgets(own.at("name").get_ref<const std::string&>()))
        out.warnings.push_back(
            {WarningName(own.at("name").get_ref<const std::string&>()), own.at("text")});
  }

  LawEntry law(const FittedLaw& fit) const {
    const bool is_log = at("residual") == "log";
    if (at("law") != "formula") return choose_law({at("law"), {}, is_log, fit.response}, {});
    FormulaRequest request;
    const std::string formula = at("formula");
    request.formula.text = formula.substr(fit.response.size() + 3);  // behind "loss = "
    request.names.response = fit.response;
    request.log_residual = is_log;
    // A formula knows the sizes of a run by themselves; all else is a column because it is said.
    for (const FittedRange& input : fit.ranges)
      if (const auto known = quantity_called(input.symbol); !known || !is_size(*known))
        request.names.declared[input.symbol] = input.column == input.symbol ? "" : input.column;
    // A bound below zero puts a parameter on a linear scale.
    for (const auto& [name, param] : at("params").items())
      if (param.at("scale") == "linear")
        request.overrides.bound[name] = {std::min(2 * value(name), -1.0), INFINITY};
    return entry_of(make_formula_law(request));
  }

  double theta(const LawEntry& law, int k) const {
    const LawParam& param = law.params[static_cast<std::size_t>(k)];
    const double shown = value(param.name);
    return law.is_log(k) ? at("params").at(param.name).at("log").get<double>() : shown;
  }

  const Json& json_;
  const std::string& path_;
};

void add_draws(const std::vector<double>& shown, FittedLaw& out) {
  const auto num_params = static_cast<std::size_t>(out.law.num_params());
  for (std::size_t at = 0; at < shown.size(); at += num_params) {
    Theta theta{};
    for (std::size_t k = 0; k < num_params; ++k) {
      const double own = shown[at + k];
      const double zero = out.law.params[k].bounds.lower;
      const bool is_log = out.law.is_log(static_cast<int>(k));
      theta[k] = !is_log ? own : (own > 0 ? isoloss::log(own) : zero);
    }
    out.thetas.push_back(theta);
  }
}

}  // namespace

FittedLaw parse_fit(const std::string& text, const std::string& path) {
  try {
    const Json json = Json::parse(text);
    return FitReader(json, path).read();
  } catch (const Json::exception&) {
    throw InputError(path, 0, "", "not the JSON of a fit",
                     "write one with isoloss fit RUNS.csv ``json`` FILE");
  }
}

FittedLaw load_fit(const std::string& path, const std::string& draws_path) {
  FittedLaw out = parse_fit(read_file(path), path);
  if (draws_path.empty()) return out;
  const std::vector<double> draws = read_draws(draws_path, out.law);
  if (checksum_of(draws) != out.draws_checksum)
    throw InputError(
        draws_path, 0, "", fmt::format("not the draws of {}", printable(path)),
        "write both with one isoloss fit RUNS.csv ``json`` FIT.json ``draws`` FILE.npy");
  if (!out.withholds) add_draws(draws, out);
  return out;
}

}  // namespace isoloss
