// Can this design tell the parameters apart at all? Looked at before any noise.

#pragma once

#include <vector>

#include "host/base/warnings.h"
#include "host/fit/result.h"
#include "host/search/problem.h"

namespace isoloss {

// Beyond this condition number of the column-scaled Jacobian in centred logs the parameters are not
// identifiable, beyond the lesser one weakly so (measured on 13 designs; a fit of the real figure 4
// has 31, tokens within 10 % of 20 N has 373, exactly 20 N has 2.5e6).
inline constexpr double kConditionNotIdentifiable = threshold_of<"not_identifiable">;
inline constexpr double kConditionWeak = threshold_of<"weakly_identifiable">;

// Whether the runs determine what the law predicts.
bool predicts(const Identifiability& of);

// Whether theta[k] is among what trades off.
bool trades_off(const Identifiability& of, std::size_t k);

// Rank, condition and what trades off at a fit. Parameters held by a bound are left out. Whatever
// the units of the runs are, the condition is that of runs in units of their own size.
Identifiability identifiability(const LawEntry& law, const Problem& problem,
                                const PolishedFit& fit);

// What in the design makes it so, in words; empty if nothing stands out:
// "only one model size: ...".
std::string design_fault(const RunTable& runs, const LawEntry& law);

// Whether the response rises with model size or with tokens, where the law says that it falls.
bool response_rises(const RunTable& runs, const LawEntry& law);

}  // namespace isoloss
