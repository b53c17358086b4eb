// The flag by which intervals by other methods are asked for.

#pragma once

#include <string>
#include <vector>

#include "host/commands/command_line.h"
#include "host/fit/interval_method.h"

namespace isoloss {

struct IntervalFlags {
  std::vector<std::string> names;

  //   help  what is done with them; the names follow in parentheses
  CLI::Option* add(CommandLine& to, const std::string& help);
  // In the order of kIntervalMethods, percentile among them if there are any. `calibrated` is never
  // among them: other flags ask for it.
  std::vector<IntervalMethod> methods() const;
};

}  // namespace isoloss
