// The flags of questions that are asked of a law: which law it is, and what it reads besides N and
// D.

#pragma once

#include <string>
#include <vector>

#include "host/answers/fitted_law.h"
#include "host/answers/optimum/answer.h"
#include "host/commands/fitting_flags.h"

namespace isoloss {

// Where the law comes from: runs, a saved fit, or the literature.
struct LawFlags {
  std::vector<std::string> paths;         // of runs
  std::shared_ptr<const CsvTable> table;  // of them, if a command has read them already
  std::string fit_path, draws_path, published;
  std::vector<std::string> input;  // NAME=VALUE, as typed
  std::string unique_tokens;       // the same
  FitFlags fit;                    // of runs
  // Flags of a fit that the question itself reads, wherever the law comes from.
  std::vector<std::string> own{"--compute", "--threads"};
  const CommandLine* line = nullptr;

  void add(CommandLine& to);
};

// Throws InputError unless one source is named, and for flags that it does not use.
void require_one_source(const LawFlags& flags);

// NAME=VALUE of --input. Throws InputError for what is no such pair, and for a quantity that is
// `asked` for.
HeldInputs held_inputs(const LawFlags& flags,
                       const std::vector<std::string>& asked = {"params", "tokens"});

// The law that the flags name, fitted first if they name runs.
FittedLaw asked_law(const LawFlags& flags);

// Values of what the law reads besides N and D; unique tokens become a limit on the tokens where
// the law does not read them.
void hold_inputs(const LawFlags& flags, const FittedLaw& law, PlanOptions& plans);

}  // namespace isoloss
