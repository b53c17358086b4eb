// The instructions that only compute a value: one row each in a table.

#pragma once

#include <optional>
#include <string>
#include <vector>

namespace isoloss::ptx {

// One instruction, or a family that differs by type and modifiers.
struct ValueRule {
  // Words of the opcode. "a|b" is a choice, "a?" may be absent; I, B and F stand for the integer,
  // untyped and floating types.
  const char* opcode;
  // Types of result and sources, "T:TU": T the type of the opcode, W twice as wide, U u32, P pred.
  const char* signature;
  // The function of runtime/operations.h; each $ becomes the next choice of the opcode.
  const char* function;
};

struct MatchedRule {
  std::string function;
  std::string result_type;
  std::vector<std::string> source_types;
};

std::optional<MatchedRule> match_value_rule(const std::vector<std::string>& words);

}  // namespace isoloss::ptx
