// What the host asks of a search engine and what it gets back.
//
// The engine proposes, the reference decides: an engine may be fast and approximate, for every
// candidate is polished and proved by fits/polish.h on the host before anything is printed.

#pragma once

#include <cstdint>
#include <string_view>

#include "fits/law.h"
#include "fits/objective.h"
#include "fits/residual_loss.h"

namespace isoloss {

// Which weights each problem of a request has. Resample r draws units (runs, or clusters of runs)
// with replacement by fits/random.h; its weights are the runs' own times how often they were drawn.
struct Resampling {
  std::uint64_t seed = 1;
  std::uint64_t first = 0;              // number of the first resample
  int num_resamples = 0;                // 0: one problem, the runs as they are
  const std::uint32_t* unit = nullptr;  // host, num_runs: the unit of each run
  std::uint32_t num_units = 0;

  int num_problems() const { return num_resamples == 0 ? 1 : num_resamples; }
};

// Where the minimiser starts.
enum class StartRule {
  exponent_grid,  // best cells of an exponent grid, weights projected out (laws with terms)
  best_starts,    // those of `starts` with the lowest objective
  all_starts,     // every one of `starts`
};

struct SearchRequest {
  std::string_view law;
  RunsView runs;
  ResidualLoss residual_loss;
  Resampling resampling;
  StartRule start_rule = StartRule::exponent_grid;
  const double* starts = nullptr;  // host, num_starts x num_params, search coordinates
  int num_starts = 0;
  int num_basins = 4;          // distinct starts to minimise from in each problem, with a screen
  int exponents_an_axis = 16;  // of the exponent grid: 16 or 32
};

// The best point an engine found for one problem.
struct Candidate {
  double theta[kMaxParams];  // search coordinates
  double objective;          // +infinity if no start gave a finite one
  int num_started;           // starts minimised
  int num_agreeing;          // of them, those that ended within 1e-6 (relative) of the best
  int num_evaluations;       // passes over the runs
};

// Exponents an axis of the pair screen that a plain fit gets on top of its coarse grid.
inline constexpr int kFinestExponents = 512;

class SearchEngine {
 public:
  virtual ~SearchEngine() = default;
  // out: num_problems() entries, host memory of the caller.
  virtual void search(const SearchRequest& request, Candidate* out) = 0;
  virtual std::string_view name() const = 0;
};

}  // namespace isoloss
