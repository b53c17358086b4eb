// A race between training curves, for people and for programs.

#pragma once

#include <string>

#include "host/answers/race/race.h"
#include "host/report/document.h"

namespace isoloss {

// The curves, then for each kind of budget who is ahead when and how each pair of sizes compares,
// then warnings. The result outlives its charts.
Document describe_race(const RaceResult& result);

// Everything that describe_race() says and more, with 17 digits: schema isoloss/race, version 1.
// Curves are named by their run; intervals are absent without resamples; a crossing that is not
// there is null.
std::string race_json(const RaceResult& result);

}  // namespace isoloss
