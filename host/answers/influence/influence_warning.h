// What is warned of about few runs that decide an answer.

#pragma once

#include <optional>
#include <string>

#include "host/answers/influence/influence.h"

namespace isoloss {

// "beta is 0.36718 and not 0.45305". Of a rest that gives no values, that.
std::string movement_text(const Influence& of, const Without& without, std::size_t quantity);

// A value of a quantity as reports print it.
std::string quantity_text(const AskedQuantity& asked, double value);

// Nothing where the answer of all lies in the intervals of each rest, and each rest has one.
std::optional<Warning> decisive_runs(const Influence& of);

}  // namespace isoloss
