// Schedules that stand in files.

#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/curves/schedule.h"

namespace isoloss {

// Stages by the name of the run: a TOML file with tables
//   [[schedule]]
//   run = "cosine_24000"
//   stages = [{ shape = "linear", from = 0.0, to = 3e-4, until = 2160 }, ...]
// shape as shape_called() has it; a stage without `from` begins where the one before it ends.
// Throws InputError with the line.
std::map<std::string, std::vector<Stage>> read_schedules(const std::string& path);

// A learning rate that is known at some steps only: linear between them, before the first one as
// there. At least one; steps increase.
Rates rates_between(const std::vector<std::pair<long, double>>& known);

// A file with columns step and lr. Throws InputError with the line.
Rates read_rates(const std::string& path);

}  // namespace isoloss
