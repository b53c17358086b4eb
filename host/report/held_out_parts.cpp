#include "host/report/held_out_parts.h"

#include <fmt/format.h>

namespace isoloss {

std::string error_text(double share) { return fmt::format("{:#.3g}%", 100 * share); }

Cell error_cell(double share) { return {error_text(share), share}; }

Json held_out_json(const HeldOutError& error) {
  return {{"num_runs", error.num_runs},        {"mean_absolute", number_json(error.mean_absolute)},
          {"rms_log", number_json(error.rms)}, {"mean_log", number_json(error.bias)},
          {"worst", number_json(error.worst)}, {"r2_log", number_json(error.r2)}};
}

}  // namespace isoloss
