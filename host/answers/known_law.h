// A law with its parameters, from wherever an optimum is asked of it: a saved fit, a fit made just
// now, or the literature.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/answers/recipe.h"
#include "host/fit/result.h"
#include "host/reading/run_table.h"

namespace isoloss {

struct KnownLaw {
  std::string title;
  std::string source;  // empty for the user's own
  LawEntry law;
  std::vector<Theta> thetas;  // plain units: the estimate, then the draws of its bootstrap, if any
  double confidence = 0.95;
  std::optional<double> largest_flops;  // of the runs that were fitted
  bool counts_total = true;             // N is all parameters, as far as is known
  std::string note;                     // of a recipe
  bool is_sound = true;           // false: the fit is not converged, at a bound or not identifiable
  std::vector<Warning> warnings;  // of the fit, but those of its own budgets

  bool has_draws() const { return thetas.size() > 1; }
};

// Of what is asked so far beyond the runs that were fitted: FLOP over the largest run's. Nothing
// for what is near.
std::optional<Warning> extrapolation_warning(double farthest);

// A fit that `isoloss fit --json` wrote, and the draws that `--draws` wrote beside it; no draws for
// an empty path. Throws InputError as host/answers/saved_fit.h does.
KnownLaw known_law_of_file(const std::string& fit_path, const std::string& draws_path);
KnownLaw known_law_of_fit(const RunTable& runs, const FitResult& fit);
// Throws InputError for a recipe that is no law but power laws.
KnownLaw known_law_of_recipe(const Recipe& recipe);

}  // namespace isoloss
