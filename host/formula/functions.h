// The functions that a formula may call: THE table of their names.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace isoloss {

enum class Function {
  exp,
  log,  // natural
  log10,
  log2,
  sqrt,
  pow,
  min,
  max,
  sin,
  cos,
  tan,
  atan,
  sinh,
  cosh,
  tanh,
  abs,
  sigmoid,
  log1p,
  expm1,
};

struct FunctionInfo {
  std::string_view name;
  Function function;
  int fewest_arguments;
  bool takes_more;  // than the fewest
};

// The function called `name` or by another of its names (ln, arctan); null if there is none.
const FunctionInfo* function_called(std::string_view name);

// "exp, log, ..." for messages.
std::string function_names();

}  // namespace isoloss
