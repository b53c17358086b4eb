#include "host/answers/compare_laws/compare_laws.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/answers/compare_laws/fold_fits.h"
#include "host/answers/compare_laws/information.h"
#include "host/answers/compare_laws/law_candidates.h"
#include "host/answers/compare_laws/mean_answer.h"
#include "host/base/error.h"
#include "host/base/text.h"
#include "host/base/warnings.h"
#include "host/fit/extrapolation_warning.h"

namespace isoloss {

bool is_like_the_best(const ComparedLaw& law) {
  return law.error && !(law.excess.interval && law.excess.interval->lower > 0);
}

namespace {

constexpr double kDistances[] = {1, 3, 10, 30, INFINITY};
constexpr std::size_t kSpareRuns = 3;  // more than parameters, to fit before a cut

// What runs are ordered by where nobody says: compute, else the first thing that a law reads.
std::string ladder_of(const Candidates& candidates) {
  if (!candidates.runs.flops.empty()) return "compute";
  return candidates.laws.front().second.inputs.front().column;
}

std::vector<Holdout> holdouts_of(const Candidates& candidates, std::vector<Holdout> asked) {
  if (!asked.empty()) return asked;
  std::size_t most = 0;
  for (const auto& [name, law] : candidates.laws)
    most = std::max(most, static_cast<std::size_t>(law.num_params()));
  std::vector<Holdout> out =
      default_holdouts(candidates.runs, ladder_of(candidates), most + kSpareRuns);
  if (out.empty())
    throw InputError(candidates.runs.path, 0, "",
                     "the runs are too few, or too much alike in compute, to hold any out",
                     "say which: ``holdout`` top-compute:20% or each-params");
  return out;
}

void add_distances(const std::vector<HeldOut>& by_holdout, ComparedLaw& law) {
  HeldOut all;
  for (const HeldOut& own : by_holdout)
    if (!own.times.empty()) all.add(own);
  for (std::size_t i = 0; i + 1 < std::size(kDistances); ++i)
    if (const auto error = error_within(all, kDistances[i], kDistances[i + 1]))
      law.by_distance.push_back({kDistances[i], kDistances[i + 1], *error});
}

bool failed_in(const ComparedLaw& law, std::size_t holdout) {
  return std::any_of(law.folds.begin(), law.folds.end(), [&](const FoldFit& fold) {
    return fold.holdout == holdout && !fold.failure.empty();
  });
}

ComparedLaw compared(const std::pair<std::string, LawEntry>& named, FoldPredictions made) {
  ComparedLaw out;
  out.name = named.first;
  out.law = std::make_shared<const LawEntry>(named.second);
  out.folds = std::move(made.folds);
  HeldOut all;
  bool has_all = true;
  for (std::size_t h = 0; h < made.by_holdout.size(); ++h) {
    const bool is_whole = !failed_in(out, h);
    has_all = has_all && is_whole;
    out.by_holdout.push_back(is_whole ? std::optional(error_of(made.by_holdout[h])) : std::nullopt);
    all.add(made.by_holdout[h]);
  }
  if (has_all) out.error = error_of(all);
  add_distances(made.by_holdout, out);
  return out;
}

HeldOut all_of(const FoldPredictions& made) {
  HeldOut out;
  for (const HeldOut& own : made.by_holdout) out.add(own);
  return out;
}

// Laws by how far off they are, the best first; those without an error last.
std::vector<std::size_t> ranking(const std::vector<ComparedLaw>& laws) {
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t i = 0; i < laws.size(); ++i)
    order.emplace_back(laws[i].error ? laws[i].error->mean_absolute : INFINITY, i);
  std::stable_sort(order.begin(), order.end());
  std::vector<std::size_t> out;
  for (const auto& [error, place] : order) out.push_back(place);
  return out;
}

void add_excesses(const Units& units, const FitOptions& options, const std::vector<HeldOut>& held,
                  const std::vector<std::size_t>& order, std::vector<ComparedLaw>& laws) {
  for (const std::size_t place : order)
    if (laws[place].error)
      laws[place].excess =
          paired_excess(held[place], held[order[0]], units, std::max(options.num_resamples, 1),
                        options.seed, options.confidence);
}

void add_r2_within(const Units& units, const std::vector<HeldOut>& held,
                   std::vector<ComparedLaw>& laws) {
  for (std::size_t i = 0; units.by_run && i < laws.size(); ++i)
    if (laws[i].error) laws[i].r2_within = r2_within_runs(held[i], units);
}

void add_weights(std::vector<ComparedLaw>& laws) {
  double sum = 0;
  for (ComparedLaw& law : laws)
    if (law.error) sum += law.weight = 1 / (law.error->rms * law.error->rms);
  for (ComparedLaw& law : laws) law.weight = sum > 0 ? law.weight / sum : 0;
}

void warn_of_likeness(CompareLaws& out) {
  std::string alike;
  for (std::size_t i = 1; i < out.laws.size(); ++i) {
    if (!is_like_the_best(out.laws[i])) continue;
    alike += (alike.empty() ? "" : ", ") + printable(out.laws[i].name);
  }
  if (!alike.empty())
    out.warnings.push_back(warning<"laws_alike">(printable(out.laws.front().name), alike));
}

void warn_of_folds(CompareLaws& out) {
  std::size_t num_unsound = 0, num_folds = 0, most = 0;
  std::string whose;
  for (const ComparedLaw& law : out.laws) {
    const auto own = static_cast<std::size_t>(
        std::count_if(law.folds.begin(), law.folds.end(), [](const FoldFit& fold) {
          return fold.failure.empty() && outcome_of(fold.status) == Outcome::unsound;
        }));
    num_unsound += own;
    num_folds += law.folds.size();
    if (own > most) whose = printable(law.name);
    most = std::max(most, own);
  }
  if (num_unsound > 0)
    out.warnings.push_back(warning<"unsound_folds">(num_unsound, num_folds, whose));
}

}  // namespace

