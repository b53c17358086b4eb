// A law with what a user says about its parameters: --fix, --bound and --start.

#pragma once

#include "host/formula/overrides.h"
#include "host/law_entry.h"

namespace isoloss {

// The law with a box and starts of the user's. A search coordinate whose box is given in shown
// units must be the shown one: inputs that the parameter's own unit is made of are no longer
// centred.
//
//   throws  InputError if the law has no such parameter, for what setting_of() refuses, and if
//           every parameter is fixed
LawEntry with_overrides(const LawEntry& law, const ParamOverrides& overrides);

}  // namespace isoloss
