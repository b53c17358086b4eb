// The manual of the program, made of its help.

#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace isoloss {

// isoloss(1) in the macros of man(7).
std::string man_page(const CLI::App& app);

}  // namespace isoloss
