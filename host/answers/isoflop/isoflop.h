// Approach 2: at each compute budget the best model is read off a curve through the runs of that
// budget, and a power law goes through the best of all budgets.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/answers/fitted_law.h"
#include "host/answers/isoflop/slice_curve.h"
#include "host/base/estimate.h"
#include "host/base/shard.h"

namespace isoloss {

struct IsoflopQuestion {
  std::string size = "params";  // what varies at a budget; tokens, or any positive column
  std::string budget;           // a column that names the budget; empty: the runs' compute
  double tolerance = 0.05;      // budgets closer than this share are one
  CurveKind curve = CurveKind::parabola;
  std::vector<double> budgets;     // FLOP: where the power law is asked; may be empty
  std::string law = "chinchilla";  // of the surface that the bias is taken from; empty: no bias
  ShardOptions shards = {};        // by blocks of 64 resamples
};

// One budget of the runs.
struct IsoflopBudget {
  double budget = 0;  // geometric mean of its runs'
  std::size_t num_runs = 0;
  SliceFault fault = SliceFault::none;  // then it is left out
  Estimate size, loss;                  // of the best model; loss on the curve
  std::optional<double> surface_size;   // the best by the fitted surface
  // The runs, and the curve from the least of their sizes to the largest; no curve through too few.
  std::vector<double> run_size, run_loss, curve_size, curve_loss;
};

// size ~ coefficient * budget^exponent.
struct IsoflopPowerLaw {
  Estimate exponent, coefficient;
};

// What it says of a budget.
struct IsoflopPlan {
  double budget = 0;
  Estimate size;
  std::optional<Estimate> other;         // tokens for params, params for tokens: C / (k size)
  std::optional<Estimate> surface_size;  // the best by the fitted surface
};

// What the method makes of runs of this very design without noise, on the fitted surface.
struct IsoflopBias {
  double exponent = 0;          // less that of the surface's own optima at the same budgets
  std::vector<double> factor;   // of the size at each asked budget, over the surface's optimum
  double surface_exponent = 0;  // of those optima
};

struct Isoflop {
  IsoflopQuestion question;
  std::string path;
  double flops_per_token_param = kFlopsPerTokenParam;
  std::uint64_t seed = 1;
  int num_resamples = 0;
  double confidence = 0.95;
  std::vector<IsoflopBudget> budgets;  // ascending
  std::size_t num_used = 0;            // of them, those with a best model
  IsoflopPowerLaw law;
  double share_without = 0;  // of the resamples, that leave fewer than two budgets
  std::vector<IsoflopPlan> plans;
  std::optional<FittedLaw> surface;  // fitted to the same runs; nothing where that cannot be
  std::optional<IsoflopBias> bias;   // the same
  std::vector<Warning> warnings;
  std::shared_ptr<const Shard> shard;  // of question.shards: then nothing else is whole

  // unsound if budgets were left out and fewer than three are.
  Outcome outcome() const;
};

// Intervals are of the whole pipeline: residuals of the curves, each over sqrt(1 - leverage) and
// relative to the loss, are drawn with replacement from all budgets and put back on the curves, and
// minima and power law found again.
//
//   throws  InputError for runs without the columns and fewer than two budgets with a best model
//   cost    a curve a budget and resample: 0.1 s for 12 budgets of 10 runs and 4,000 resamples;
//           besides a fit of the surface
//   source  Hoffmann et al. 2022, arXiv:2203.15556, section 3.2; of the bias: Czech et al. 2026,
//           arXiv:2603.22339; residual bootstrap: Davison & Hinkley 1997, section 6.3
Isoflop isoflop(const RunSource& source, const IsoflopQuestion& question,
                const FitOptions& options = {});

}  // namespace isoloss
