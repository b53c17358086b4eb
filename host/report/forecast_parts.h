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

// "1e25 FLOP in year 2026, 4x (3x .. 5x) a year"; of spending, at the prices of a year.
std::string budget_over_years(const Forecast& got);

// The law, where intervals come from, and every assumption.
Section forecast_law(const FittedLaw& law, const Forecast& got);
Section forecast_assumptions(const FittedLaw& law, const Forecast& got);

// A row a year, so far with the years alone.
Table table_by_year(const Forecast& got);

// Without the interval where its ends read like the value; "none" of what there is none.
Cell forecast_cell(const Estimate& estimate, std::string (*text)(double));

// "2029.0 (2026.9 .. 2032.4)": when the optimum asks for more tokens than there are.
std::string binding_text(const Forecast& got);

// "loss 1.85, each once"; "2029.0", or "by 2024" of what is so from the first year on.
std::string until_text(const UntilYears& own);
Cell happens_in(const Forecast& got, double years);

// When what is waited for happens: the years at shares of the samples.
Section forecast_untils(const Forecast& got);

// N and D of the recipes beside each other.
Section forecast_recipes(const Forecast& got);

// Over the years, one point each.
Trace over_years(const Forecast& got, const std::string& name, Estimate ForecastYear::*of);

// N, D and the loss over the years.
std::vector<Chart> forecast_charts(const Forecast& got);

}  // namespace isoloss
