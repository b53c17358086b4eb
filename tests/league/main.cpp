// Prints the league's table; see scripts/league.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "tests/league/league.h"

int main(int argc, char** argv) try {
  using namespace isoloss::league;
  CLI::App app("How often a default fit misses the global optimum", "league");
  LeagueOptions options;
  std::vector<std::string> laws;
  app.add_option("--first", options.first_seed, "First seed");
  app.add_option("--seeds", options.num_seeds, "Sets of each row")->check(CLI::PositiveNumber);
  app.add_option("--effort", options.effort, "Random starts of the reference search");
  app.add_option("--resamples", options.num_resamples, "Refits of each set");
  app.add_option("--laws", laws, "Rows of these laws alone");
  CLI11_PARSE(app, argc, argv);
  int num_sets = 0, num_missed = 0, num_false = 0, num_below = 0;
  fmt::print("{}", league_head());
  for (const Cell& cell : all_cells()) {
    if (!laws.empty() && std::find(laws.begin(), laws.end(), cell.law) == laws.end()) continue;
    const Tally tally = play(cell, options);
    fmt::print("{}", league_row(tally));
    std::fflush(stdout);
    if (!tally.missed.empty())
      fmt::print(stderr, "missed, seeds {}\n", fmt::join(tally.missed, " "));
    if (!tally.below.empty()) fmt::print(stderr, "below, seeds {}\n", fmt::join(tally.below, " "));
    num_sets += tally.num_sets;
    num_missed += tally.num_missed;
    num_false += tally.num_false;
    num_below += static_cast<int>(tally.below.size());
  }
  fmt::print("\n{} of {} sets missed, {} of them called converged; {} below an exact optimum\n",
             num_missed, num_sets, num_false, num_below);
  return num_false + num_below > 0 ? 1 : 0;
} catch (const std::exception& error) {
  fmt::print(stderr, "league: {}\n", error.what());
  return 2;
}
