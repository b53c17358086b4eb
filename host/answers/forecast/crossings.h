// When, in every sample, something comes to be so.

#pragma once

#include <vector>

#include "host/answers/forecast/forecaster.h"

namespace isoloss {

// Of what the tokens of the optimum come to exceed the stock.
Binding binding_of(const Forecaster& of);

// The years of everything that is waited for, in order. A loss beside a stock has two: with as many
// tokens as are best, and with those that there are.
//
// One crossing is looked for between two years in which a growth changes: laws whose loss falls,
// and whose tokens grow, with compute have no more.
//
//   throws  InputError for a stock that is not assumed
//   cost    that of some 15 years of the forecast each; of compute nothing
std::vector<UntilYears> until_years(const Forecaster& of, const std::vector<Until>& untils);

}  // namespace isoloss
