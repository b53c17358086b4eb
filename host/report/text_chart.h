// A chart as characters that every terminal has.

#pragma once

#include <string>

#include "host/base/terminal.h"
#include "host/report/document.h"

namespace isoloss {

// Its title, the points and lines of its traces between two axes with ticks, and what is drawn
// how. Empty for a chart without points and lines, of contours say.
std::string text_chart(const Chart& chart, const Terminal& on);

}  // namespace isoloss
