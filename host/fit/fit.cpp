#include "host/fit/fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "host/base/error.h"
#include "host/base/memory.h"
#include "host/base/stop.h"
#include "host/base/text.h"
#include "host/fit/asymptotic.h"
#include "host/fit/bootstrap.h"
#include "host/fit/derived.h"
#include "host/fit/draws_report.h"
#include "host/fit/fit_checks.h"
#include "host/fit/fit_warnings.h"
#include "host/fit/further_intervals.h"
#include "host/fit/identifiability.h"
#include "host/fit/lack_of_fit.h"
#include "host/fit/profile.h"
#include "host/fit/run_search.h"
#include "host/fit/searched_law.h"
#include "host/fit/shard.h"
#include "host/laws/law_choice.h"
#include "host/search/broken/broken_search.h"
#include "host/search/convexity.h"
#include "host/search/engine_choice.h"
#include "host/search/exponent_columns.h"
#include "host/search/problem.h"
#include "host/search/proved_fit.h"
#include "host/search/sampled_starts.h"
#include "host/search/starts.h"

namespace isoloss {
namespace {

constexpr int kMostReturns = 8;        // to the search, from what was lower than its fit
constexpr int kBootstrapStarts = 255;  // of a sample, for laws without terms
constexpr int kOtherBasins = 8;
constexpr std::size_t kDrawsSearchedFrom = 64;
constexpr std::size_t kMostEnds = 200;

// Candidate starts for the resamples of a law that no exponent screen serves: the fit itself, other
// basins that the search met, and the best of a sample where breaks do not give better ones.
std::vector<double> bootstrap_starts(const LawEntry& law, const Problem& problem,
                                     const PolishedFit& fit, const SearchEnds& found) {
  if (can_screen_exponents(law)) return {};
  std::vector<double> starts;
  const auto add = [&](const Theta& theta) {
    starts.insert(starts.end(), theta.begin(), theta.begin() + law.num_params());
  };
  add(fit.theta);
  for (const std::size_t place : found.distinct(kOtherBasins)) add(found.ends[place].theta);
  if (can_search_breaks(law)) return starts;
  const std::vector<double> others = sampled_starts(law, problem, kBootstrapStarts);
  starts.insert(starts.end(), others.begin(), others.end());
  return starts;
}

void add_residuals(const Problem& problem, const PolishedFit& fit, FitResult& result) {
  const RunsView runs = problem.view();
  std::vector<double> hat(static_cast<std::size_t>(runs.num_padded));
  const LawKernels kernels = result.law->kernels(simd_level());
  kernels.predict(kernels.tape, runs, fit.theta.data(), hat.data());
  double sum = 0;
  int beyond = 0;
  result.residuals.clear();
  for (int i = 0; i < runs.num_runs; ++i) {
    const double r = result.law->unit * (hat[static_cast<std::size_t>(i)] - runs.target[i]);
    result.residuals.push_back(r);
    sum += r * r;
    beyond += std::fabs(r) > result.options.residual_loss.huber_delta ? 1 : 0;
  }
  result.rms_residual = std::sqrt(sum / runs.num_runs);
  result.share_beyond_delta = static_cast<double>(beyond) / runs.num_runs;
}

// An exponent screen looks at every basin that there is; other searches must meet the best one
// twice.
bool is_confirmed(const FitResult& result) {
  const bool is_screened =
      result.options.starts == StartMode::screen && can_screen_exponents(*result.law);
  return is_screened || result.search.is_convex ||
         result.search.num_agreeing + result.search.num_later > 1;
}

// A level end that is no face of kinks, whose widths would be known: what it is open in is curved.
bool is_open(const FitResult& result, const PolishedFit& fit) {
  return fit.flat && std::none_of(result.face_width.begin(), result.face_width.end(),
                                  [](double width) { return width > 0; });
}

Status status_of(const FitResult& result, const Problem& problem, const PolishedFit& fit) {
  const bool at_bound =
      std::any_of(fit.at_bound.begin(), fit.at_bound.begin() + result.law->num_params(),
                  [](bool bound) { return bound; });
  if (!predicts(result.identifiability) || is_open(result, fit) ||
      goes_through_any(static_cast<std::size_t>(problem.view().num_runs), *result.law))
    return Status::not_identifiable;
  if (at_bound) return Status::at_bound;
  if (!fit.converged) return Status::not_converged;
  return is_confirmed(result) ? Status::converged : Status::unconfirmed;
}

// `best`, of what was moved, as a fit of the law itself.
PolishedFit own_fit(const Moved& moved, const PolishedFit& best, const LawEntry& law,
                    const Problem& problem, const FitOptions& searched) {
  PolishedFit own = moved.to_law(best, law, problem);
  if (moved.is_form())
    own.objective = law.solver().objective(law.kernels(simd_level()), problem.view(),
                                           searched.residual_loss, own.theta.data());
  return own;
}

// Where starts ended, as far as they are known one by one.
void report_ends(const std::vector<SearchEnd>& ends, FitResult& result) {
  std::vector<double> finite;
  for (const SearchEnd& end : ends)
    if (std::isfinite(end.objective)) finite.push_back(end.objective * objective_unit(result));
  const std::size_t num = std::min(kMostEnds, finite.size());
  for (std::size_t i = 0; num > 1 && i < num; ++i)
    result.search.ends.push_back(finite[i * (finite.size() - 1) / (num - 1)]);
}

// Makes `moved_best`, of what was moved, the fit.
//
//   returns  that, as a fit of the law itself
PolishedFit take_fit(const Moved& moved, const PolishedFit& moved_best, const Problem& problem,
                     const FitOptions& searched, FitResult& result) {
  const LawEntry& law = *result.law;
  const PolishedFit best = own_fit(moved, moved_best, law, problem, searched);
  result.theta = law.from_search(best.theta, problem.centre());
  result.objective = best.objective * objective_unit(result);
  result.bound_theta = best.theta;
  result.scaled_gradient = best.scaled_gradient;
  result.face_width = face_width(law, problem.view(), searched.residual_loss, best);
  result.params.clear();
  for (std::size_t k = 0; k < law.params.size(); ++k) {
    ParamEstimate param;
    param.name = law.params[k].name;
    param.meaning = law.params[k].meaning;
    param.at_bound = best.at_bound[k];
    param.fixed = law.is_held(static_cast<int>(k));
    result.params.push_back(std::move(param));
  }
  result.search.is_convex = is_convex(law, problem, best.theta);
  result.identifiability = identifiability(law, problem, best);
  if (moved.is_form())
    result.identifiability.form_condition =
        identifiability(moved.law, moved.problem, moved_best).condition;
  result.status = status_of(result, problem, best);
  add_residuals(problem, best, result);
  add_asymptotic_errors(problem, best, result);
  return best;
}

// Searches on from points that something came by after the fit. True if that makes another fit.
bool goes_on(const Moved& moved, const FitOptions& options, const std::vector<Theta>& elsewhere,
             PolishedFit& best, FitResult& result) {
  const int num_lower = search_on(moved.law, moved.problem, options, elsewhere, best);
  if (num_lower == 0) return false;
  result.search.num_agreeing = 0;
  result.search.num_later = num_lower;
  return true;
}

// The optima of a few resamples.
std::vector<Theta> first_draws(const Draws& draws) {
  std::vector<Theta> out;
  for (std::size_t i = 0; i < std::min(kDrawsSearchedFrom, draws.fits.size()); ++i)
    out.push_back(draws.fits[i].theta);
  return out;
}

// Of all resamples: fitted here, or where the shards were made.
void add_draws(Bootstrap& bootstrap, const Units& units, const Moved& moved, const Problem& problem,
               FitResult& result) {
  const FitOptions& options = result.options;
  DrawsReport report(moved, problem, result);
  const TakeFits take = [&](std::span<const PolishedFit> fits) { report.take(fits); };
  if (options.shards.joined)
    give_refits(options.shards.joined->of(bootstrap.checksum(), options.num_resamples),
                moved.law.num_params(), take);
  else
    bootstrap.give(options.all_resamples(), take);
  report.finish(bootstrap.pilot(), units);
}

// They are of a fit that is not the lowest.
void take_back_profiles(FitResult& result) {
  result.search.lower_is_known = true;
  if (result.status == Status::converged) result.status = Status::unconfirmed;
  std::vector<Estimate*> all{&result.N_exponent, &result.D_exponent};
  for (ParamEstimate& param : result.params) all.push_back(&param);
  for (OptimumEstimate& at : result.optima)
    for (Estimate* own : {&at.N, &at.D, &at.L}) all.push_back(own);
  for (Estimate* own : all) own->constrained_profile.reset();
}

}  // namespace

std::vector<double> default_budgets(double largest_flops) {
  return {largest_flops, 10 * largest_flops, 100 * largest_flops};
}

FitResult fit(const RunTable& runs, const FitOptions& options) {
  LawEntry law = choose_law({options.law, options.overrides, !options.linear_residual, ""}, {});
  if (!law.log_residual) law = scaled_to(law, runs);
  return fit(runs, std::make_shared<const LawEntry>(std::move(law)), options);
}

FitResult fit(const RunTable& runs, std::shared_ptr<const LawEntry> of_law,
              const FitOptions& options, std::span<const Theta> near) {
  const StopScope scope(options.stop);
  FitResult result;
  result.options = options;
  result.options.stop = nullptr;  // it need not outlive the fit
  require_enough_runs(runs, *of_law);
  require_small_grid(*of_law, options);
  const double largest_C = largest_budget(runs, options);
  result.budgets_asked = !options.compute.empty();
  if (result.budgets_asked && of_law->optimum == nullptr) refuse_budgets(*of_law);
  if (!result.budgets_asked && of_law->optimum != nullptr)
    result.options.compute = default_budgets(largest_C);

  const FitOptions searched = in_unit_of(*of_law, options);
  const ChosenEngine chosen = engine_for(runs, *of_law, searched);
  const Searched found = searched_runs(runs, std::move(of_law), searched, *chosen.engine, near);
  result.law = found.law;
  result.search = found.report;
  report_ends(found.ends.ends, result);
  const LawEntry& law = *result.law;
  const Moved& moved = *found.moved;
  const Problem problem(runs, law, searched.residual_loss.over_penalty);
  PolishedFit best = found.best;
  const Units units = units_of(runs, options.group_by_run);
  const auto take_best = [&] { return take_fit(moved, best, problem, searched, result); };
  for (int round = 0;; ++round) {
    const PolishedFit own = take_best();
    std::vector<Theta> elsewhere = add_profiles(problem, own, units, result);
    if (!moved.is_form() && goes_on(moved, searched, elsewhere, best, result)) {
      if (round < kMostReturns) continue;
      take_best();
    }
    result.search.lower_is_known = !elsewhere.empty();
    if (result.search.lower_is_known && result.status == Status::converged)
      result.status = Status::unconfirmed;
    if (options.num_resamples == 0) break;
    Bootstrap bootstrap(moved.law, moved.problem, units, *chosen.engine,
                        bootstrap_starts(moved.law, moved.problem, best, found.ends), searched,
                        best);
    const bool is_lower = goes_on(moved, searched, first_draws(bootstrap.pilot()), best, result);
    if (is_lower && round < kMostReturns) continue;
    if (options.shards.is_part()) {
      result.shard = std::make_shared<const Shard>(shard_of(bootstrap, moved.law, options));
      return result;
    }
    add_draws(bootstrap, units, moved, problem, result);
    if (!is_lower) break;
    // Something lower may be left, and the draws are those of a fit that is no longer it.
    take_best();
    if (result.status == Status::converged) result.status = Status::unconfirmed;
    break;
  }
  // Known only now: --device auto may have changed it on the way.
  result.search.device = chosen.engine->name();
  result.search.device_reason = chosen.reason();
  const FurtherIntervals further(runs, moved, best, problem, units, searched, result);
  add_estimates(result, largest_C, &further);
  if (further.met_lower()) take_back_profiles(result);
  result.lack_of_fit = lack_of_fit(runs, result, units);
  add_fit_warnings(runs, result);
  result.warnings.insert(result.warnings.end(), runs.warnings.begin(), runs.warnings.end());
  return result;
}

}  // namespace isoloss
