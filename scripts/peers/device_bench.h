// Large jobs on one engine.

#pragma once

#include <string>

#include "host/reading/run_table.h"

namespace isoloss {

// Prints one JSON object a line, each with "device" and "seconds": the engine's start, refits of
// bootstraps of several sizes, a screen of 16.8 million pairs, every start of the published grid.
// device: as --device has it. Throws DeviceError if it cannot be had.
void time_on_device(const RunTable& runs, const std::string& device);

}  // namespace isoloss
