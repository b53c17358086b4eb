#include "tests/league/league.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "host/search/problem.h"
#include "host/simd/simd_level.h"
#include "tests/league/convex_optimum.h"
#include "tests/synthetic_runs.h"

namespace isoloss::league {
namespace {

constexpr double kExact = 1e-24;  // an objective that is rounding alone has no ratio

FitOptions options_of(const Cell& cell, const LeagueOptions& league, int num_resamples) {
  FitOptions out;
  out.residual_loss.kind = cell.objective;
  out.num_resamples = num_resamples;
  out.num_threads = league.num_threads;
  return out;
}

// log L is linear in theta: its derivatives are the columns. By differences of a linear function,
// which are exact to rounding.
double exact_optimum(const PlantedSet& set, const ResidualLoss& rho) {
  std::vector<std::vector<double>> columns;
  std::vector<double> target;
  const auto P = static_cast<std::size_t>(set.law->num_params());
  for (std::size_t i = 0; i < set.runs.num_runs(); ++i) {
    // c x^p .. z^q: 1 and the logs of what the law reads.
    std::vector<double> row{1};
    for (const double seen : seen_of(*set.law, set.runs, i))
      row.push_back(set.law->inputs[row.size() - 1].axis == Axis::log ? seen : std::log(seen));
    row.resize(P);
    columns.push_back(row);
    target.push_back(std::log(set.runs.loss[i]));
  }
  return convex_optimum(columns, target, rho);
}

double from_planted(const PlantedSet& set, const ResidualLoss& rho) {
  const LawEntry& law = *set.law;
  const Problem problem(set.runs, law);
  const LawKernels kernels = law.kernels(simd_level());
  MinimiseOptions options;
  options.delta = rho.kind == ResidualKind::absolute ? 1e-4 : rho.smooth_delta();
  options.first_delta = std::numeric_limits<double>::infinity();
  const Theta start = law.to_search(set.theta, problem.centre());
  const SearchResult end =
      law.solver().minimise(kernels, problem.view(), start.data(), options, law.box);
  return law.solver().polish(kernels, problem.view(), rho, end.theta.data(), law.box).objective;
}

double long_search(const PlantedSet& set, FitOptions options, int effort) {
  options.num_resamples = 0;
  options.starts = StartMode::random;
  options.num_random_starts = effort;
  return fit(set.runs, set.law, options).objective;
}

double reference_of(const Cell& cell, const PlantedSet& set, const FitOptions& options,
                    int effort) {
  if (cell.is_convex) return exact_optimum(set, options.residual_loss);
  double out = from_planted(set, options.residual_loss);
  if (effort > 0) out = std::fmin(out, long_search(set, options, effort));
  return out;
}

const char* name_of(ResidualKind kind) {
  static constexpr const char* kNames[] = {"huber", "squared", "absolute"};
  return kNames[static_cast<int>(kind)];
}

}  // namespace

Tally play(const Cell& cell, const LeagueOptions& league) {
  Tally out;
  out.cell = cell;
  const FitOptions options = options_of(cell, league, league.num_resamples);
  for (int i = 0; i < league.num_seeds; ++i, ++out.num_sets) {
    const std::uint64_t seed = league.first_seed + static_cast<std::uint64_t>(i);
    const PlantedSet set = planted_set(cell, seed);
    const FitResult found = fit(set.runs, set.law, options);
    const double reference = reference_of(cell, set, options, league.effort);
    const double ratio = found.objective > kExact ? found.objective / reference : 1;
    out.lost += static_cast<double>(found.bootstrap.num_not_converged) /
                std::max(1, league.num_resamples) / league.num_seeds;
    if (cell.is_convex && ratio < 1 - kMissed) out.below.push_back(seed);
    if (!(ratio > 1 + kMissed)) continue;
    ++out.num_missed;
    out.missed.push_back(seed);
    out.worst = std::max(out.worst, ratio);
    if (found.status == Status::converged) ++out.num_false;
  }
  return out;
}

std::string league_head() {
  return "| law | objective | runs | noise | sets | missed | worst | false | lost resamples |\n"
         "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n";
}

std::string league_row(const Tally& tally) {
  return fmt::format("| {} | {} | {} | {} | {} | {} | {:.6g} | {} | {:.1f} % |\n", tally.cell.law,
                     name_of(tally.cell.objective), tally.cell.num_runs, tally.cell.noise,
                     tally.num_sets, tally.num_missed, tally.worst, tally.num_false,
                     100 * tally.lost);
}

}  // namespace isoloss::league
