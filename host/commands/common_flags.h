// Flags that several commands have, each with its check.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/commands/command_line.h"

namespace isoloss {

CLI::Option* add_device(CommandLine& line, std::string& device, const char* what);
CLI::Option* add_threads(CommandLine& line, int& num_threads);
CLI::Option* add_confidence(CommandLine& line, double& confidence);
CLI::Option* add_seed(CommandLine& line, std::uint64_t& seed, const char* what);
// Resamples: 0 for none, else so many.
CLI::Option* add_bootstrap(CommandLine& line, int& num_resamples, int fewest, int most);

// One of these words and no other.
CLI::Option* one_of(CLI::Option* option, const std::vector<std::string>& words);

// Accepts whole numbers from 0 up to what 64 bits hold.
CLI::Validator whole_number();

// A number above 0, as files have them: 70B, 5.76e23. Throws InputError that names the flag.
double positive_number(const std::string& flag, const std::string& text,
                       const std::string& hint = "write 5.76e23, say");

}  // namespace isoloss
