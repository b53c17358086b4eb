// Flags of commands that simulate runs: the noise and the truth.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/answers/coverage/noise.h"
#include "host/commands/fitting_flags.h"

namespace isoloss {

struct SimulationFlags {
  std::vector<std::string> paths;
  FitFlags fit;
  std::string noise = "residuals", fit_path, published;

  void add(CommandLine& to);
  RunSource source() const { return {paths, fit.read_options(), {}}; }
  // Without a value the fit to the runs is the truth. Throws InputError if two are named.
  std::optional<FittedLaw> truth() const;
};

}  // namespace isoloss
