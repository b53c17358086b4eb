// What is warned of about few runs that decide an answer.

#pragma once

#include <optional>
#include <string>

#include "host/answers/influence/influence.h"

namespace isoloss {

// "beta is 0.36718 and not 0.45305": the quantity that moved most. Of a rest that gives none,
// that.
std::string movement_text(const Influence& of, const Without& without);

// A value of a quantity as reports print it.
std::string quantity_text(const AskedQuantity& asked, double value);

// Nothing where no group moves the answer out of its interval.
std::optional<Warning> decisive_runs(const Influence& of);

}  // namespace isoloss
