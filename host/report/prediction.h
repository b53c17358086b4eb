// Predictions as a person and as a program reads them.

#pragma once

#include <string>

#include "host/answers/predict/prediction.h"
#include "host/report/document.h"

namespace isoloss {

// The law, the rows if there are few, errors by run and warnings. Both outlive its charts.
Document describe_prediction(const FittedLaw& fit, const Predictions& predictions);

// One line a row with 17 significant digits: run, steps and inputs as far as there are any, then
// predicted, lower, upper, observed and error (predicted - observed).
std::string prediction_csv(const FittedLaw& fit, const Predictions& predictions);

}  // namespace isoloss
