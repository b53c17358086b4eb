// The flags of `isoloss forecast`: of which law, what is assumed, for how long.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/answers/forecast/forecast.h"
#include "host/commands/optimum_flags.h"

namespace isoloss {

struct ForecastFlags {
  LawFlags law;
  // As typed.
  std::string growth, efficiency, hardware, algorithms, data_growth;
  std::vector<std::string> recipes, until, choose_bits;
  std::string scenarios;  // path of a file of them
  std::optional<int> years, from, samples;
  LimitFlags limits;

  void add(CommandLine& line);

 private:
  void add_assumed(CommandLine& line);
  void add_asked(CommandLine& line);
};

// Throws InputError, with what to do, for what is not said (no growth is a default) and for what
// makes no sense.
Assumptions assumptions_of(const ForecastFlags& flags);

// Throws InputError for --samples of a law that has draws.
Sampling sampling_of(const ForecastFlags& flags, const FittedLaw& law);

}  // namespace isoloss
