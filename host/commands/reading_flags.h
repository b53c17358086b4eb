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
  std::vector<std::string> column, unit, schedule;  // as typed
  std::string group;                                // the same
};

// A check of a flag that takes a whole number, 0 or more, of at most 64 bits. The parser would wrap
// -1 and clamp what is too large.
const CLI::Validator& whole_number();

void add_reading_flags(CLI::App& command, ReadingFlags& flags);

// Puts what was typed into flags.read, but for the group. Throws InputError for what is no pair or
// no schedule.
void resolve_reading_flags(ReadingFlags& flags);

}  // namespace isoloss
