// Parts of what a forecast says of itself.

#pragma once

#include <string>
#include <vector>

#include "host/report/document.h"
#include "host/report/forecast.h"

namespace isoloss {

// "2026", or "0" where no first year is named.
std::string whole_year(const Forecast& got, int years);

// "2030.8", or "later than ..." for what does not come.
std::string year_text(const Forecast& got, double years);

// The law, where intervals come from, and every assumption.
Section forecast_law(const FittedLaw& law, const Forecast& got);
Section forecast_assumptions(const FittedLaw& law, const Forecast& got);

// A row a year, so far with the years alone.
Table table_by_year(const Forecast& got);

// When what is waited for happens: the years at shares of the samples.
Section forecast_untils(const Forecast& got);

// N and D of the recipes beside each other.
Section forecast_recipes(const Forecast& got);

// N, D and the loss over the years.
std::vector<Chart> forecast_charts(const Forecast& got);

}  // namespace isoloss
