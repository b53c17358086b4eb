// How often intervals hold the truth: runs are simulated from a law that is known, on the design of
// the user's own runs, each set is fitted with its bootstrap, and it is counted.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/answers/coverage/noise.h"
#include "host/answers/fitted_law.h"
#include "host/base/shard.h"
#include "host/fit/interval_method.h"

namespace isoloss {

struct CoverageQuestion {
  Noise noise;
  int num_sets = 200;
  std::optional<FittedLaw> truth;  // of the law that is fitted; without it the fit to the runs
  ShardOptions shards = {};        // by sets
  // That are counted. Empty: all, but of profiles only those that a fit has anyway, of parameters
  // under least squares: constrained refits take a second a set.
  std::vector<IntervalMethod> methods = {};
};

// Of one quantity and one way to an interval.
struct CoverageShare {
  IntervalMethod method = IntervalMethod::percentile;
  int num_sets = 0;         // of those that gave an interval
  double share = 0;         // of them, whose interval holds the truth
  double share_error = 0;   // its standard error, by the number of sets
  double median_width = 0;  // of the intervals; infinite where half of them are open
};

// A parameter, an exponent of the optimum, or N, D or L of the optimum at a budget.
struct CoverageRow {
  std::string quantity;   // "alpha", "N_exponent", "N at 1e+23"
  bool is_count = false;  // of parameters or tokens
  double truth = 0;
  double bias = 0;                    // mean of the estimates less the truth
  double rmse = 0;                    // root of the mean squared error
  std::vector<CoverageShare> shares;  // of every method that gave an interval

  // Null for a method that gave none.
  const CoverageShare* by(IntervalMethod method) const;
};

struct Coverage {
  CoverageQuestion question;  // with the truth filled in
  std::string path;
  std::size_t num_runs = 0;
  std::size_t num_units = 0;  // that a bootstrap draws
  double confidence = 0.95;
  int num_resamples = 0;
  std::uint64_t seed = 1;
  bool by_run = false;
  std::vector<CoverageRow> rows;
  int num_without_fit = 0;  // sets that could not be fitted at all
  int num_unsound = 0;      // of the others, whose fit did not end sound; they count all the same
  int num_withheld = 0;     // whose fit gave no intervals of the bootstrap
  double share_not_converged = 0;  // of all refits
  std::vector<Warning> warnings;
  std::shared_ptr<const Shard> shard;  // of question.shards: then nothing else is whole

  // none if no set gave an interval; unsound if the truth is of a fit that is.
  Outcome outcome() const;
};

// Simulates and fits question.num_sets sets of runs. The sets share the threads; the digits are the
// same however many there are.
//
//   source   runs: their inputs are the design, and their fit the truth unless the question has one
//   options  of each set's fit; its budgets are those at which optima are asked
//   throws   InputError as fit() does, for a truth of another law, and for noise that the design
//            cannot have or no set can be fitted with; DeviceError; Interrupted
//   cost     a fit with its bootstrap a set: some 10 ms for 240 runs and 999 resamples on one core
//   source   Davison & Hinkley 1997, "Bootstrap methods and their application", chapter 5
Coverage coverage(const RunSource& source, const CoverageQuestion& question,
                  const FitOptions& options = {});

}  // namespace isoloss
