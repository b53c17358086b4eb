// A chart as a figure for a paper, which matplotlib draws.

#pragma once

#include <string>
#include <vector>

#include "host/report/document.h"

namespace isoloss {

// The chart of such a kind. Throws InputError, with the nearest kinds, where there is none.
const Chart& chart_of_kind(const std::vector<Chart>& charts, const std::string& kind);

// The bytes of a file of this format: pdf, svg or png; or json, the data of the chart.
//
//   width   of a conference's column, or inches: as python/isoloss/_chart.py takes it
//   throws  InputError, with what to install, where there is no Python with matplotlib; and for a
//           width that is none
std::string figure_bytes(const Chart& chart, const std::string& width, const std::string& format);

}  // namespace isoloss
