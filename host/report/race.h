// A race between training curves as a person reads it.

#pragma once

#include <string>

#include "host/answers/race/race.h"

namespace isoloss {

// The curves, then for each kind of budget who is ahead when and how each pair of sizes compares,
// then warnings; with a final newline.
std::string race_report(const RunTable& runs, const RaceResult& result);

}  // namespace isoloss
