// A law that a user writes: 'E + A/N^alpha + B/D^beta', with what its names mean.

#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "host/formula/graph.h"
#include "host/formula/names.h"
#include "host/formula/overrides.h"
#include "host/formula/param_defaults.h"
#include "host/formula/param_sizes.h"

namespace isoloss {

// What the author of a formula says about a parameter, beside ParamOverrides.
struct ParamNote {
  std::string meaning;
  std::string unit;
  std::optional<Scale> scale;
  std::size_t line = 0;  // in the law file
};

struct FormulaRequest {
  FormulaText formula;
  NameContext names;
  bool log_residual = true;  // compared with the log of the response, or with the response itself
  ParamOverrides overrides;
  std::map<std::string, ParamNote> notes;
  std::string source;
};

struct FormulaParam {
  std::string name;
  std::string meaning;
  std::string unit;
  Scale scale = Scale::linear;
  Bounds bounds{};                // theta
  StartRange starts{};            // theta, inside the bounds
  std::optional<double> start{};  // theta, where the user gives one
  bool is_fixed = false;          // bounds are one number, which stands in the graph as a constant
};

struct FormulaLaw {
  std::string text;  // as the user wrote it
  std::string source;
  std::string response;
  bool log_residual = true;
  std::vector<FormulaInput> inputs;  // in the order of the graph's
  std::vector<FormulaParam> params;  // likewise
  std::vector<int> linear;           // indices of params in which the formula is jointly linear
  // Where to look for the parameters: host/formula/param_sizes.h.
  std::function<std::vector<LogSizes>(const DataSizes&)> param_sizes;
  Graph graph;            // with first and second derivatives
  NodeId root = kNoNode;  // the formula's value: the response, not its log
};

// Reads a formula and gives each parameter a scale, a box and starts:
// host/formula/param_defaults.h. A bound that reaches zero or below, and a start that does, puts a
// parameter on a linear scale.
//
//   throws  InputError for what parse_formula(), resolve_names(), write_graph() and setting_of()
//           refuse, an override or a note of no parameter, a formula all of whose parameters are
//           fixed, and one whose derivatives are too large
//   cost    some milliseconds for any formula
FormulaLaw make_formula_law(const FormulaRequest& request);

}  // namespace isoloss
