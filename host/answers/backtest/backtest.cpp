#include "host/answers/backtest/backtest.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "host/answers/divided.h"
#include "host/answers/predict/prediction.h"
#include "host/base/error.h"
#include "host/base/warnings.h"
#include "host/laws/law_choice.h"
#include "host/reading/read_runs.h"

namespace isoloss {
namespace {

bool is_inside(const Interval& interval, double value) {
  return interval.lower <= value && value <= interval.upper;
}

void forecast_rest(const FittedLaw& law, const RunTable& runs, const Fold& fold, std::uint64_t seed,
                   BacktestStop& out) {
  const RunTable rest = picked_rows(runs, fold.held_out);
  const NewRuns asked = new_runs(rest, law.law);
  const Predictions said = predict(law, asked);
  const std::vector<Interval> measured = new_run_intervals(law, asked, seed);
  out.has_intervals = !said.interval.empty();
  HeldOut held;
  double num_in_curve = 0, num_in_new_run = 0;
  for (std::size_t i = 0; i < rest.num_runs(); ++i) {
    BacktestRun own{rest.line[i], fold.times[i], rest.loss[i], said.value[i], {}, {}};
    if (out.has_intervals) {
      own.curve = said.interval[i];
      own.new_run = measured[i];
      num_in_curve += is_inside(own.curve, own.measured);
      num_in_new_run += is_inside(own.new_run, own.measured);
    }
    held.run.push_back(fold.held_out[i]);
    held.log_ratio.push_back(std::log(own.predicted / own.measured));
    held.log_value.push_back(std::log(own.measured));
    out.runs.push_back(own);
  }
  const auto num = static_cast<double>(out.runs.size());
  out.error = error_of(held);
  out.share_in_curve = num_in_curve / num;
  out.share_in_new_run = num_in_new_run / num;
  out.largest = *std::max_element(
      out.runs.begin(), out.runs.end(),
      [](const BacktestRun& a, const BacktestRun& b) { return a.times < b.times; });
}

BacktestStop stop_at(const LawAndRuns& read, const Holdout& holdout, FitOptions options) {
  BacktestStop out;
  out.holdout = holdout;
  try {
    const Fold fold = folds_of(read.runs, holdout).front();
    out.at = fold.at;
    out.num_fitted = fold.fitted.size();
    options.compute.clear();
    const FittedLaw fitted = law_fitted_to(picked_rows(read.runs, fold.fitted),
                                           std::make_shared<const LawEntry>(read.law), options);
    out.status = fitted.status;
    forecast_rest(fitted, read.runs, fold, options.seed, out);
  } catch (const InputError& error) {
    out.failure = error.message;
  }
  return out;
}

// One after the other: a bootstrap uses all threads.
Divided<BacktestStop> stops(const LawAndRuns& read, const BacktestQuestion& question,
                            const FitOptions& options) {
  const LawEntry* const law = &read.law;
  return divided<BacktestStop>(
      {static_cast<int>(question.shares.size()), "stops"}, question.shards,
      checksum_of_work(question.shards, read.runs, {&law, 1}), [&](int item) {
        const double share = question.shares[static_cast<std::size_t>(item)];
        return stop_at(read, {HoldoutKind::beyond, question.quantity, share}, options);
      });
}

// Of the stop that fails worst.
void add_warning(Backtest& out) {
  const BacktestStop* worst = nullptr;
  for (const BacktestStop& stop : out.stops) {
    if (!stop.has_intervals || stop.share_in_new_run >= threshold_of<"forecast_failed">) continue;
    if (worst == nullptr || stop.share_in_new_run < worst->share_in_new_run) worst = &stop;
  }
  if (worst != nullptr)
    out.warnings.push_back(
        warning<"forecast_failed">(worst->at, 100 * worst->share_in_new_run, 100 * out.confidence));
}

}  // namespace

Outcome Backtest::outcome() const {
  const auto is_sound = [](const BacktestStop& stop) {
    return stop.error && outcome_of(stop.status) == Outcome::sound;
  };
  const auto is_fit = [](const BacktestStop& stop) { return stop.error.has_value(); };
  if (std::none_of(stops.begin(), stops.end(), is_fit)) return Outcome::none;
  return std::any_of(stops.begin(), stops.end(), is_sound) ? Outcome::sound : Outcome::unsound;
}

Backtest backtest(const RunSource& source, const BacktestQuestion& question,
                  const FitOptions& options) {
  const LawAndRuns read =
      read_law_and_runs(source, options, question.quantity == "compute" ? "" : question.quantity);
  Backtest out;
  out.question = question;
  out.path = read.runs.path;
  out.law = read.law.name;
  out.response = read.runs.response;
  out.confidence = options.confidence;
  out.num_resamples = options.num_resamples;
  out.seed = options.seed;
  out.warnings = read.runs.warnings;
  Divided<BacktestStop> made = stops(read, question, options);
  out.shard = std::move(made.shard);
  if (out.shard) return out;
  out.stops = std::move(made.items);
  add_warning(out);
  return out;
}

}  // namespace isoloss
