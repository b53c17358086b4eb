// The help of the program and of its commands, as documents: text for a terminal, and Markdown too.

#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "host/report/document.h"

namespace isoloss {

// How a flag is written, with its value and default: "--law LAW=chinchilla"; more may be behind.
std::string shown_flag(const CLI::Option& option);
// How a command is called: "isoloss fit RUNS.csv ... [options]".
std::string usage_of(const CLI::App& command);

// What the program is for, and its commands by groups.
Document describe_program();
// A command of the table: its flags by groups, and two examples.
Document describe_command(const CLI::App& command);

}  // namespace isoloss
