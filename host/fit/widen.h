// Bounds that nobody asked for do not hold a fit: where the law is defined beyond one, it is moved.

#pragma once

#include <optional>

#include "host/laws/law_entry.h"

namespace isoloss {

// The law with those bounds moved out that are the program's own and hold `fit`. None if there are
// none, or if the law says nothing beyond them: only a formula's boxes are the program's.
std::optional<LawEntry> widened(const LawEntry& law, const PolishedFit& fit);

// Whether a bound at which theta[k] stands is not the user's.
bool is_default_bound(const LawEntry& law, int k, double theta_k);

// Whether the lower bound of a parameter is no choice of the law's box but zero.
bool is_zero_below(const LawEntry& law, int k);

// Whether theta stands at a bound that is the program's own, is not zero, and does not hold the
// estimate: what ends there ends by the box, not by the runs. but: a parameter that is not looked
// at, or -1.
bool is_held_by_default(const LawEntry& law, const Theta& theta, const Theta& estimate, int but);

}  // namespace isoloss
