// How well laws fit all runs for the parameters that they have, where the objective is a
// likelihood.

#pragma once

#include "host/answers/compare_laws/compare_laws.h"

namespace isoloss {

// AICc and BIC of n normal residuals of unknown variance, of which the law's free parameters and
// that variance are estimated; what does not differ between laws of the same runs is left out. No
// number where the runs are too few.
//
//   sum_of_squares  of the residuals, weighted as the fit is
//   source          Hurvich & Tsai 1989, Biometrika 76:297; Schwarz 1978, Annals of Statistics
//   6:461
Information information_of(std::size_t num_runs, int num_free, double sum_of_squares);

// Adds it to every law that has a fit to all runs, or says why no law has it.
//
//   optima  of all runs, a list a law of `out`; may be empty lists
//   cost    a fit of each law that has neither a fit nor an optimum of all runs yet
void add_information(const RunTable& runs, const FitOptions& options,
                     const std::vector<std::vector<Theta>>& optima, CompareLaws& out);

}  // namespace isoloss
