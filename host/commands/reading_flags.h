// The flags that say how a file of runs is read.

#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "host/reading/read_options.h"

namespace isoloss {

inline constexpr const char* kReadingGroup = "Reading runs";  // of flags, in --help

struct ReadingFlags {
  ReadOptions read;
  std::vector<std::string> column, unit, schedule, sizes;  // as typed
  std::string group;                                       // the same
};

// Accepts whole numbers from 0 up to what 64 bits hold.
CLI::Validator whole_number();

void add_reading_flags(CLI::App& command, ReadingFlags& flags);

// Puts what was typed into flags.read, but for the group. Throws InputError for what is no pair or
// no schedule.
void resolve_reading_flags(ReadingFlags& flags);

}  // namespace isoloss
