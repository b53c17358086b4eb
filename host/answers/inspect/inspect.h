// What a file of runs holds and what can be told from it: looked at before a law is relied on.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "host/answers/fitted_law.h"
#include "host/answers/inspect/determined.h"
#include "host/answers/inspect/repeats.h"
#include "host/fit/design_verdict.h"
#include "host/fit/outliers.h"

namespace isoloss {

// Of an input, the compute, tokens per parameter or the response.
struct InspectedRange {
  std::string symbol;     // "N", "D / N"
  std::string quantity;   // "params", "tokens_per_param"
  bool is_count = false;  // of parameters or tokens
  double least = 0, median = 0, largest = 0;
  std::size_t num_values = 0;  // different ones
};

// The file's compute over flops_per_token_param N D.
struct ComputeCheck {
  double least = 0, median = 0, largest = 0;
  std::size_t num_off = 0;  // rows more than 1 % off
};

// Rows that share a run.
struct RunClusters {
  std::size_t num_runs = 0;
  std::size_t fewest = 0, most = 0;  // rows of a run
};

struct Inspection {
  RunTable runs;
  LawEntry law;
  std::vector<InspectedRange> ranges;
  RepeatedRuns repeats;
  std::optional<ComputeCheck> compute;  // where the file has one, and N and D
  std::optional<RunClusters> clusters;  // where rows share runs and are not taken as independent
  std::optional<FitResult> fit;         // without a bootstrap; none of too few runs
  double deviation = 0;                 // robust, of the fit's residuals
  double outlier_limit = 0;             // deviations beyond which a run is listed: outlier_limit()
  std::vector<Outlier> outliers;        // by the fit, the farthest first
  DesignVerdict verdict;
  std::string verdict_text;            // in one sentence
  std::vector<Determined> quantities;  // each parameter and N_exponent; empty without a fit
  std::size_t num_squared = 0;         // runs that `quantities` are of: all but outliers
  std::vector<Warning> warnings;       // of reading, of the design and of outliers

  // unsound where the runs leave the law open, none where they are too few for a fit.
  Outcome outcome() const;
};

// Reads the runs as a fit of options.law does, and looks at them with a plain fit of it.
//
//   throws  InputError as fit() does, but for too few runs, which is an answer; DeviceError;
//           Interrupted
//   cost    two fits without a bootstrap, 20 ms for 240 runs
Inspection inspect(const RunSource& source, const FitOptions& options = {});

}  // namespace isoloss
