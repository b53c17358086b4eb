// The flags that say how a law is fitted to runs.

#pragma once

#include <string>
#include <vector>

#include "host/answers/fitted_law.h"
#include "host/commands/common_flags.h"
#include "host/commands/reading_flags.h"
#include "host/fit/options.h"

namespace isoloss {

// Groups of flags in --help.
inline constexpr const char* kFittingGroup = "Fitting";
inline constexpr const char* kRunningGroup = "Running and output";

// The law, the objective, the search and the bootstrap.
struct FittingFlags {
  FitOptions fit;
  std::vector<std::string> bound, start, fix;  // as typed
  std::string objective = "huber", residual = "log", starts = "screen";
  const CommandLine* line = nullptr;

  void add(CommandLine& to);
  // What was typed as options. Throws InputError for values that exclude each other.
  FitOptions options() const;

 private:
  void add_law(CommandLine& to);
  void add_objective(CommandLine& to);
  void add_search(CommandLine& to);
};

struct BudgetFlags {
  std::vector<std::string> compute;  // as typed

  void add(CommandLine& line);
  std::vector<double> budgets() const;
};

// Where it runs.
struct RunningFlags {
  std::string device = "auto";
  int num_threads = 0;

  void add(CommandLine& line);
};

// The files of runs of a command that fits them.
void add_runs(CommandLine& line, std::vector<std::string>& paths);

// All that a fit needs but for the file of runs.
struct FitFlags {
  ReadingFlags reading;
  FittingFlags fitting;
  BudgetFlags budgets;
  RunningFlags running;

  void add(CommandLine& line);
  // Without budgets. Throws as those of the groups do.
  ReadOptions read_options() const;
  FitOptions fit_options() const;
};

// Files of runs and how they are fitted: of questions that are asked of runs alone.
struct RunsFlags {
  std::vector<std::string> paths;
  FitFlags fit;

  // --json too.
  void add(CommandLine& line);
  // Throws as FitFlags::read_options() does.
  RunSource source() const;
};

}  // namespace isoloss
