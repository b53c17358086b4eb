// A fit that someone published, and what has to come out of it: a file of fits/published/, whose
// README describes the keys.

#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fits/residual_loss.h"
#include "host/base/estimate.h"

namespace isoloss {

enum class Relation { equal, at_most, at_least };
enum class FitMethod { fit, isoflop };

// A quantity, with the value that was published.
struct Expectation {
  std::string quantity;
  std::string at = "fit";  // or the name of a set of constants
  std::string rows;        // condition; empty: the rows of the fit
  std::string per;         // header; empty: over all rows at once
  double flops = 0;        // of an optimum
  std::string digits;      // as the source has them
  double value = 0;
  double tolerance = 0;  // absolute
  Relation relation = Relation::equal;
  std::size_t line = 0;  // in the file

  // Whether our value agrees with the published one. NaN never does.
  bool accepts(double ours) const;
};

// An interval of a parameter, N_exponent or D_exponent, as it was published.
struct PublishedInterval {
  std::string quantity;
  std::string lower, upper;  // as the source has them
  Interval interval;
  double confidence = 0.95;
  std::string how;       // it was made
  std::size_t line = 0;  // in the file

  double width() const { return interval.upper - interval.lower; }
};

// Values of parameters by name, as a report shows them.
struct Constants {
  std::map<std::string, double> values;
  std::size_t line = 0;
};

struct PublishedFit {
  std::string path;
  std::string name;  // the file's without .toml
  std::string title;
  std::string source;
  std::string note;
  bool reproducible = true;
  std::string reason;  // why it is not

  std::string dataset;
  std::string dataset_env;  // variable that names the dataset's folder; empty: datasets/
  std::string schedules;
  std::optional<std::size_t> num_rows;
  std::string where;
  std::size_t drop_highest_loss = 0;
  std::vector<std::string> best_of;
  std::string response;  // empty: the law's
  std::string weights;
  std::map<std::string, std::string> columns;

  FitMethod method = FitMethod::fit;
  std::string law;  // a name or a formula; empty for isoflop
  std::map<std::string, double> fix;
  ResidualLoss residual_loss;
  bool log_residual = true;
  std::string along = "params";  // of isoflop
  std::string budget = "flops";  // of isoflop
  std::map<std::string, Constants> constants;
  std::vector<Expectation> expect;
  std::vector<PublishedInterval> intervals;  // all of one confidence
};

// Half a unit of the last digit of a number as it is written: 0.005 for "0.34", 5e20 for "1.62e23".
double half_unit(std::string_view digits);

// Reads a file's text; `path` is for messages and names the fit.
//
//   throws  InputError with path and line for what is no TOML, unknown keys, values of another
//           type, and for a file that lacks what a fit needs or expects nothing
PublishedFit parse_published_fit(std::string_view text, const std::string& path);

}  // namespace isoloss
