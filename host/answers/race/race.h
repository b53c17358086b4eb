// Smaller models for longer: which of several models is ahead at equal compute, tokens or time.

#pragma once

#include <string>
#include <vector>

#include "host/answers/fitted_law.h"
#include "host/answers/race/pair_race.h"
#include "host/base/status.h"

namespace isoloss {

// The smooth curves at one budget, those that have it, the lowest loss first.
struct BudgetRow {
  struct Entry {
    std::size_t curve;  // its number
    Estimate loss;
  };
  double budget = 0;
  std::vector<Entry> entries;  // two at least
  Estimate lead;               // the loss of the second less that of the first
};

struct RaceBy {
  Budget by = Budget::flops;
  std::string unit;  // FLOP, tokens, hours or the header of the time column
  std::vector<BudgetRow> rows;
  std::vector<PairRace> pairs;
};

struct RaceResult {
  RaceOptions options;
  RunTable runs;                    // that were raced
  std::vector<FittedCurve> curves;  // by size
  std::vector<RaceBy> races;
  std::vector<Warning> warnings;

  Outcome outcome() const { return Outcome::sound; }
};

// Races the curves of a source against each other. Where the options name neither a column of the
// time nor speeds, a column that usually holds the time is taken.
//
//   source   rows of several curves, see curves_of()
//   returns  estimates of smooth curves and of fitted laws with intervals from blocks of rows; the
//            same digits whatever the number of threads
//   throws   InputError for what cannot be raced, Interrupted
//   cost     1,000 resamples of 8 curves of 450 rows: some two seconds of one thread
//   source   the question: Thaddee Yann Tyl, "Chinchilla's Death", 2023
RaceResult race(const RunSource& source, const RaceOptions& options);
// The same of rows that are read already: params, tokens and the column of the time.
RaceResult race(RunTable runs, const RaceOptions& options);

}  // namespace isoloss
