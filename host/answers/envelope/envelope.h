// Approach 1: at each compute the run of least loss among all training curves, and power laws of
// its size and its tokens.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/answers/fitted_law.h"
#include "host/answers/outcome.h"
#include "host/base/estimate.h"
#include "host/base/status.h"

namespace isoloss {

struct EnvelopeQuestion {
  double half_width = 0.15;     // of the local lines that smooth a curve, in log compute
  int num_points = 1500;        // evenly spaced in the log of the compute
  std::vector<double> budgets;  // FLOP: where the power laws are asked; may be empty
  int num_resamples = 1000;
  double confidence = 0.95;
  std::uint64_t seed = 1;
};

// A run, from and to where in the compute it is the best, and counts.
struct EnvelopeRun {
  std::string run;
  double params = 0;
  double from = 0, to = 0;     // FLOP; 0 for a run that is the best nowhere
  std::size_t num_points = 0;  // at which it is the best, with a smaller and a larger size there
};

// quantity ~ coefficient C^exponent.
struct EnvelopePowerLaw {
  Estimate exponent, coefficient;
};

struct EnvelopePlan {
  double budget = 0;
  Estimate params, tokens;
};

struct Envelope {
  EnvelopeQuestion question;
  std::string path;
  std::size_t num_rows = 0;
  std::vector<EnvelopeRun> runs;  // by size
  std::size_t num_used = 0;       // points with a best run between a smaller and a larger size
  std::size_t num_at_edge = 0;    // points left out, whose best is the smallest or largest there
  std::size_t num_alone = 0;      // points left out, which fewer than two runs reach
  std::size_t num_sizes = 0;      // different sizes among the best of those used
  double share_unfinished = 0;    // of those used, before the last fifth of the best run's tokens
  EnvelopePowerLaw N, D;
  double share_without = 0;  // of the resamples, that leave fewer than two sizes; where most do,
                             // there are no intervals
  std::vector<EnvelopePlan> plans;
  std::vector<double> log_C, loss;  // the envelope, for a chart
  std::vector<Warning> warnings;

  // unsound if fewer than three sizes are the best anywhere.
  Outcome outcome() const;
};

// Where the smallest or the largest size of those that reach a compute is the best, a smaller or
// larger one might be better, so that such a point is left out. Intervals draw whole runs anew and
// find envelope and power laws again.
//
//   source  curves: rows of one run are one; params, tokens and flops are read of them
//   throws  InputError as run_curves() and the reader do, and where fewer than two sizes are the
//   best between
//           others
//   cost    a look at each curve a point and resample: 0.1 s for 8 curves and 1,000 resamples
//   source  Hoffmann et al. 2022, arXiv:2203.15556, section 3.1
Envelope envelope(const RunSource& source, const EnvelopeQuestion& question);

}  // namespace isoloss
