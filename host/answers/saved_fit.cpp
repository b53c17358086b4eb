#include "host/answers/saved_fit.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "fits/math.h"
#include "host/base/error.h"
#include "host/base/file_bytes.h"
#include "host/base/text.h"
#include "host/laws/law_choice.h"
#include "host/reading/quantity.h"

namespace isoloss {
namespace {

using Json = nlohmann::json;

class FitReader {
 public:
  FitReader(const Json& json, const std::string& path) : json_(json), path_(path) {}

  SavedFit read() const {
    if (!json_.is_object() || json_.value("schema", "") != "isoloss/fit")
      fail("not a fit of isoloss", "write one with isoloss fit RUNS.csv --json FILE");
    if (json_.value("schema_version", 0) != 1) fail("a fit of another version", "fit again");
    SavedFit out;
    out.response = at("response").get<std::string>();
    for (const Json& input : at("inputs"))
      out.ranges.push_back({input.at("symbol"), input.at("column"), input.at("range").at(0),
                            input.at("range").at(1)});
    out.law = law(out);
    for (int k = 0; k < out.law.num_params(); ++k) {
      out.theta[static_cast<std::size_t>(k)] = theta(out.law, k);
      out.intervals.push_back(interval(out.law.params[static_cast<std::size_t>(k)].name));
    }
    const auto runs = json_.find("runs");
    if (runs != json_.end() && runs->contains("largest_flops") &&
        runs->at("largest_flops").is_number())
      out.largest_flops = runs->at("largest_flops").get<double>();
    const auto bootstrap = json_.find("bootstrap");
    if (bootstrap != json_.end()) {
      out.confidence = bootstrap->value("confidence", 0.95);
      out.withheld = bootstrap->value("withheld", false);
    }
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

  LawEntry law(const SavedFit& fit) const {
    const bool is_log = at("residual") == "log";
    if (at("law") != "formula") return choose_law({at("law"), {}, is_log, fit.response}, {});
    FormulaRequest request;
    const std::string formula = at("formula");
    request.formula.text = formula.substr(fit.response.size() + 3);  // behind "loss = "
    request.names.response = fit.response;
    request.log_residual = is_log;
    for (const FittedRange& input : fit.ranges)
      if (!quantity_called(input.symbol))
        request.names.declared[input.symbol] = input.column == input.symbol ? "" : input.column;
    // A start or a bound at or below zero puts a parameter on a linear scale.
    for (const auto& [name, param] : at("params").items()) {
      const double own = value(name);
      if (own == 0) request.overrides.start[name] = 0;
      if (own < 0) request.overrides.bound[name] = {2 * own, INFINITY};
    }
    return entry_of(make_formula_law(request));
  }

  double theta(const LawEntry& law, int k) const {
    const LawParam& param = law.params[static_cast<std::size_t>(k)];
    const double shown = value(param.name);
    if (!law.is_log(k)) return shown;
    return shown > 0 ? isoloss::log(shown) : param.bounds.lower;
  }

  const Json& json_;
  const std::string& path_;
};

}  // namespace

SavedFit parse_saved_fit(const std::string& text, const std::string& path) {
  try {
    const Json json = Json::parse(text);
    return FitReader(json, path).read();
  } catch (const Json::exception&) {
    throw InputError(path, 0, "", "not the JSON of a fit",
                     "write one with isoloss fit RUNS.csv --json FILE");
  }
}

SavedFit read_saved_fit(const std::string& path) { return parse_saved_fit(read_file(path), path); }

}  // namespace isoloss
