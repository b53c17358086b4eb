// Global fits of a range of resamples: searched by an engine, polished and proved here.

#pragma once

#include <memory>
#include <vector>

#include "fits/search.h"
#include "host/fit/options.h"
#include "host/search/problem.h"
#include "host/simd/solver.h"

namespace isoloss {

class ExponentColumns;

// The units that are drawn with replacement: rows, or runs where rows share one.
struct Units {
  static constexpr int kFewestRuns = 5;       // for an interval of what runs have in common
  static constexpr int kMostOneByOne = 2000;  // that are left out, or given a factor, one by one

  std::vector<std::uint32_t> of_row;
  int num_units = 0;
  bool by_run = false;
  std::vector<Stratum> strata = {};  // by unit; empty: all are drawn from together

  const Stratum* strata_or_null() const { return strata.empty() ? nullptr : strata.data(); }
};

// A run of several strata is of that of its first row.
Units units_of(const RunTable& runs, bool group_by_run);

// What it is made of must outlive it.
class Refitter {
 public:
  //   starts  num x num_params, search coordinates; not looked at where exponents are screened
  //   full    the fit of the runs themselves, from which a refit that is not proved is finished; or
  //           null
  Refitter(const LawEntry& law, const Problem& problem, const Units& units, SearchEngine& engine,
           const std::vector<double>& starts, const FitOptions& options, const PolishedFit* full);
  ~Refitter();
  Refitter(const Refitter&) = delete;

  // Makes the starts the fit and optima of other resamples: near every resample's own.
  void start_near(const std::vector<double>& starts);

  // Of resamples [first, first + num); fits: num entries.
  void fit_range(int first, int num, int num_basins, PolishedFit* fits);

 private:
  const LawEntry& law_;
  const Problem& problem_;
  const Units& units_;
  SearchEngine& engine_;
  const FitOptions& options_;
  const PolishedFit* full_;
  SearchRequest request_;
  std::unique_ptr<const ExponentColumns> columns_;
  std::vector<double> near_;
};

}  // namespace isoloss
