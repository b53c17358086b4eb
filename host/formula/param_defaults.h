// Scale, box and starts of a formula's parameter where its user does not say.

#pragma once

#include <optional>

#include "fits/law.h"
#include "host/formula/roles.h"

namespace isoloss {

// Where random starts of theta are drawn.
struct StartRange {
  double lower;
  double upper;
  // The size of theta, evenly by its log between lower > 0 and upper, in the signs that the box
  // allows; else theta itself, evenly.
  bool is_of_size = false;
};

struct ParamDefaults {
  Scale scale;
  Bounds bounds;
  StartRange starts;
};

// The formula is compared with the response itself (log_residual false): any number. It is compared
// by logs, as scaling laws are:
//
//   exponent     linear; 0 to 3 if the formula falls with the columns where it is positive, -3 to 3
//                if it may rise; never zero if an exponent divides by it
//   coefficient  (the formula is linear in it) positive on a log scale, from nothing to e^90; any
//                number if what it multiplies rises with a column, as in E + B * log(N)
//   any other    the same, with wider starts, since a search cannot solve for it
//
//   wanted  the scale that the user asks for
ParamDefaults param_defaults(const ParamRole& role, bool is_coefficient, bool log_residual,
                             std::optional<Scale> wanted);

// The starts inside a box; the box itself if they are all outside.
StartRange clipped(const StartRange& starts, const Bounds& bounds);

}  // namespace isoloss
