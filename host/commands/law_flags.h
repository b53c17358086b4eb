// The flags of questions that are asked of a law: which law it is, and what it reads besides N and
// D.

#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "host/answers/fitted_law.h"
#include "host/answers/optimum/answer.h"
#include "host/commands/fit_flags.h"

namespace isoloss {

// Where the law comes from: runs, a saved fit, or the literature.
struct LawFlags : FitFlags {
  std::string fit_path, draws_path, published;
  std::vector<std::string> input;  // NAME=VALUE, as typed
  std::string unique_tokens;       // the same
};

void add_law_flags(CLI::App& command, LawFlags& flags);

// NAME=VALUE of --input. Throws InputError for what is no such pair.
HeldInputs held_inputs(const LawFlags& flags);

// The law that the flags name, fitted first if they name runs.
FittedLaw asked_law(const LawFlags& flags);

// Values of what the law reads besides N and D; unique tokens become a limit on the tokens where
// the law does not read them.
void hold_inputs(const LawFlags& flags, const FittedLaw& of, Question& question);

}  // namespace isoloss
