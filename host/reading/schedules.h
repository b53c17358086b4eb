// The schedules that a user names, by run.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "host/curves/schedule.h"

namespace isoloss {

// What `--schedule` says, by run; "" for every run that has none of its own. A value is a schedule
// written out (see parse_stages), steps:FILE.csv or, for "", a file of schedules FILE.toml.
using ScheduleTexts = std::map<std::string, std::string>;

// Adds what one --schedule says: RUN=SPEC, SPEC or FILE.toml. Throws InputError.
void add_schedule(const std::string& typed, ScheduleTexts& texts);

class Schedules {
 public:
  // Reads files. Throws InputError.
  explicit Schedules(const ScheduleTexts& texts);

  // Of the run; if there is none, InputError that says what to do. `path` is of the file of runs.
  Rates rates(const std::string& run, const std::string& path) const;

 private:
  ScheduleTexts texts_;
  std::map<std::string, std::vector<Stage>> of_file_;
};

// Of a schedule written out, or steps:FILE.csv. Throws InputError.
Rates rates_called(const std::string& text);

}  // namespace isoloss
