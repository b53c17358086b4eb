// Scale, box and starts of a formula's parameter where its user does not say.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fits/law.h"
#include "host/formula/roles.h"

namespace isoloss {

// Where random starts of theta are drawn.
struct StartRange {
  double lower;
  double upper;
  // About the sizes that the formula and the runs give the parameter (host/formula/param_sizes.h),
  // of |theta| in the signs that the box allows, or of theta on a log scale; lower and upper are as
  // far as it goes. Else theta itself, evenly.
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
//   any other    positive, on a log scale; any number if its sign is open, as in E + B * log(N)
//
// Data come in units of their own, so that no box says how large a number is: nothing and what
// double holds are the ends.
//
//   wanted  the scale that the user asks for
ParamDefaults param_defaults(const ParamRole& role, bool log_residual, std::optional<Scale> wanted);

// The starts inside a box; the box itself if they are all outside, or if its user has bounded it
// from both sides on a log scale.
StartRange clipped(const StartRange& starts, const Bounds& bounds, Scale scale);

// What the docs say of the boxes, one row a kind of parameter: kind, box.
struct DefaultBox {
  std::string kind;
  std::string box;
};
std::vector<DefaultBox> default_boxes();

}  // namespace isoloss
