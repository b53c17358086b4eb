// The search of runs for a law, before anything is made of where it ends.

#pragma once

#include <memory>
#include <span>
#include <vector>

#include "host/fit/searched_law.h"
#include "host/search/engine_choice.h"

namespace isoloss {

// Residuals of the response itself are searched in units of law.unit: delta is given in that unit,
// and an objective has its square.
FitOptions in_unit_of(const LawEntry& law, FitOptions options);

// The engine of the fit and its bootstrap together. Throws DeviceError.
ChosenEngine engine_for(const RunTable& runs, const LawEntry& law, const FitOptions& options);

// search_widening() by options in the law's unit. Throws InputError too, where no start has a
// finite objective and where there is no memory for so many runs.
Searched searched_runs(const RunTable& runs, std::shared_ptr<const LawEntry> law,
                       const FitOptions& options, SearchEngine& engine,
                       std::span<const Theta> near = {});

// Where the search of these runs ends, plain units of what it moves: starts for fits of nearly the
// same runs, whose optimum may be in another basin. The best first, then some other basins, each
// once: starts that are one point agree whatever they lead to. Throws as fit() does.
std::vector<Theta> searched_optima(const RunTable& runs, std::shared_ptr<const LawEntry> law,
                                   const FitOptions& options);

}  // namespace isoloss
