// What the runs leave open of a law, said once: for the warnings of a fit and for those who ask
// before one.

#pragma once

#include <optional>

#include "host/base/status.h"
#include "host/fit/result.h"
#include "host/reading/run_table.h"

namespace isoloss {

// From the best to the worst.
enum class VerdictKind {
  identifiable,  // the runs tell the parameters apart
  weak,          // roughly, or only what the law predicts near the runs
  open,          // not at all: other parameters fit as well
  exact_fit,     // as many runs as parameters: nothing is left to tell the error by
  too_few_runs,  // fewer: there is no fit
};

struct DesignVerdict {
  VerdictKind kind = VerdictKind::identifiable;
  std::optional<Warning> warning;  // what a fit warns of; none of the first, and of too few runs
};

// Its name in JSON, "identifiable".
const char* verdict_name(VerdictKind kind);

// Of a fit whose status and identifiability are known; never too_few_runs, of which there is none.
DesignVerdict verdict_of(const RunTable& runs, const FitResult& fit);

}  // namespace isoloss
