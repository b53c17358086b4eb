// A law with its parameters, wherever it comes from: a fit made here, a saved fit, the literature.
// What every question is asked of.

#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "host/answers/outcome.h"
#include "host/answers/recipe.h"
#include "host/base/status.h"
#include "host/fit/result.h"
#include "host/laws/law_entry.h"
#include "host/reading/csv.h"
#include "host/reading/read_options.h"
#include "host/reading/run_table.h"

namespace isoloss {

// Runs that a law is fitted to, and how their files are read, as of read_table(); what the law
// reads is added to `read`.
struct RunSource {
  std::vector<std::string> paths;
  ReadOptions read;
  std::shared_ptr<const CsvTable> table;  // of the paths, by `read`, if they are read already
};

// The table of a source: its own, or read from the paths.
std::shared_ptr<const CsvTable> table_of(const RunSource& source);

// A law and the runs as it reads them, not yet fitted.
struct LawAndRuns {
  LawEntry law;
  RunTable runs;
};

// The law of the options; `further`: a column that is read too if the law does not. A table that is
// read here is gone when this returns: it may be large. Throws as fit() does before it searches.
LawAndRuns read_law_and_runs(const RunSource& source, const FitOptions& options,
                             const std::string& further = "");

// What a fit was made of and all that it found.
struct FittedRuns {
  RunTable runs;
  FitResult fit;
};

// Of one input in the runs that were fitted.
struct FittedRange {
  std::string symbol;
  std::string column;
  double least = 0;
  double largest = 0;
};

// Of the JSON of a fit: a reader of another version refuses it.
inline constexpr int kFitVersion = 2;

inline Outcome outcome_of(Status status) {
  return status == Status::converged ? Outcome::sound : Outcome::unsound;
}

struct FittedLaw {
  std::string title;
  std::string source;  // empty for the user's own
  std::string note;    // of a recipe
  LawEntry law;
  std::string response = "loss";
  std::vector<Theta> thetas;  // plain units: the estimate, then the draws of its bootstrap, if any
  double confidence = 0.95;
  std::vector<std::optional<Interval>> intervals;  // of the parameters as shown; one a parameter
  std::vector<FittedRange> ranges;                 // of the runs that were fitted
  std::optional<double> largest_flops;             // the same
  double flops_per_token_param = kFlopsPerTokenParam;  // C is this times N D
  bool counts_total = true;                            // N is all parameters, as far as is known
  bool withholds = false;      // the fit gives no intervals, so its draws give none
  std::string draws_checksum;  // of a saved fit: of all its draws; empty: it has none
  Status status = Status::converged;
  std::vector<Warning> warnings;           // of the fit, but those of its own budgets
  std::shared_ptr<const FittedRuns> made;  // of a fit made here

  const Theta& theta() const { return thetas.front(); }
  bool has_draws() const { return thetas.size() > 1; }
  // Of a question that names none: see host/fit/fit.h. None of a law that knows no runs.
  std::vector<double> default_budgets() const;
  Outcome outcome() const { return outcome_of(status); }
};

// Fits options.law, which may be a formula or a file, to runs.
//
//   throws  InputError for a file, a column, a law or an option that is none; DeviceError;
//           Interrupted
//   cost    0.1 s for 240 runs and 4,000 resamples of a law of terms on two cores
FittedLaw fit(const RunSource& source, const FitOptions& options = {});
// The same for its report alone: a law that is asked has its draws a second time.
FittedRuns fit_runs(const RunSource& source, const FitOptions& options = {});

// A fit that `isoloss fit --json` wrote, and the draws that `--draws` wrote beside it; no draws for
// an empty path.
//
//   throws  InputError for what is no such JSON, one of another version, a law that this program
//           does not have, a parameter without a value, and draws of another fit
FittedLaw load_fit(const std::string& path, const std::string& draws_path = "");
// The same of the bytes of the JSON; `path` is for messages.
FittedLaw parse_fit(const std::string& text, const std::string& path);

// A recipe of the literature by its name. Throws InputError for a name that is none, and for a
// recipe that is no law but power laws.
FittedLaw published(std::string_view name);
FittedLaw law_of_recipe(const Recipe& recipe);

// A fit as what is asked of.
FittedLaw law_of_fit(std::shared_ptr<const FittedRuns> made);
// Of runs that are read already; `near` as host/fit/fit.h, which says what it throws too.
FittedLaw law_fitted_to(RunTable runs, std::shared_ptr<const LawEntry> law,
                        const FitOptions& options, std::span<const Theta> near = {});

// Parameters as shown, num_params to a draw, of a file that `--draws` wrote, .npy or .csv. Throws
// InputError if its columns are not the law's.
std::vector<double> read_draws(const std::string& path, const LawEntry& law);

// Of all the numbers, to the bit. Empty for none.
std::string checksum_of(std::span<const double> numbers);
// The same of what read_draws() gives of a fit's own draws.
std::string draws_checksum(const FitResult& fit);

}  // namespace isoloss
