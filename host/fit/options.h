// What is asked of a fit.

#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "fits/residual_loss.h"
#include "host/base/shard.h"
#include "host/base/stop.h"
#include "host/fit/interval_method.h"
#include "host/formula/overrides.h"
#include "host/reading/read_options.h"

namespace isoloss {

enum class StartMode { screen, grid, random };

// How a fit is made. Defaults are the field's objective and 4,000 resamples.
struct FitOptions {
  std::string law = "chinchilla";
  ParamOverrides overrides;      // of the law's parameters
  bool linear_residual = false;  // compare the response itself, not its log
  ResidualLoss residual_loss;    // delta in the residual's unit
  StartMode starts = StartMode::screen;
  int num_random_starts = 0;  // for StartMode::random
  int effort = 1;             // times as much search, for StartMode::screen
  int num_resamples = 4000;   // bootstrap; 0: no intervals
  double confidence = 0.95;
  std::vector<IntervalMethod> intervals;  // to be set beside the percentile ones
  std::uint64_t seed = 1;
  std::vector<double> compute;  // FLOP; empty: the largest run's, 10 and 100 times it
  double flops_per_token_param = kFlopsPerTokenParam;
  std::string device = "auto";
  int num_threads = 0;  // 0: one a processor
  bool group_by_run = true;
  ShardOptions shards;  // of the bootstrap, by resamples: host/fit/shard.h
  // Progress of the bootstrap: fits done, fits in all. May be empty.
  std::function<void(int done, int all)> progress;
  // Ends the fit with Interrupted once it is set; see host/base/stop.h. null: only the token of the
  // thread that calls does.
  StopToken stop = nullptr;

  ItemRange all_resamples() const { return {0, num_resamples}; }
  // Of one fit of many that share the threads.
  FitOptions one_of_many() const {
    FitOptions out = *this;
    out.num_threads = 1;
    out.device = "cpu";
    out.progress = nullptr;
    return out;
  }
};

}  // namespace isoloss
