// What the names in a formula stand for: columns of the runs, or parameters.
//
// N, D and C are columns, and so are the table's names of columns (params, tokens, unique_tokens,
// ...: fits/input.h), whatever headers the file has. Any other name is a column if a header is
// exactly it or the user declares it, else a parameter: E is the irreducible loss unless the file
// has a column E.

#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fits/input.h"
#include "host/formula/expression.h"

namespace isoloss {

struct FormulaInput {
  std::string name;            // in the formula
  std::optional<Input> known;  // one of the table: run[input] is its log or itself by its axis
  // Header of the file that holds it; empty if the table's names tell. An input that is not known
  // is read as it is.
  std::string column;
};

// Headers and declarations of the user.
struct NameContext {
  std::span<const std::string> headers;
  std::map<std::string, std::string> declared;  // name to its header; empty: the same name
  std::string response = "loss";
};

// Of each of Expression::names, in its order.
struct NameMeaning {
  bool is_input;
  int index;  // among the inputs or the parameters
};

struct Names {
  std::vector<NameMeaning> meanings;
  std::vector<FormulaInput> inputs;  // in order of appearance
  std::vector<std::string> params;   // likewise
};

// Throws InputError if the response is among the names, if no name is a column or none is a
// parameter, or more than kMaxParams are, and if a declared name is not in the formula.
Names resolve_names(const Expression& expression, const NameContext& context);

}  // namespace isoloss
