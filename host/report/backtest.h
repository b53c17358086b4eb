// Forecasts of runs that were held out, as a document and as JSON.

#pragma once

#include <string>

#include "host/answers/backtest/backtest.h"
#include "host/report/document.h"

namespace isoloss {

// The answer outlives the document's charts.
Document describe_backtest(const Backtest& answer);
std::string backtest_json(const Backtest& answer);

}  // namespace isoloss
