// How far predictions of held-out runs are off, in cells and in JSON.

#pragma once

#include "host/answers/compare_laws/held_out_error.h"
#include "host/report/document.h"
#include "host/report/json_parts.h"

namespace isoloss {

// 0.0123 as 1.23%, of errors three digits.
std::string error_text(double share);
Cell error_cell(double share);
Json held_out_json(const HeldOutError& error);

}  // namespace isoloss
