#include "host/laws/law_choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/base/error.h"
#include "host/base/option_error.h"
#include "host/formula/law_file.h"
#include "host/laws/registry.h"
#include "host/laws/tied_law.h"

namespace isoloss {
namespace {

LawInput input_of(const FormulaInput& own) {
  if (!own.known)
    return {own.name, own.column.empty() ? own.name : own.column, "", Axis::linear, -1};
  const InputInfo& info = info_of(*own.known);
  return {std::string(info.symbol), std::string(info.column), std::string(info.meaning), info.axis,
          static_cast<int>(*own.known)};
}

LawParam param_of(const FormulaParam& own) {
  LawParam out{own.name, own.meaning, own.scale, own.bounds, {}, own.starts, own.start};
  // Its published grid, for --starts grid: three points of the range.
  out.starts = {own.starts.lower, own.starts.upper, 0.5 * (own.starts.upper - own.starts.lower)};
  return out;
}

void note_users_bounds(LawParam& param, const ParamOverrides& overrides) {
  const auto bound = overrides.bound.find(param.name);
  if (bound == overrides.bound.end()) return;
  param.lower_is_users = std::isfinite(bound->second.first);
  param.upper_is_users = std::isfinite(bound->second.second);
}

FormulaRequest formula_request(const LawRequest& request) {
  FormulaRequest out;
  if (request.text.starts_with('@')) {
    out = read_law_file(request.text.substr(1));
  } else {
    out.formula.text = request.text;
  }
  if (!request.response.empty()) out.names.response = request.response;
  out.log_residual = request.log_residual;
  out.overrides = merged(request.overrides, out.overrides);
  return out;
}

// Finite ends of `over` win.
void put_over(ShownBounds& under, const ShownBounds& over) {
  for (const auto& [name, range] : over) {
    const auto [at, is_new] = under.emplace(name, range);
    if (is_new) continue;
    if (std::isfinite(range.first)) at->second.first = range.first;
    if (std::isfinite(range.second)) at->second.second = range.second;
  }
}

// The formula with bounds of the program's own under the user's.
LawEntry formula_entry(const FormulaRequest& request, const std::vector<std::string>& headers,
                       const ShownBounds& own) {
  FormulaRequest bounded = request;
  bounded.names.headers = headers;
  bounded.overrides.bound = own;
  put_over(bounded.overrides.bound, request.overrides.bound);
  LawEntry out = entry_of(make_formula_law(bounded));
  for (LawParam& param : out.params) {
    note_users_bounds(param, request.overrides);
    param.is_widened = own.count(param.name) > 0;
  }
  out.with_bounds = [request, headers, own](const ShownBounds& wider) {
    ShownBounds all = own;
    put_over(all, wider);
    return formula_entry(request, headers, all);
  };
  return out;
}

void refuse_ties(const ParamOverrides& overrides) {
  for (const auto& [name, to] : overrides.tie)
    refuse(fmt::format("``fix`` {}={}: a formula says itself what is one", name, to),
           fmt::format("write {} in place of {} in ``law``", to, name));
}

// With the ties of its name, and then those that are asked for.
LawEntry law_called(const LawRequest& request) {
  NamedTies named = split_ties(request.text);
  for (const auto& [name, to] : request.overrides.tie) named.ties.push_back({name, to});
  const LawEntry& law =
      about_option("law", request.text, [&]() -> const LawEntry& { return find_law(named.law); });
  return tied_law(law, named.ties);
}

}  // namespace

bool is_formula(const std::string& text) {
  const auto& laws = all_laws();
  const std::string name = split_ties(text).law;
  const bool is_name =
      std::any_of(laws.begin(), laws.end(), [&](const LawEntry& law) { return law.name == name; });
  return !is_name && (text.starts_with('@') || text.find_first_of("+-*/^(= ") != std::string::npos);
}

LawEntry entry_of(FormulaLaw law) {
  LawEntry out;
  out.name = "formula";
  out.formula = law.response + " = " + law.text;
  out.source = law.source;
  out.response = law.response;
  for (const FormulaInput& input : law.inputs) out.inputs.push_back(input_of(input));
  for (const FormulaParam& param : law.params) {
    const std::size_t k = out.params.size();
    out.params.push_back(param_of(param));
    out.box.bounds[k] = param.bounds;
    out.box.is_log[k] = param.scale == Scale::log;
  }
  out.param_sizes = law.param_sizes;
  const auto graph = std::make_shared<const Graph>(std::move(law.graph));
  out.prediction = [graph, root = law.root](Graph& to) {
    to = *graph;
    return root;
  };
  out.log_prediction = [of = out.prediction](Graph& to) {
    const NodeId root = of(to);
    return to.make(Op::log, root);
  };
  return law.log_residual ? out.with_log_residual() : out.with_linear_residual(1);
}

void apply_overrides(LawEntry& law, const ParamOverrides& overrides) {
  if (overrides.empty()) return;
  const std::vector<std::string> names = law.param_names();
  require_params(overrides, names);
  law.is_overridden = true;
  for (int k = 0; k < law.num_params(); ++k) {
    LawParam& param = law.params[static_cast<std::size_t>(k)];
    const Bounds own = law.box.bounds[k];
    note_users_bounds(param, overrides);
    const ParamSetting setting = setting_of(param.name, param.scale, own, overrides);
    law.box.bounds[k] = setting.bounds;
    if (setting.fixed) law.box.bounds[k] = {*setting.fixed, *setting.fixed};
    if (setting.start) param.start = setting.start;
    const bool is_new =
        law.box.bounds[k].lower != own.lower || law.box.bounds[k].upper != own.upper;
    if (is_new) param.range = clipped(param.range, law.box.bounds[k], param.scale);
    if (is_new && !law.unit_inputs(k).empty()) law.may_centre = false;
    if (is_new && law.response_shift(k) != nullptr) law.may_centre_response = false;
  }
  if (law.num_free() == 0)
    throw InputError("", 0, "", "every parameter is fixed: there is nothing to fit",
                     "leave out one ``fix``");
}

LawEntry choose_law(const LawRequest& request, std::span<const std::string> headers) {
  if (is_formula(request.text)) {
    refuse_ties(request.overrides);
    return formula_entry(formula_request(request), {headers.begin(), headers.end()}, {});
  }
  LawEntry law = law_called(request);
  apply_overrides(law, request.overrides);
  if (!request.response.empty()) law.response = request.response;
  return request.log_residual ? law : law.with_linear_residual(1);
}

void read_for(const LawEntry& law, ReadOptions& options) {
  options.inputs.clear();
  for (const LawInput& input : law.inputs)
    options.inputs.push_back({input.column, input.axis == Axis::log});
  options.positive_response = law.log_residual;
  if (law.response == "loss") return;
  options.response = law.response;
  const auto named = options.column.find(law.response);
  if (named == options.column.end()) return;
  options.response = named->second;
  options.column.erase(named);
}

LawEntry scaled_to(const LawEntry& law, const RunTable& runs) {
  double largest = 0;
  for (const double response : runs.loss) largest = std::max(largest, std::fabs(response));
  return law.with_linear_residual(largest > 0 ? std::exp2(std::ilogb(largest)) : 1);
}

}  // namespace isoloss
