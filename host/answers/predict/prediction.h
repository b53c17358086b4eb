// What a fitted law says of new runs, and how far off it is where they were measured.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "host/answers/fitted_law.h"
#include "host/base/estimate.h"
#include "host/reading/run_table.h"

namespace isoloss {

// Values of what a law reads, by column, one a row.
struct NewRuns {
  std::map<std::string, std::vector<double>> values;
  std::vector<std::string> run;  // labels; may be empty
  std::vector<double> observed;  // NaN where not known; may be empty
  std::size_t num_rows = 0;
  std::vector<Warning> warnings;  // of reading them
};

struct Predictions {
  NewRuns runs;  // what was asked
  std::vector<double> value;
  std::vector<Interval> interval;     // of the law's curve, not of a new measurement; may be empty
  Status status = Status::converged;  // of the law
  std::vector<Warning> warnings;      // of reading, of the law, of inputs beyond the fitted ranges

  Outcome outcome() const { return outcome_of(status); }
};

// Of rows of one run, or of all: errors of the predictions of what was measured.
struct PredictionError {
  std::string run;
  std::size_t num_rows = 0;
  double r2 = 0;  // NaN where the measured values do not vary
  double mean_absolute = 0;
  double worst_relative = 0;
};

// The rows of a table of runs; a response that it lacks is not known.
NewRuns new_runs(const RunTable& table, const LawEntry& law);

// Throws InputError, with what to do, if the rows lack an input of the law.
//
//   cost   an evaluation of the law for each row and draw
Predictions predict(const FittedLaw& fit, NewRuns runs);

// Where a new measurement would lie: the draws of the curve, each with a residual of the fit put on
// it. Empty for a law that was not fitted here, or has no draws.
//
//   source  Davison & Hinkley 1997, section 6.3.3
std::vector<Interval> new_run_intervals(const FittedLaw& fit, const NewRuns& runs,
                                        std::uint64_t seed);

// By run in order of appearance; one of all rows if there are no labels. Empty if nothing was
// measured.
std::vector<PredictionError> prediction_errors(const Predictions& predictions);

}  // namespace isoloss
