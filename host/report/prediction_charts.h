// What predictions show in charts.

#pragma once

#include "host/answers/predict/prediction.h"
#include "host/report/document.h"

namespace isoloss {

// Predicted against measured, where something was; and predictions over the steps, or over the
// first input that differs, a line a run.
std::vector<Chart> prediction_charts(const FittedLaw& fit, const Predictions& predictions);

}  // namespace isoloss
