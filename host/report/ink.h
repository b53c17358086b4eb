// What stands out on a terminal that has colour.

#pragma once

#include <string>

#include "host/base/terminal.h"

namespace isoloss {

enum class Ink { heading, warning, fault };

// Without colour, and of no text, the text as it is.
std::string inked(const std::string& text, Ink ink, const Terminal& on);

}  // namespace isoloss
