// An estimate in a cell: "73.2B (51.8B .. 112B)".

#pragma once

#include <string>

#include "host/base/estimate.h"
#include "host/report/document.h"

namespace isoloss {

// "none" for NaN.
std::string estimate_text(const Estimate& estimate, std::string (*text)(double));
// The same with all digits.
Cell estimate_cell(const Estimate& estimate, std::string (*text)(double));

// "0.35 .. 0.41"; an infinite end is "unbounded", and an interval without ends "not bounded".
std::string interval_text(const Interval& interval);

std::string ratio_text(double x);  // 17.9
std::string loss_text(double x);   // 1.9739
std::string share_text(double x);  // 0.2896 as 29.0%

}  // namespace isoloss
