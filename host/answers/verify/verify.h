// A published fit, made again and compared with what was published.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "host/answers/outcome.h"
#include "host/answers/verify/published_fit.h"
#include "host/base/status.h"

namespace isoloss {

struct Comparison {
  Expectation expected;
  double ours = 0;
  bool agrees = false;
};

// A published interval beside that of the bootstrap of the same runs.
struct IntervalComparison {
  PublishedInterval published;
  std::optional<Interval> ours;  // nothing where the bootstrap gives none
  std::size_t num_rows = 0;

  // How many times as wide ours is; NaN without it.
  double times_as_wide() const;
  // About so many runs like these would give an interval as narrow: widths fall with the square
  // root of the number of runs.
  double num_rows_needed() const;
};

struct Verdict {
  PublishedFit published;
  std::string skipped;  // why nothing was fitted; empty if it was
  std::size_t num_rows = 0;
  std::string formula;  // of the law
  Status status = Status::converged;
  std::string device;                   // that searched: "cpu", "cuda"; empty of a parabola
  std::vector<Comparison> comparisons;  // of the number of rows, if it is said; then of [[expect]]

  std::vector<IntervalComparison> intervals;  // of [[interval]]; they decide nothing
  int num_resamples = 0;                      // behind ours

  std::size_t num_differing() const;
};

// How many fits came out how.
struct VerdictCounts {
  std::size_t agree = 0;
  std::size_t differ = 0;
  std::size_t skipped = 0;
};

struct Verification {
  std::string device;  // that was asked for
  std::vector<Verdict> verdicts;

  VerdictCounts counts() const;
  // none if a fit differs.
  Outcome outcome() const;
};

// Fits again and compares. Skipped is what this program has no law for, and what needs a folder
// that the variable `dataset_env` does not name.
//
//   device  as --device has it
//   throws  InputError if the data set or a condition is wrong, a quantity is not known or not to
//           be had, or a set of constants does not fit the law; DeviceError if the device is not
//           there or fails
//   cost    a fit, without a bootstrap where no interval was published
Verdict verify(const PublishedFit& published, const std::string& device = "auto");
// The same of several, after a look whether the device is there.
Verification verify(const std::vector<PublishedFit>& published, const std::string& device = "auto");

}  // namespace isoloss
