// Charts as the data of a page, which host/report/page.js draws.

#pragma once

#include <string>
#include <vector>

#include "host/report/document.h"

namespace isoloss {

// One of them, for what draws a figure.
std::string chart_json(const Chart& chart);

// Safe inside a script element: '<' is written as an escape. Six digits are more than a screen has.
std::string charts_json(const std::vector<Chart>& charts);

}  // namespace isoloss
