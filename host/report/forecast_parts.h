// Parts of the text of a forecast: what stands above and below its tables.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "host/report/forecast.h"
#include "host/report/table.h"

namespace isoloss {

inline constexpr std::size_t kForecastWidth = 100;

// "2026", or "0" where no first year is named.
std::string whole_year(const ForecastReport& report, int years);

// The law, where intervals come from, and every assumption.
std::string forecast_head(const FittedLaw& law, const ForecastReport& report);

// Columns, each a title and a cell for every year, behind one of the years; as many in a table as
// fit, with an empty line between tables.
std::string tables_by_year(const ForecastReport& report, const std::vector<TextRow>& columns);

// N and D of the recipes beside each other.
std::string forecast_recipes(const ForecastReport& report);

}  // namespace isoloss
