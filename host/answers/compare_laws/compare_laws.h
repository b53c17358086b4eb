// Which law: by how well each predicts runs that it was not fitted to.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/answers/compare_laws/held_out_error.h"
#include "host/answers/compare_laws/holdout.h"
#include "host/answers/fitted_law.h"
#include "host/answers/optimum/answer.h"
#include "host/base/shard.h"

namespace isoloss {

struct CompareLawsQuestion {
  std::vector<std::string> laws;  // names, formulas or @FILE; empty: all that the columns allow
  std::vector<Holdout> holdouts;  // empty: default_holdouts
  std::vector<double> budgets;    // FLOP: what each law would train; may be empty
  ShardOptions shards = {};       // by law and fold
};

// A law on one split.
struct FoldFit {
  std::size_t holdout = 0;  // of the question, by place
  std::string label;
  std::size_t num_fitted = 0;
  std::size_t num_held_out = 0;
  Status status = Status::converged;  // of the fit
  std::string failure;                // why there is none; else empty
  double mean_absolute = 0;           // of the predictions of what was held out
};
// As host/base/records.h has it.
void fields(auto& visit, FoldFit& of) {
  visit(of.holdout, of.label, of.num_fitted, of.num_held_out, of.status, of.failure,
        of.mean_absolute);
}

// How far off a law is so far beyond the runs that it was fitted to.
struct ErrorAtDistance {
  double at_least = 0, below = 0;  // times the largest fitted
  HeldOutError error;
};

// How well a law fits all runs for the parameters that it has: less is better. Only differences
// between laws of the same runs mean anything.
struct Information {
  int num_free = 0;  // parameters
  double aicc = 0;
  double bic = 0;
  double weight = 0;  // by AICc; those of all laws sum to one
};

struct ComparedLaw {
  std::string name;  // as it was asked for
  std::shared_ptr<const LawEntry> law;
  std::vector<FoldFit> folds;
  std::vector<std::optional<HeldOutError>>
      by_holdout;                     // one a holdout; nothing where a fold failed
  std::optional<HeldOutError> error;  // of all that was held out; nothing if a fold has failed
  std::optional<double> r2_within;    // of it, see r2_within_runs(); nothing without such runs
  std::vector<ErrorAtDistance> by_distance;
  Estimate excess;    // of mean |predicted / measured - 1| over the best law's, on the same runs
  double weight = 0;  // of its answers in the mean: as 1 / rms^2; they sum to one
  std::optional<Information> information;      // where the objective is a likelihood
  std::optional<FittedLaw> fit;                // to all runs, if budgets were asked
  std::vector<std::optional<Answer>> answers;  // one a budget; nothing where the law has none
};

// Whether the runs do not tell it from the first of the laws.
bool is_like_the_best(const ComparedLaw& law);

// A law that was not compared, and why.
struct PassedLaw {
  std::string name;
  std::string reason;
};

// What the laws say together at one budget: weighted geometric means, with intervals of all their
// draws, each law's by its weight, so that what the laws disagree in is inside.
struct MeanAnswer {
  double budget = 0;
  Estimate N, D, loss;
};

struct CompareLaws {
  CompareLawsQuestion question;  // with the defaults filled in
  std::string path;
  std::size_t num_runs = 0;
  std::string response;
  std::uint64_t seed = 1;
  double confidence = 0.95;
  std::vector<ComparedLaw> laws;  // best first; those without an error last
  std::vector<PassedLaw> passed;
  std::vector<MeanAnswer> means;
  std::string no_information;  // why no law has any; empty: they have
  std::vector<Warning> warnings;
  std::shared_ptr<const Shard> shard;  // of question.shards: then nothing else is whole

  // none if no law could be compared, unsound if no fit of the best one is sound.
  Outcome outcome() const;
};

// Fits every law to what each holdout leaves, and predicts what it held out.
//
//   source    the runs; a law whose columns they lack is passed over if laws were not named
//   options   of every fit; num_resamples counts where budgets are asked, and for the intervals of
//             differences
//   throws    InputError for a holdout that cannot be, fewer than two laws, and of laws that were
//             named for a column that they lack; DeviceError; Interrupted
//   cost      a fit without a bootstrap for each law and fold, from the optimum of all runs where a
//             fold leaves nearly all of them; a bootstrap of each law for budgets
//   source    errors by extrapolation: Hoffmann et al. 2022 fit, and Choshen et al. 2024
//             (arXiv:2410.11840) judge, laws by the largest runs held out; weights: Bates & Granger
//             1969, inverse squared error
CompareLaws compare_laws(const RunSource& source, const CompareLawsQuestion& question,
                         const FitOptions& options = {});

}  // namespace isoloss
