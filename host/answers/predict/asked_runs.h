// Runs that a fit is asked of: those of files, or described by values of inputs or steps of a
// schedule.

#pragma once

#include <string>
#include <vector>

#include "host/answers/predict/prediction.h"

namespace isoloss {

// As typed.
struct AskedRuns {
  std::vector<std::string> inputs;    // "params=7e9" or "N=7e9,70e9"; one value stands for all rows
  std::vector<std::string> steps;     // "1000"
  std::vector<std::string> schedule;  // at most one, for all
};

// Throws InputError for a name that the law does not read, values that are none, steps without a
// schedule where the law reads a learning rate, and steps beyond it.
NewRuns runs_asked(const AskedRuns& asked, const LawEntry& law);

// The runs of files, whose response may be absent; what the law reads is added to source.read.
// Throws as reading does.
NewRuns read_new_runs(const RunSource& source, const FittedLaw& fit);

}  // namespace isoloss
