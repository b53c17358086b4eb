#include "host/answers/compare_laws/fold_fits.h"

#include <algorithm>
#include <cmath>

#include "host/answers/divided.h"
#include "host/answers/predict/prediction.h"
#include "host/base/error.h"
#include "host/base/threads.h"
#include "host/fit/run_search.h"

namespace isoloss {
namespace {

constexpr int kManyFolds = 4;          // pay for a fit of all runs
constexpr std::size_t kMostTimes = 4;  // what is held out, in a fold that leaves most runs

struct PlacedFold {
  std::size_t holdout;
  Fold fold;
};

// A law's fit to a fold and what it says of the rest.
struct FittedFold {
  FoldFit report;
  HeldOut held;
};
void fields(auto& visit, FittedFold& of) { visit(of.report, of.held); }

FitOptions options_of_fold(const FitOptions& options) {
  FitOptions out = options.one_of_many();
  out.num_resamples = 0;
  out.compute.clear();
  return out;
}

void predict_held_out(const FittedLaw& law, const RunTable& runs, const Fold& fold,
                      FittedFold& out) {
  const RunTable rest = picked_rows(runs, fold.held_out);
  const Predictions predictions = predict(law, new_runs(rest, law.law));
  for (std::size_t i = 0; i < rest.num_runs(); ++i) {
    const double ratio = predictions.value[i] / rest.loss[i];
    if (!(ratio > 0) || !std::isfinite(ratio)) {
      out.report.failure = "it predicts no positive number";
      out.held = {};
      return;
    }
    out.held.run.push_back(fold.held_out[i]);
    out.held.log_ratio.push_back(std::log(ratio));
    out.held.log_value.push_back(std::log(rest.loss[i]));
  }
  out.held.times = fold.times;
  out.report.mean_absolute = error_of(out.held).mean_absolute;
}

FittedFold fit_fold(const LawEntry& law, const RunTable& runs, const PlacedFold& placed,
                    const FitOptions& options, std::span<const Theta> near) {
  const Fold& fold = placed.fold;
  FittedFold out;
  out.report = {placed.holdout,
                fold.label,
                fold.fitted.size(),
                fold.held_out.size(),
                Status::converged,
                "",
                0};
  try {
    const FittedLaw fitted = law_fitted_to(picked_rows(runs, fold.fitted),
                                           std::make_shared<const LawEntry>(law), options, near);
    out.report.status = fitted.status;
    predict_held_out(fitted, runs, fold, out);
  } catch (const InputError& error) {
    out.report.failure = error.message;
  }
  return out;
}

// Whether a fit that a shard holds can be of this fold.
bool can_be_of(const PlacedFold& placed, const FittedFold& made) {
  const HeldOut& held = made.held;
  const bool is_whole = held.run.empty() || held.run == placed.fold.held_out;
  const bool is_even = held.log_ratio.size() == held.size() && held.log_value.size() == held.size();
  const bool is_status =
      made.report.status >= Status::converged && made.report.status <= Status::unconfirmed;
  return made.report.holdout == placed.holdout && is_whole && is_even && is_status;
}

std::vector<PlacedFold> all_folds(const RunTable& runs, const std::vector<Holdout>& holdouts) {
  std::vector<PlacedFold> out;
  for (std::size_t h = 0; h < holdouts.size(); ++h)
    for (Fold& fold : folds_of(runs, holdouts[h])) out.push_back({h, std::move(fold)});
  return out;
}

// Folds of one group each leave nearly all runs.
bool leaves_most(const PlacedFold& placed) {
  return placed.fold.fitted.size() > kMostTimes * placed.fold.held_out.size();
}

// The optima of all runs, a list a law, from which the folds that leave most of them are searched;
// nothing where no fold does or there is no fit.
std::vector<std::vector<Theta>> optima_of_all(const Candidates& candidates,
                                              const std::vector<PlacedFold>& folds,
                                              const FitOptions& options, int num_threads) {
  std::vector<std::vector<Theta>> out(candidates.laws.size());
  if (std::count_if(folds.begin(), folds.end(), leaves_most) < kManyFolds) return out;
  parallel_for(static_cast<int>(out.size()), num_threads, [&](int item, int) {
    const auto place = static_cast<std::size_t>(item);
    try {
      const auto law = std::make_shared<const LawEntry>(candidates.laws[place].second);
      out[place] = searched_optima(candidates.runs, law, options);
    } catch (const InputError&) {
      return;  // a fold says why
    }
  });
  return out;
}

}  // namespace

FoldFits fit_folds(const Candidates& candidates, const std::vector<Holdout>& holdouts,
                   const ShardOptions& shards, const FitOptions& options) {
  const std::vector<PlacedFold> folds = all_folds(candidates.runs, holdouts);
  const std::size_t num_laws = candidates.laws.size();
  const FitOptions own = options_of_fold(options);
  const int num_threads = num_threads_to_use(options.num_threads);
  FoldFits out{std::vector<FoldPredictions>(num_laws),
               optima_of_all(candidates, folds, own, num_threads),
               {}};
  std::vector<const LawEntry*> laws;
  for (const auto& [name, law] : candidates.laws) laws.push_back(&law);
  const auto make = [&](int item) {
    const std::size_t law = static_cast<std::size_t>(item) % num_laws;
    const PlacedFold& fold = folds[static_cast<std::size_t>(item) / num_laws];
    const bool is_near = leaves_most(fold);
    return fit_fold(*laws[law], candidates.runs, fold, own,
                    is_near ? out.optima[law] : std::span<const Theta>());
  };
  Divided<FittedFold> made = divided<FittedFold>(
      {static_cast<int>(num_laws * folds.size()), "fits", num_threads}, shards,
      checksum_of_work(shards, candidates.runs, laws), make, [&](const FittedFold& of, int item) {
        return can_be_of(folds[static_cast<std::size_t>(item) / num_laws], of);
      });
  out.shard = std::move(made.shard);
  if (out.shard) return out;
  std::vector<FittedFold>& fitted = made.items;
  for (FoldPredictions& law : out.laws) law.by_holdout.resize(holdouts.size());
  for (std::size_t place = 0; place < fitted.size(); ++place) {
    FoldPredictions& law = out.laws[place % num_laws];
    law.by_holdout[fitted[place].report.holdout].add(fitted[place].held);
    law.folds.push_back(std::move(fitted[place].report));
  }
  return out;
}

}  // namespace isoloss
