// Why refits of a bootstrap are not proved: one table, host/fit/lost_refits.cpp, has the name and
// the words of each reason.

#pragma once

#include <array>
#include <string>

#include "host/fit/result.h"
#include "host/reading/run_table.h"

namespace isoloss {

enum class LostReason {
  merged_breaks,  // two breaks are one: only sums of their parameters are determined
  sharp_break,    // a width is at its lower bound: the break is a corner
  at_bound,       // another parameter of the law is at a bound
  unsettled,      // none of these
};
inline constexpr int kLostReasons = 4;

// How many refits were lost for each reason.
using LostRefits = std::array<int, kLostReasons>;

const char* lost_name(LostReason reason);

// The first that holds of a refit that is not proved.
//
//   theta   search coordinates
LostReason lost_reason(const LawEntry& law, const Theta& theta);

// Of the draws of a fit to these runs.
LostRefits lost_refits(const RunTable& runs, const FitResult& fit);

// "lost: 3 with merged breaks, 1 at a bound"; empty if none is.
std::string lost_text(const LostRefits& lost);

}  // namespace isoloss
