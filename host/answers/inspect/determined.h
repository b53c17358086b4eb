// How well the runs determine each parameter, and the exponent of the best model.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/fit/result.h"
#include "host/reading/run_table.h"

namespace isoloss {

// From the best to the worst.
enum class Determination {
  determined,
  rough,  // its interval reaches farther than half the value to either side in the mean
  open,   // an end of its interval is not bounded, or there is none
};

const char* determination_name(Determination how);

struct Determined {
  std::string name;
  double value = 0;  // by least squares
  std::optional<Interval> interval;
  Determination how = Determination::open;
};

// By profile intervals of a fit of squared residuals to the runs, of rows as independent.
// Parameters that are held are left out.
//
//   source  Raue et al. 2009, Bioinformatics 25:1923: an interval that is not bounded is what a
//           parameter that cannot be identified has
std::vector<Determined> determined_quantities(const RunTable& runs, const FitResult& squared);

}  // namespace isoloss
