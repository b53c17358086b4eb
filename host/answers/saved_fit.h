// A fit that `isoloss fit --json` wrote, made a law again.

#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "host/fit/result.h"
#include "host/laws/law_entry.h"

namespace isoloss {

// Of the runs that were fitted.
struct FittedRange {
  std::string symbol;
  std::string column;
  double least = 0;
  double largest = 0;
};

struct SavedFit {
  LawEntry law;
  Theta theta{};  // plain units
  std::string response = "loss";
  std::vector<FittedRange> ranges;
  std::optional<double> largest_flops;  // of the runs, where they have N and D
  double confidence = 0.95;
  std::vector<std::optional<Interval>> intervals;  // of the parameters as shown, by the bootstrap
  bool withheld = false;  // the fit gives no intervals, so its draws give none
};

// Reads the JSON of a fit of a built-in law or of a formula.
//
//   throws  InputError for what is no such JSON, a law that this program does not have, and a
//           parameter without a value
SavedFit read_saved_fit(const std::string& path);
SavedFit parse_saved_fit(const std::string& text, const std::string& path);

// The draws that `--draws` wrote beside it, .npy or .csv: theta in plain units. Throws InputError
// if their columns are not the law's, or if their intervals are not the fit's.
std::vector<Theta> read_draws(const std::string& path, const SavedFit& fit);

}  // namespace isoloss
