#include "host/fit/sampled_search.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/base/threads.h"
#include "host/search/projected_search.h"
#include "host/search/sampled_starts.h"

namespace isoloss {
namespace {

constexpr int kStartsARound = 32;  // of laws without a screen
constexpr int kStartsNear = kStartsARound / 2;
constexpr int kOthers = 7;      // of resamples, beside that of least squares, to confirm it
constexpr int kRounds = 4;      // times the effort: the limit
constexpr int kStartCap = 400;  // evaluations a start
constexpr int kLongCap = 1000;  // of laws of many parameters, which also get twice the starts

std::vector<SearchEnd> starts_of(const std::vector<double>& values, int num_params, int kind) {
  std::vector<SearchEnd> out;
  for (std::size_t s = 0; s < values.size(); s += static_cast<std::size_t>(num_params)) {
    out.push_back({{}, 0, kind, static_cast<int>(out.size())});
    std::copy_n(&values[s], num_params, out.back().theta.begin());
  }
  return out;
}

// Least squares searched with the linear parameters solved for, from each start.
std::vector<SearchEnd> projected_ends(const LawEntry& law, const Problem& problem,
                                      const std::vector<SearchEnd>& starts) {
  std::vector<SearchEnd> out;
  for (const SearchEnd& start : starts) {
    const SearchResult end = projected_search(law, problem, start.theta.data());
    throw_if_stopped();
    out.push_back({end.theta, end.objective, start.kind, start.start});
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
  minimise_ends(minimised, false, law.num_free() > kManyParams ? kLongCap : kStartCap, starts);
  for (std::size_t i = 0; i < projected.size(); ++i)
    if (projected[i].objective < starts[i].objective) starts[i] = projected[i];
  found.add(starts);
  settle_ends(minimised, kEnoughHits, found);
}

// Of equal optima the one that a near optimum leads to is named.
std::vector<SearchEnd> starts_at(const std::vector<Theta>& near) {
  std::vector<SearchEnd> out;
  for (const Theta& theta : near)
    out.push_back({theta, 0, kGivenStart, static_cast<int>(out.size())});
  return out;
}

}  // namespace

LawEntry without_starts(LawEntry law) {
  for (LawParam& param : law.params) param.start.reset();
  return law;
}

SearchEnds search_sampled(const LawEntry& law, const Problem& problem, const FitOptions& options,
                          SearchReport& report) {
  const LawEntry plain = without_starts(law);
  const std::vector<double> given = given_starts(law, problem, kGivenStarts);
  SearchEnds found;
  add_ends_of(law, problem, options, starts_of(given, law.num_params(), kGivenStart), found);
  const int num_points = num_samples(plain);
  const int num_starts = law.num_free() > kManyParams ? 2 * kStartsARound : kStartsARound;
  const int num_rounds = num_points == 1 ? 1 : kRounds * options.effort;
  for (int round = 0; round < num_rounds; ++round) {
    std::vector<double> starts = sampled_starts(plain, problem, num_starts, round);
    if (num_points == 1 && law.log_residual && !starts.empty()) {
      const std::vector<double> others = resampled_starts(law, problem, starts.data(), kOthers);
      starts.insert(starts.end(), others.begin(), others.end());
    }
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

SearchEnds search_near(const LawEntry& law, const Problem& problem, const FitOptions& options,
                       const std::vector<Theta>& near, SearchReport& report) {
  SearchEnds found;
  add_ends_of(law, problem, options, starts_at(near), found);
  const LawEntry plain = without_starts(law);
  const int num_points = num_samples(plain);
  report.limit_reached = true;  // a law without a sample has another search
  for (int round = 0; num_points > 1 && report.limit_reached && round < kRounds * options.effort;
       ++round) {
    const std::vector<double> starts = sampled_starts(plain, problem, kStartsNear, round);
    add_ends_of(law, problem, options, starts_of(starts, law.num_params(), 0), found);
    report.method = fmt::format("near optima and a screen of {} points", (round + 1) * num_points);
    report.limit_reached = found.num_agreeing() < kEnoughHits + 1;
  }
  return found;
}

}  // namespace isoloss
