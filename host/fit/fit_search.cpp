#include "host/fit/fit_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "fits/stopping.h"
#include "host/base/threads.h"
#include "host/fit/sampled_search.h"
#include "host/search/broken/broken_search.h"
#include "host/search/engine_choice.h"
#include "host/search/exponent_columns.h"
#include "host/search/pair_screen.h"
#include "host/search/proved_fit.h"
#include "host/search/request.h"
#include "host/search/resampled_runs.h"
#include "host/search/sampled_starts.h"
#include "host/search/start_ranges.h"
#include "host/search/starts.h"

namespace isoloss {
namespace {

constexpr int kExponentsAnAxis = 32;
constexpr int kBasins = 4;
constexpr int kStartsBesideBreaks = 32;  // where the user holds or bounds some
constexpr int kCap = 400;                // evaluations of a search that goes on
constexpr int kBumps = 16;               // of laws of many parameters, whose basins few starts find
constexpr int kBumpRounds = 8;           // at most, times the effort
constexpr int kBumpCap = 1000;
constexpr std::uint64_t kBumpStream = std::uint64_t{1} << 61;  // apart from the bootstrap's draws
constexpr int kPolished = 4;
constexpr int kSearchedOn = 4;
// Basins show in fewer runs than a large file has: only their ends see all of them.
constexpr int kMostSearched = 1 << 16;

// The best point of an engine's search, which counts the rest.
SearchEnds ends_of(const Candidate& candidate, const SearchRequest& request, SearchReport& report) {
  SearchEnds out;
  out.ends.push_back({{}, candidate.objective, 0});
  std::copy_n(candidate.theta, request.num_params, out.ends[0].theta.begin());
  out.num_starts = report.num_starts = candidate.num_started;
  report.num_agreeing = candidate.num_agreeing;
  return out;
}

// Every one of a list of starts, or the best cells of an exponent screen and some starts.
SearchEnds search_by_engine(const LawEntry& law, const Problem& problem, const FitOptions& options,
                            const std::vector<double>& starts, SearchEngine& engine,
                            SearchReport& report) {
  SearchRequest request = search_request(law, problem, options.residual_loss);
  request.starts = starts.data();
  request.num_starts = static_cast<int>(starts.size()) / law.num_params();
  request.stop = stop_token();
  std::optional<ExponentColumns> columns;
  request.start_rule = StartRule::all_starts;
  if (options.starts == StartMode::screen) {
    request.start_rule = StartRule::exponent_grid;
    request.num_basins = kBasins;
    columns.emplace(law, request.runs, kExponentsAnAxis);
    request.grid = &columns->grid();
  }
  Candidate candidate{};
  engine.search(request, &candidate);
  throw_if_stopped();
  return ends_of(candidate, request, report);
}

SearchEnds search_exponents(const LawEntry& law, const Problem& problem, const FitOptions& options,
                            SearchEngine& engine, SearchReport& report) {
  report.method = fmt::format("screen of {0} x {0} exponents", kFinestExponents);
  std::vector<double> starts;
  ScreenedStart finest;
  if (screen_exponent_pairs(law, problem.view(), kFinestExponents, engine, finest))
    starts.assign(finest.theta, finest.theta + law.num_params());
  return search_by_engine(law, problem, options, starts, engine, report);
}

SearchEnds search_by_breaks(const LawEntry& law, const Problem& problem, const FitOptions& options,
                            SearchReport& report) {
  std::vector<double> starts = given_starts(law, problem, kGivenStarts);
  if (law.is_overridden) {
    const std::vector<double> sampled =
        sampled_starts(without_starts(law), problem, kStartsBesideBreaks);
    starts.insert(starts.end(), sampled.begin(), sampled.end());
  }
  report.method = "segments, subsets, growth, merging and exchange of breaks";
  const RunsView runs = problem.view();
  SearchEnds found = search_breaks(
      law, runs, starts,
      {options.residual_loss, BrokenBudget::times(options.effort), options.num_threads});
  settle_ends({law, runs, law.box, options.residual_loss, options.num_threads}, kEnoughHits, found);
  return found;
}

// The end of the first given start among those that ended lowest; none if none was given.
std::optional<std::size_t> given_place(const SearchEnds& found) {
  std::optional<std::size_t> out;
  double least = 0;
  for (std::size_t i = 0; i < found.ends.size(); ++i) {
    const SearchEnd& end = found.ends[i];
    if (end.kind != kGivenStart || !std::isfinite(end.objective)) continue;
    if (!out) least = end.objective;
    if (!out || (ends_are_equal(end.objective, least) && end.start < found.ends[*out].start))
      out = i;
  }
  return out;
}

// The best end searched on from on resampled runs.
std::vector<SearchEnd> bumped_ends(const LawEntry& law, const RunsView& runs,
                                   const FitOptions& options, const SearchEnd& best, int round) {
  std::vector<SearchEnd> out(kBumps, best);
  parallel_for(kBumps, num_threads_to_use(options.num_threads), [&](int i, int) {
    ResampledRuns resampled(runs, law.num_inputs());
    const RunsView& drawn =
        resampled.draw(1, kBumpStream + static_cast<unsigned>(round * kBumps + i));
    std::vector<SearchEnd> own{best};
    minimise_ends({law, drawn, law.box, options.residual_loss, 1}, true, kCap, own);
    out[static_cast<std::size_t>(i)] = own[0];
  });
  return out;
}

// Resamples have their optima in other basins near the best one; from there the search goes on
// (Tibshirani & Knight 1999, "Model search by bootstrap bumping"). Ends count only if one is lower:
// their starts are not independent.
void bump(const LawEntry& law, const Problem& problem, const FitOptions& options,
          SearchEnds& found) {
  const RunsView runs = problem.view();
  const MinimisedProblem minimised{law, runs, law.box, options.residual_loss, options.num_threads};
  for (int round = 0; round < kBumpRounds * options.effort && !found.empty(); ++round) {
    std::vector<SearchEnd> ends = bumped_ends(law, runs, options, found.best(), round);
    minimise_ends(minimised, true, kBumpCap, ends);
    const double before = found.best().objective;
    SearchEnds bumped;
    bumped.add(ends);
    if (!(bumped.best().objective < before * (1 - kSameBasin))) return;
    found.add(ends);
    settle_ends(minimised, kEnoughHits, found);
  }
}

// The ends of a search of some of the runs, moved to where all of them lead.
SearchEnds search_thinned(const LawEntry& law, const Problem& problem, const FitOptions& options,
                          SearchEngine& engine, SearchReport& report) {
  const RunsView runs = problem.view();
  SearchEnds found;
  {
    const Problem some = problem.thinned(kMostSearched);
    const SearchEnds of_some = search_fit(law, some, options, engine, report);
    for (const std::size_t place : of_some.distinct(kPolished))
      found.ends.push_back(of_some.ends[place]);
    found.num_starts = of_some.num_starts;
  }
  minimise_ends({law, runs, law.box, options.residual_loss, options.num_threads}, true, kCap,
                found.ends);
  found.sort();
  report.method += fmt::format(", of {} of {} runs", kMostSearched, runs.num_runs);
  return found;
}

}  // namespace

SearchEnds search_fit(const LawEntry& law, const Problem& problem, const FitOptions& options,
                      SearchEngine& engine, SearchReport& report, const std::vector<Theta>& near) {
  if (options.starts == StartMode::random) {
    report.method = fmt::format("{} random starts", options.num_random_starts);
    return search_by_engine(law, problem, options,
                            random_starts(law, problem, options.num_random_starts, options.seed),
                            engine, report);
  }
  if (options.starts == StartMode::grid) {
    const LawEntry sized = with_sized_grids(law, problem);
    report.method = fmt::format("grid of {} starts", num_grid_starts(sized));
    return search_by_engine(law, problem, options, grid_starts(sized, problem.centre()), engine,
                            report);
  }
  if (problem.view().num_runs > kMostSearched)
    return search_thinned(law, problem, options, engine, report);
  if (can_screen_exponents(law)) return search_exponents(law, problem, options, engine, report);
  SearchEnds found;
  if (can_search_breaks(law)) found = search_by_breaks(law, problem, options, report);
  bool is_done = false;
  if (found.empty() && !near.empty()) {
    found = search_near(law, problem, options, near, report);
    is_done = !report.limit_reached;
  }
  if (!is_done && (found.empty() || !can_search_breaks(law)))
    found = search_sampled(law, problem, options, report);
  if (!is_done && law.num_free() > kManyParams) bump(law, problem, options, found);
  report.num_starts = found.num_starts;
  report.num_agreeing = found.num_agreeing();
  return found;
}

// Of equal optima, such as a sum with its terms in another order, the one that the first given
// start leads to is named.
PolishedFit polished_best(const LawEntry& law, const Problem& problem, const FitOptions& options,
                          const SearchEnds& ends) {
  std::vector<std::size_t> places = ends.distinct(kPolished);
  if (places.empty() && !ends.ends.empty()) places.push_back(0);
  if (const auto given = given_place(ends)) places.insert(places.begin(), *given);
  std::optional<PolishedFit> best;
  for (const std::size_t place : places) {
    const PolishedFit fit =
        proved_fit(law, problem.view(), options.residual_loss, ends.ends[place].theta.data());
    if (!best || !ends_are_equal(best->objective, fit.objective)) {
      if (!best || fit.objective < best->objective) best = fit;
    }
  }
  if (best) return *best;
  PolishedFit none;  // no start was finite
  none.objective = std::numeric_limits<double>::infinity();
  return none;
}

int search_on(const LawEntry& law, const Problem& problem, const FitOptions& options,
              const std::vector<Theta>& thetas, PolishedFit& fit) {
  const LawKernels kernels = law.kernels(simd_level());
  const RunsView runs = problem.view();
  const double lower = fit.objective * (1 - kLower) - kExactObjective;
  SearchEnds near;
  for (const Theta& theta : thetas)
    near.ends.push_back(
        {theta, law.solver().objective(kernels, runs, options.residual_loss, theta.data()), 0});
  near.sort();
  near.ends.resize(std::min<std::size_t>(near.ends.size(), kSearchedOn));
  minimise_ends({law, runs, law.box, options.residual_loss, options.num_threads}, true, kCap,
                near.ends);
  near.sort();
  if (near.empty() || !(near.best().objective < lower)) return 0;
  const PolishedFit best = proved_fit(law, runs, options.residual_loss, near.best().theta.data());
  if (!(best.objective < lower)) return 0;
  fit = best;
  return near.num_agreeing();
}

}  // namespace isoloss
