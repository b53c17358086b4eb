#include "host/formula/functions.h"

#include <algorithm>
#include <array>

namespace isoloss {
namespace {

constexpr std::array kFunctions{
    FunctionInfo{"exp", Function::exp, 1, false},
    FunctionInfo{"log", Function::log, 1, false},
    FunctionInfo{"ln", Function::log, 1, false},
    FunctionInfo{"log10", Function::log10, 1, false},
    FunctionInfo{"log2", Function::log2, 1, false},
    FunctionInfo{"sqrt", Function::sqrt, 1, false},
    FunctionInfo{"pow", Function::pow, 2, false},
    FunctionInfo{"min", Function::min, 2, true},
    FunctionInfo{"max", Function::max, 2, true},
    FunctionInfo{"sin", Function::sin, 1, false},
    FunctionInfo{"cos", Function::cos, 1, false},
    FunctionInfo{"tan", Function::tan, 1, false},
    FunctionInfo{"atan", Function::atan, 1, false},
    FunctionInfo{"arctan", Function::atan, 1, false},
    FunctionInfo{"sinh", Function::sinh, 1, false},
    FunctionInfo{"cosh", Function::cosh, 1, false},
    FunctionInfo{"tanh", Function::tanh, 1, false},
    FunctionInfo{"abs", Function::abs, 1, false},
    FunctionInfo{"sigmoid", Function::sigmoid, 1, false},
    FunctionInfo{"log1p", Function::log1p, 1, false},
    FunctionInfo{"expm1", Function::expm1, 1, false},
};

}  // namespace

const FunctionInfo* function_called(std::string_view name) {
  const auto* found = std::find_if(kFunctions.begin(), kFunctions.end(),
                                   [&](const FunctionInfo& info) { return info.name == name; });
  return found == kFunctions.end() ? nullptr : found;
}

std::string function_names() {
  std::string names;
  for (const FunctionInfo& info : kFunctions) {
    if (!names.empty()) names += ", ";
    names += info.name;
  }
  return names;
}

}  // namespace isoloss
