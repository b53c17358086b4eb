// What a law says of the years of a forecast.

#pragma once

#include "host/answers/forecast/forecast.h"

namespace isoloss {

// Adds the years, when the data bind, when what is waited for happens, and the number of samples.
//
//   plans   what the law itself holds
//   throws  as forecast()
void add_years(const FittedLaw& law, const PlanOptions& plans, Forecast& to);

}  // namespace isoloss
