// The years ahead, as a document and as JSON.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/answers/forecast/forecast.h"
#include "host/report/document.h"

namespace isoloss {

// One recipe of the literature, a point for each year.
struct RecipeYears {
  Recipe recipe;
  std::vector<RecipePoint> points;
};

// What was assumed and what came out; a report needs nothing else.
struct ForecastReport {
  Assumptions assumptions;
  HeldInputs held;  // what the law reads besides N, D and unique tokens
  double flops_per_token_param = 6;
  std::uint64_t seed = 1;
  std::optional<int> from;  // the first year; absent: years are counted from 0
  Forecast forecast;
  std::vector<RecipeYears> recipes;
  std::vector<Warning> warnings;
};

// The assumptions at its head, warnings at its end. The report outlives its charts.
Document describe_forecast(const FittedLaw& law, const ForecastReport& report);
std::string forecast_json(const FittedLaw& law, const ForecastReport& report);

}  // namespace isoloss
