// What the method would have forecast of the largest runs, had one stopped before them: whether its
// intervals held.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/answers/compare_laws/held_out_error.h"
#include "host/answers/compare_laws/holdout.h"
#include "host/answers/fitted_law.h"
#include "host/base/shard.h"

namespace isoloss {

struct BacktestQuestion {
  std::string quantity = "compute";                           // that is stopped at
  std::vector<double> shares{1.0 / 10, 1.0 / 30, 1.0 / 100};  // of the largest
  ShardOptions shards = {};                                   // by stops
};

// A run that was held out.
struct BacktestRun {
  std::size_t line = 0;  // in the file
  double times = 0;      // its quantity over the largest fitted
  double measured = 0;
  double predicted = 0;
  Interval curve;    // of the law's curve
  Interval new_run;  // of a new measurement
};
// As host/base/records.h has it.
void fields(auto& visit, BacktestRun& of) {
  visit(of.line, of.times, of.measured, of.predicted, of.curve, of.new_run);
}

// One stop.
struct BacktestStop {
  Holdout holdout;
  std::string at;  // the largest fitted, "2.1e21 FLOP"
  std::size_t num_fitted = 0;
  std::string failure;  // why there is no fit; else empty
  Status status = Status::converged;
  bool has_intervals = false;
  std::vector<BacktestRun> runs;  // by line
  std::optional<HeldOutError> error;
  std::optional<BacktestRun> largest;  // of them, that with most of the quantity
  double share_in_curve = 0;           // of the held-out runs
  double share_in_new_run = 0;         // the same: about the confidence, if all is well
};
// As host/base/records.h has it.
void fields(auto& visit, BacktestStop& of) {
  visit(of.holdout, of.at, of.num_fitted, of.failure, of.status, of.has_intervals, of.runs,
        of.error, of.largest, of.share_in_curve, of.share_in_new_run);
}

struct Backtest {
  BacktestQuestion question;
  std::string path;
  std::string law;
  std::string response;
  double confidence = 0.95;
  int num_resamples = 0;
  std::uint64_t seed = 1;
  std::vector<BacktestStop> stops;
  std::vector<Warning> warnings;
  std::shared_ptr<const Shard> shard;  // of question.shards: then nothing else is whole

  // none if no stop leaves a fit, unsound if no fit of a stop is sound.
  Outcome outcome() const;
};

// Stops at each share, fits options.law to the runs before it and forecasts those behind it.
//
//   throws  InputError as fit() does, and if no share leaves runs on both sides
//   cost    a fit with its bootstrap for each share
Backtest backtest(const RunSource& source, const BacktestQuestion& question,
                  const FitOptions& options = {});

}  // namespace isoloss
