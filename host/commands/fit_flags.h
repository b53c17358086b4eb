// The flags of `isoloss fit`: one table, from which --help is generated.

#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "host/commands/reading_flags.h"
#include "host/fit/options.h"
#include "host/laws/law_choice.h"
#include "host/reading/run_table.h"

namespace isoloss {

// Groups of flags in --help.
inline constexpr const char* kFittingGroup = "Fitting";
inline constexpr const char* kRunningGroup = "Running and output";

// What the command line says, with every default.
struct FitFlags : ReadingFlags {
  std::vector<std::string> paths;  // of runs
  FitOptions fit;
  std::vector<std::string> compute;            // as typed
  std::vector<std::string> bound, start, fix;  // the same
  std::string objective = "huber", residual = "log", starts = "screen";
  std::string json_path;
  std::vector<std::string> draws_paths;
  bool quiet = false;
  const CLI::App* command = nullptr;  // that was parsed

  // Whether a flag was typed; false for one that the command does not have.
  bool given(const char* flag) const;
};

void add_fit_flags(CLI::App& command, FitFlags& flags);

// Parts of them, for commands that fit on their way: the law, the objective, the bootstrap and the
// budgets; the device and threads.
void add_fitting_flags(CLI::App& command, FitFlags& flags);
void add_device_flags(CLI::App& command, FitFlags& flags);

// A number above 0, as files have them: 70B, 5.76e23. Throws InputError that names the flag.
double positive_number(const char* flag, const std::string& text);

void require_threads(const FitFlags& flags);

// Turns what was typed into options. Throws InputError for a value that makes no sense.
void resolve_fit_flags(FitFlags& flags);

}  // namespace isoloss
