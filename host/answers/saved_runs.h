// A saved fit with the runs that it was made of, as far as its file has them.

#pragma once

#include <string>

#include "host/answers/fitted_law.h"

namespace isoloss {

// What the charts of a fit are made of: runs, estimates, residuals, draws. The compute of a run is
// k N D where the law does not read it. Profiles are left out where the user held a parameter: the
// file does not say within which bounds others were.
//
//   throws  InputError as load_fit() does, and for a fit whose file has no rows
FittedRuns saved_runs(const std::string& path, const std::string& draws_path = "");

}  // namespace isoloss
