// How two models of a race compare, in sentences.

#pragma once

#include <string>

#include "host/answers/race/race.h"

namespace isoloss {

// What the curves, their gap and their laws say of a pair, some lines with a final newline.
std::string pair_text(const RaceResult& result, const RaceBy& raced, const PairRace& pair);

}  // namespace isoloss
