// The flags of `isoloss optimum` that ask for several samples a query.

#pragma once

#include <string>
#include <vector>

#include "host/answers/optimum/thinking.h"
#include "host/commands/command_line.h"

namespace isoloss {

// Its group in --help.
inline constexpr const char* kThinkingGroup = "Thinking time";

// As typed.
struct ThinkingFlags {
  std::string accuracy, target, exponent;
  std::vector<std::string> samples;

  void add(CommandLine& line);
};

struct OptimumFlags;

// What is asked. Throws InputError for a question beside it, for what is missing and for values
// that make no sense.
ThinkingQuestion thinking_question(const OptimumFlags& flags, const FittedLaw& law);

}  // namespace isoloss
