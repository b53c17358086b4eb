#include "host/fit_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "fits/stopping.h"
#include "host/parallel.h"
#include "host/proved_fit.h"
#include "host/search/broken/broken_search.h"
#include "host/search/engine_choice.h"
#include "host/search/exponent_columns.h"
#include "host/search/pair_screen.h"
#include "host/search/projected_search.h"
#include "host/search/request.h"
#include "host/search/sampled_starts.h"
#include "host/search/start_ranges.h"
#include "host/search/starts.h"

namespace isoloss {
namespace {

constexpr int kExponentsAnAxis = 32;
constexpr int kBasins = 4;
constexpr int kStartsARound = 32;  // of laws without a screen
constexpr int kGivenStarts = 16;
constexpr int kRounds = 4;  // times the effort: the limit
// So many ends in the best basin, of starts of a low-discrepancy sample, and in some 1 of 1,000
// problems of the easier laws another one is better.
constexpr int kEnoughHits = 4;
constexpr int kCap = 400;  // evaluations a start
constexpr int kPolished = 4;
constexpr int kSearchedOn = 4;

std::vector<SearchEnd> starts_of(const std::vector<double>& values, int num_params, int kind) {
  std::vector<SearchEnd> out;
  for (std::size_t s = 0; s < values.size(); s += static_cast<std::size_t>(num_params)) {
    out.push_back({{}, 0, kind});
    std::copy_n(&values[s], num_params, out.back().theta.begin());
  }
  return out;
}

// The law as if the user had given no start.
LawEntry without_starts(LawEntry law) {
  for (LawParam& param : law.params) param.start.reset();
  return law;
}

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
  request.stop = &interrupted;
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
  throw_if_interrupted();
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

// Least squares searched with the linear parameters solved for, from each start.
std::vector<SearchEnd> projected_ends(const LawEntry& law, const Problem& problem,
                                      const std::vector<SearchEnd>& starts) {
  std::vector<SearchEnd> out;
  for (const SearchEnd& start : starts) {
    const SearchResult end = projected_search(law, problem, start.theta.data());
    throw_if_interrupted();
    out.push_back({end.theta, end.objective, start.kind});
  }
  return out;
}

// Minimises from starts, by both ways where there are two, and adds the better ends.
void add_ends_of(const LawEntry& law, const Problem& problem, const FitOptions& options,
                 std::vector<SearchEnd> starts, SearchEnds& found) {
  std::vector<SearchEnd> projected;
  if (can_project(law, options.residual_loss)) projected = projected_ends(law, problem, starts);
  const RunsView runs = problem.view();
  const MinimisedProblem minimised{law, runs, law.box, options.residual_loss, options.num_threads};
  minimise_ends(minimised, false, kCap, starts);
  for (std::size_t i = 0; i < projected.size(); ++i)
    if (projected[i].objective < starts[i].objective) starts[i] = projected[i];
  found.add(starts);
  settle_ends(minimised, kEnoughHits, found);
}

// Rounds of the best of a sample.
SearchEnds search_sampled(const LawEntry& law, const Problem& problem, const FitOptions& options,
                          SearchReport& report) {
  const LawEntry plain = without_starts(law);
  const std::vector<double> given = given_starts(law, problem, kGivenStarts);
  SearchEnds found;
  add_ends_of(law, problem, options, starts_of(given, law.num_params(), 1), found);
  const int num_points = num_samples(plain);
  const int num_rounds = num_points == 1 ? 1 : kRounds * options.effort;
  for (int round = 0; round < num_rounds; ++round) {
    const std::vector<double> starts = sampled_starts(plain, problem, kStartsARound, round);
    add_ends_of(law, problem, options, starts_of(starts, law.num_params(), 0), found);
    report.method = fmt::format("screen of {} points", (round + 1) * num_points);
    report.limit_reached = num_rounds > 1 && round + 1 == num_rounds;
    if (found.num_agreeing() >= kEnoughHits) {
      report.limit_reached = false;
      break;
    }
  }
  if (num_points == 1) report.method = "linear least squares";
  if (!given.empty()) report.method += ", the given start and points around it";
  return found;
}

SearchEnds search_by_breaks(const LawEntry& law, const Problem& problem, const FitOptions& options,
                            SearchReport& report) {
  std::vector<double> starts = given_starts(law, problem, kGivenStarts);
  if (law.is_overridden) {
    const std::vector<double> sampled = sampled_starts(without_starts(law), problem, kStartsARound);
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

}  // namespace

SearchEnds search_fit(const LawEntry& law, const Problem& problem, const FitOptions& options,
                      SearchEngine& engine, SearchReport& report) {
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
  if (can_screen_exponents(law)) return search_exponents(law, problem, options, engine, report);
  SearchEnds found;
  if (can_search_breaks(law)) found = search_by_breaks(law, problem, options, report);
  if (found.empty()) found = search_sampled(law, problem, options, report);
  report.num_starts = found.num_starts;
  report.num_agreeing = found.num_agreeing();
  return found;
}

PolishedFit polished_best(const LawEntry& law, const Problem& problem, const FitOptions& options,
                          const SearchEnds& ends) {
  std::optional<PolishedFit> best;
  std::vector<std::size_t> places = ends.distinct(kPolished);
  if (places.empty()) places.push_back(0);
  for (const std::size_t place : places) {
    const PolishedFit fit =
        proved_fit(law, problem.view(), options.residual_loss, ends.ends[place].theta.data());
    if (!best || fit.objective < best->objective * (1 - kLower)) best = fit;
  }
  return *best;
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
