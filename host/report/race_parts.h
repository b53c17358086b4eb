// Parts of a race's report.

#pragma once

#include <string>
#include <vector>

#include "host/answers/race/race.h"
#include "host/report/document.h"

namespace isoloss {

std::string percent_text(double share);                          // 0.92 as 92%
std::string budget_text(Budget by, double budget);               // 5.76e23 of FLOP, else 81.6k
std::string fixed_text(const Estimate& estimate, int decimals);  // -0.0123 (-0.0150 .. -0.0101)
std::string run_name(const RaceResult& result, std::size_t curve);

// What the curves, their gap and their laws say of a pair.
std::vector<Block> pair_blocks(const RaceResult& result, const RaceBy& raced, const PairRace& pair);

// The smooth curves over each kind of budget, with where they cross.
std::vector<Chart> race_charts(const RaceResult& result);

}  // namespace isoloss
