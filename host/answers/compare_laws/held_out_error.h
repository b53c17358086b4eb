// How far a law is off on runs that it was not fitted to.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "host/base/estimate.h"
#include "host/fit/bootstrap.h"

namespace isoloss {

// log(predicted / measured) of held-out runs.
struct HeldOut {
  std::vector<std::size_t> run;   // place in the table
  std::vector<double> log_ratio;  // the same
  std::vector<double> log_value;  // of the measured response
  std::vector<double> times;      // how far beyond the fitted runs; may be empty
  std::size_t size() const { return run.size(); }
  void add(const HeldOut& more);
};
// As host/base/records.h has it.
void fields(auto& visit, HeldOut& of) { visit(of.run, of.log_ratio, of.log_value, of.times); }

// Their summary. R^2 is of the log of the response; NaN where that does not vary.
struct HeldOutError {
  std::size_t num_runs = 0;
  double mean_absolute = 0;  // mean |predicted / measured - 1|
  double rms = 0;            // root mean square of the log ratio
  double bias = 0;           // mean log ratio: above 0, predictions are too high
  double worst = 0;          // largest |predicted / measured - 1|
  double r2 = 0;
};
// As host/base/records.h has it.
void fields(auto& visit, HeldOutError& of) {
  visit(of.num_runs, of.mean_absolute, of.rms, of.bias, of.worst, of.r2);
}

// held: at least one run.
HeldOutError error_of(const HeldOut& held);

// The same of the held-out runs that lie [at_least, below) times beyond the fitted ones; nothing if
// there are none.
std::optional<HeldOutError> error_within(const HeldOut& held, double at_least, double below);

// How much of what changes within runs is predicted: 1 less the squared log ratios over the squares
// of the log response less the mean of its own run. Of runs of several held-out rows; nothing where
// there are none.
//
//   source  by curve: Luo et al. 2025, arXiv:2503.12811
std::optional<double> r2_within_runs(const HeldOut& held, const Units& units);

// By how much more `held` is off than `best` on the same runs in the same order: their difference
// in mean_absolute. The interval is of the runs: units of held-out runs are drawn again and again.
//
//   source  paired bootstrap: Efron & Tibshirani 1993, section 8
Estimate paired_excess(const HeldOut& held, const HeldOut& best, const Units& units,
                       int num_resamples, std::uint64_t seed, double confidence);

}  // namespace isoloss