Outcome CompareLaws::outcome() const {
  if (laws.empty() || !laws.front().error) return Outcome::none;
  const auto is_sound = [](const FoldFit& fold) {
    return fold.failure.empty() && outcome_of(fold.status) == Outcome::sound;
  };
  const std::vector<FoldFit>& best = laws.front().folds;
  return std::any_of(best.begin(), best.end(), is_sound) ? Outcome::sound : Outcome::unsound;
}

CompareLaws compare_laws(const RunSource& source, const CompareLawsQuestion& question,
                         const FitOptions& options) {
  const Candidates candidates = candidates_of(source, question.laws, options);
  CompareLaws out;
  out.question = question;
  out.question.holdouts = holdouts_of(candidates, question.holdouts);
  out.path = candidates.runs.path;
  out.num_runs = candidates.runs.num_runs();
  out.response = candidates.runs.response;
  out.seed = options.seed;
  out.confidence = options.confidence;
  out.passed = candidates.passed;
  out.warnings = candidates.runs.warnings;
  FoldFits made = fit_folds(candidates, out.question.holdouts, question.shards, options);
  out.shard = std::move(made.shard);
  if (out.shard) return out;
  std::vector<HeldOut> held;
  std::vector<ComparedLaw> laws;
  for (std::size_t i = 0; i < made.laws.size(); ++i) {
    held.push_back(all_of(made.laws[i]));
    laws.push_back(compared(candidates.laws[i], std::move(made.laws[i])));
  }
  const std::vector<std::size_t> order = ranking(laws);
  const Units units = units_of(candidates.runs, options.group_by_run);
  add_excesses(units, options, held, order, laws);
  add_r2_within(units, held, laws);
  add_weights(laws);
  std::vector<std::vector<Theta>> optima;
  for (const std::size_t place : order) {
    out.laws.push_back(std::move(laws[place]));
    optima.push_back(std::move(made.optima[place]));
  }
  answer_budgets(candidates.runs, options, out);
  add_information(candidates.runs, options, optima, out);
  warn_of_likeness(out);
  warn_of_folds(out);
  if (const auto own = extrapolation_warning(out.question.budgets, candidates.runs))
    out.warnings.push_back(*own);
  return out;
}

}  // namespace isoloss
