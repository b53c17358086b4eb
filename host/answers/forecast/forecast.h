// What to train in the years ahead, if compute, efficiency and data grow as assumed.
//
// Rows are the estimate under the stated values, then samples: a draw of the fit, and a number for
// every assumption that has a range. A sample keeps its rates in all years.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "host/answers/forecast/growth.h"
#include "host/answers/forecast/until.h"
#include "host/answers/optimum/answer.h"
#include "host/answers/optimum/device.h"
#include "host/answers/optimum/recipe_point.h"

namespace isoloss {

struct Assumptions {
  Uncertain compute;                       // FLOP in the first year
  Growth growth;                           // of compute, a year; of hardware apart, of the spending
  std::optional<Growth> efficiency;        // of what FLOP are worth, a year; FLOP of the first year
  std::optional<Uncertain> unique_tokens;  // that there are in the first year
  std::optional<Growth> data_growth;       // of those, a year
  int num_years = 0;                       // behind the first, 1 .. kMostYears
  // In place of the efficiency its parts: of the FLOP that the same money buys, and of what a FLOP
  // is worth, a year.
  std::optional<Growth> hardware = {}, algorithms = {};

  bool has_range() const;
  // Of what a FLOP that is run is worth.
  const std::optional<Growth>& worth() const { return algorithms ? algorithms : efficiency; }
};

// Where intervals come from.
struct Sampling {
  int num_samples = 4000;  // of laws without draws
  std::uint64_t seed = 1;
};

// Where bits are a choice: those of the estimate, and the share of the samples that choose the
// same.
struct YearBits {
  Bits bits;
  double share_alike = 1;
};

// What the stock of unique tokens does to a year.
struct DataYear {
  Estimate stock;                 // unique tokens
  Estimate asked;                 // tokens of the optimum without bound, over the stock
  Estimate params_once;           // of the best model that sees every token once at most
  Estimate loss_once, cost_once;  // its loss; by how much that is above the loss without bound
  // The same with repetition, where the law weighs it; tokens count every pass.
  std::optional<Estimate> params_repeated, tokens_repeated, loss_repeated, cost_repeated;
};

struct ForecastYear {
  int years = 0;                  // since the first
  Estimate compute, effective;    // FLOP paid for; FLOP of the first year that are worth as much
  std::optional<Estimate> spent;  // of hardware apart: what is paid, in FLOP at first-year prices
  // Of least loss for the effective FLOP, however many tokens that takes.
  Estimate N, D, tokens_per_param, loss;
  PlanEnd end = PlanEnd::interior;      // of the estimate
  double share_without = 0;             // of the samples, that have no such model
  std::optional<double> extrapolation;  // effective FLOP over the largest run's
  std::optional<DataYear> data;
  std::optional<YearBits> bits;
};

// When the optimum comes to ask for more tokens than there are; years since the first, 0 where it
// does so from the first year on, infinite where it does not within kMostYears.
struct Binding {
  Estimate years;
  std::optional<double> share_by_end;  // of the samples, within the years of the forecast
};

// One recipe of the literature, a point for each year.
struct RecipeYears {
  const Recipe* recipe;
  std::vector<RecipePoint> points;
};

struct ForecastQuestion {
  Assumptions assumptions;
  Sampling sampling;
  std::optional<int> from;             // the first year; absent: years are counted from 0
  std::vector<const Recipe*> recipes;  // beside the law, for the same effective FLOP
  std::vector<Until> untils;           // whose years are asked
  PlanOptions plans;  // limits apply; of what is held the law and each recipe take what they read
  std::vector<double> bits = {};          // where they are a choice: see weighed_bits.h
  std::optional<Decoding> decoding = {};  // what the limits follow
  const Device* device = nullptr;         // of which it is
};

struct Forecast {
  ForecastQuestion question;
  std::vector<ForecastYear> years;
  std::optional<Binding> binding;  // of a stock
  std::vector<UntilYears> untils;  // of each, but two of a loss beside a stock
  std::vector<RecipeYears> recipes;
  std::size_t num_samples = 0;
  Status status = Status::converged;  // of the law
  std::vector<Warning> warnings;      // of the law, then of the years

  // none if a year has no optimum, else the law's.
  Outcome outcome() const;
};

// Forecasts of one law that differ in what they assume.
struct Scenario {
  std::string name, note;
  Forecast forecast;
};
struct Scenarios {
  std::vector<Scenario> scenarios;

  // The worst of them.
  Outcome outcome() const;
  // Each kind once: of the scenario that goes farthest of those that have it.
  std::vector<Warning> warnings() const;
};

// What the law and the assumptions say of every year.
//
//   throws  InputError for budgets and stocks that leave all reason before the last year, for
//           unique tokens that are held and not assumed, for what is held and nothing reads, and as
//           SurfaceProgram does
//   cost    that of host/answers/optimum/plan.h for every sample and year, three times with a stock
Forecast forecast(const FittedLaw& law, const ForecastQuestion& question);

// One recipe of the literature, asked for the stated budget of every year, as it counts N. `held`
// may hold what other laws read. Throws InputError as recipe_points does.
std::vector<RecipePoint> recipe_years(const Recipe& recipe, const Assumptions& assumptions,
                                      const HeldInputs& held);

}  // namespace isoloss
