// Scenarios of a forecast, a table each of a TOML file.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "host/commands/forecast_flags.h"

namespace isoloss {

struct ScenarioFlags {
  std::string name, note;  // as the file has them
  Assumptions assumptions;
};

// What each of the file assumes; what it does not say is that of the flags. In the order of the
// file. Throws InputError with the line for an unknown key, for values as assumptions_of() does,
// and for no scenario or more than kMostScenarios.
inline constexpr std::size_t kMostScenarios = 12;
std::vector<ScenarioFlags> read_scenarios(const ForecastFlags& flags);

}  // namespace isoloss
