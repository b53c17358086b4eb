// The flags that make a part of a bootstrap and not the fit.

#pragma once

#include <optional>
#include <string>

#include "host/commands/command_line.h"
#include "host/commands/fitting_flags.h"
#include "host/fit/options.h"

namespace isoloss {

struct ShardFlags {
  std::string resamples;  // as typed
  const CommandLine* line = nullptr;

  void add(CommandLine& to);
  // The range of a shard of so many resamples; none if the fit is to be whole. Throws InputError
  // for one that is none, and for flags that go with a whole fit only.
  std::optional<ResampleRange> range(int num_resamples) const;
};

// A command line of `fit` that makes the same fit: its words but for where it runs and what it
// writes; and what they say.
std::vector<std::string> words_of_fit(const CommandLine& line);

struct FitWords {
  // Throws InputError if the words are not of this version.
  explicit FitWords(std::vector<std::string> words);

  CLI::App app;
  CommandLine line{app};
  std::vector<std::string> paths;
  FitFlags fit;
};

}  // namespace isoloss
