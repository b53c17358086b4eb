// Forecasts side by side, as a document and as JSON.

#pragma once

#include <string>

#include "host/answers/forecast/forecast.h"
#include "host/report/document.h"

namespace isoloss {

// What each assumes, then a table a quantity with a column a scenario. Law and scenarios outlive
// its charts.
Document describe_scenarios(const FittedLaw& law, const Scenarios& got);
std::string scenarios_json(const FittedLaw& law, const Scenarios& got);

}  // namespace isoloss
