// The flags that say how a file of runs is read.

#pragma once

#include <string>
#include <vector>

#include "host/commands/command_line.h"
#include "host/reading/read_options.h"

namespace isoloss {

inline constexpr const char* kReadingGroup = "Reading runs";  // of flags, in --help

struct ReadingFlags {
  ReadOptions read;
  std::vector<std::string> column, unit, schedule, sizes;  // as typed
  std::string group;                                       // the same

  void add(CommandLine& line);
  // What was typed as options, but for the group. Throws InputError for what is no pair or no
  // schedule.
  ReadOptions options() const;
  // Refuses flags by which rows would weigh. who: "a race".
  void require_no_weights(const std::string& who) const;
  // The same as options() with the group, of a question that reads curves of losses: `who`, "a
  // race", and how it is of them, "is by loss". Throws InputError for what it does not read too.
  ReadOptions options_of_curves(const std::string& who, const std::string& how) const;
};

}  // namespace isoloss
