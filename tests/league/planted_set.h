// Sets of runs planted from known laws, far and wide: what the league's fits are tried on.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "host/laws/law_entry.h"
#include "host/reading/run_table.h"

namespace isoloss::league {

// One row of the league's table: many sets of one kind.
struct Cell {
  std::string law;  // of fits/laws/, or a formula
  ResidualKind objective = ResidualKind::huber;
  int num_runs = 0;
  double noise = 0;  // standard deviation of log L
  // The optimum is known exactly: the law's log is linear in theta, so that the objective is
  // convex.
  bool is_convex = false;
};

// Every cell: power laws without a floor in noise far above Huber's delta, where the objective is
// all kinks; laws of N and D, repeated data, mixtures of experts and broken power laws.
std::vector<Cell> all_cells();

struct PlantedSet {
  std::shared_ptr<const LawEntry> law;
  RunTable runs;
  Theta theta{};  // planted, plain units
};

// Set number `seed` of a cell: runs at random places, parameters near typical ones. The same on
// every machine.
PlantedSet planted_set(const Cell& cell, std::uint64_t seed);

}  // namespace isoloss::league
