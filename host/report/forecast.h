// The years ahead, as a document and as JSON.

#pragma once

#include <string>

#include "host/answers/forecast/forecast.h"
#include "host/report/document.h"

namespace isoloss {

// The assumptions at its head, warnings at its end. The forecast outlives its charts.
Document describe_forecast(const FittedLaw& law, const Forecast& got);
std::string forecast_json(const FittedLaw& law, const Forecast& got);

}  // namespace isoloss
