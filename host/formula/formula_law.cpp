#include "host/formula/formula_law.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/base/text.h"
#include "host/formula/linear_params.h"
#include "host/formula/parse.h"
#include "host/formula/roles.h"
#include "host/formula/write_graph.h"

namespace isoloss {
namespace {

// With derivatives. A tape holds 60,000 instructions; no formula of a paper has 2,000.
constexpr int kMostNodes = 20'000;

void require_small(const Graph& graph, const Expression& expression) {
  if (graph.num_nodes() <= kMostNodes) return;
  expression.text.fail(0, "the formula and its derivatives are too large",
                       "write it with fewer parameters or fewer operations");
}

void differentiate(Graph& graph, NodeId root, int num_params, const Expression& expression) {
  for (int i = 0; i < num_params; ++i) {
    const NodeId slope = graph.derivative(root, i);
    require_small(graph, expression);
    for (int j = 0; j <= i; ++j) {
      graph.derivative(slope, j);
      require_small(graph, expression);
    }
  }
}

void require_noted(const FormulaRequest& request, const std::vector<std::string>& params) {
  for (const auto& [name, note] : request.notes) {
    if (std::find(params.begin(), params.end(), name) != params.end()) continue;
    throw InputError(request.formula.path, note.line, "",
                     fmt::format("the formula has no parameter {}", shown(name)),
                     near_or_all(name, params, "its parameters are"));
  }
  require_params(request.overrides, params);
}

// In which of the parameters the formula is linear, whatever their scales.
std::vector<bool> coefficients(const Expression& expression, const Names& names) {
  Graph graph;
  std::vector<NodeId> nodes;
  for (std::size_t k = 0; k < names.params.size(); ++k)
    nodes.push_back(graph.param(static_cast<int>(k)));
  const NodeId root = write_graph(graph, expression, names, nodes);
  std::vector<bool> out;
  for (std::size_t k = 0; k < nodes.size(); ++k) {
    out.push_back(is_linear_in(graph, root, static_cast<int>(k), false));
    require_small(graph, expression);
  }
  return out;
}

// Whether what the user says of a parameter needs a scale with zero on it.
bool reaches_zero(const std::string& name, const ParamOverrides& overrides) {
  const auto bound = overrides.bound.find(name);
  if (bound != overrides.bound.end()) {
    const auto& [lower, upper] = bound->second;
    if ((std::isfinite(lower) && lower <= 0) || upper <= 0) return true;
  }
  const auto start = overrides.start.find(name);
  return start != overrides.start.end() && start->second <= 0;
}

FormulaParam make_param(const std::string& name, const ParamRole& role, bool is_coefficient,
                        const FormulaRequest& request) {
  FormulaParam out;
  out.name = name;
  out.meaning = role.is_exponent ? "exponent" : is_coefficient ? "coefficient" : "parameter";
  ParamNote note;
  if (const auto found = request.notes.find(name); found != request.notes.end())
    note = found->second;
  if (!note.meaning.empty()) out.meaning = note.meaning;
  out.unit = note.unit;
  if (!note.scale && reaches_zero(name, request.overrides)) note.scale = Scale::linear;
  out.is_fixed = request.overrides.fix.count(name) > 0;
  if (out.is_fixed) note.scale = Scale::linear;

  const auto defaults = param_defaults(role, request.log_residual, note.scale);
  out.scale = defaults.scale;
  const auto setting = setting_of(name, out.scale, defaults.bounds, request.overrides);
  out.start = setting.start;
  out.bounds = out.is_fixed ? Bounds{*setting.fixed, *setting.fixed} : setting.bounds;
  out.starts = clipped(defaults.starts, out.bounds, out.scale);
  return out;
}

// The parameter's shown value in the graph.
NodeId node_of(Graph& graph, const FormulaParam& param, int k) {
  if (param.is_fixed) return graph.constant(param.bounds.lower);
  const NodeId theta = graph.param(k);
  return param.scale == Scale::log ? graph.make(Op::exp, theta) : theta;
}

void write(FormulaLaw& law, const Expression& expression, const Names& names) {
  std::vector<NodeId> nodes;
  std::uint32_t log_params = 0;
  const int num_params = static_cast<int>(law.params.size());
  for (int k = 0; k < num_params; ++k) {
    const FormulaParam& param = law.params[static_cast<std::size_t>(k)];
    nodes.push_back(node_of(law.graph, param, k));
    if (param.scale == Scale::log) log_params |= std::uint32_t{1} << k;
  }
  law.root = write_graph(law.graph, expression, names, nodes);
  if (law.graph[law.root].params == 0) {
    expression.text.fail(0, "the formula has no free parameter to fit",
                         "each is fixed, or has no effect");
  }
  differentiate(law.graph, law.root, num_params, expression);
  law.linear = linear_params(law.graph, law.root, num_params, log_params);
}

}  // namespace

FormulaLaw make_formula_law(const FormulaRequest& request) {
  const Expression expression = parse_formula(request.formula);
  const Names names = resolve_names(expression, request.names);
  require_noted(request, names.params);
  const std::vector<ParamRole> roles = param_roles(expression, names);
  const std::vector<bool> is_coefficient = coefficients(expression, names);

  FormulaLaw law;
  law.text = request.formula.text;
  law.source = request.source;
  law.response = request.names.response;
  law.log_residual = request.log_residual;
  law.inputs = names.inputs;
  for (std::size_t k = 0; k < names.params.size(); ++k)
    law.params.push_back(make_param(names.params[k], roles[k], is_coefficient[k], request));
  write(law, expression, names);
  std::vector<std::optional<double>> fixed;
  for (const FormulaParam& param : law.params)
    fixed.push_back(param.is_fixed ? std::optional(param.bounds.lower) : std::nullopt);
  law.param_sizes = [expression, names, fixed](const DataSizes& data) {
    return param_sizes(expression, names, fixed, data);
  };
  return law;
}

}  // namespace isoloss
