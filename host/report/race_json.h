// A race between training curves as a program reads it.

#pragma once

#include <string>

#include "host/answers/race/race.h"

namespace isoloss {

// Everything that race_report() says and more, with 17 digits: schema isoloss/race, version 1.
// Curves are named by their run; intervals are absent without resamples; a crossing that is not
// there is null.
std::string race_json(const RunTable& runs, const RaceResult& result);

}  // namespace isoloss
