// From runs to the fit: the global optimum of one law, its intervals and how far to trust it.

#pragma once

#include <memory>
#include <span>
#include <vector>

#include "host/fit/result.h"
#include "host/reading/run_table.h"

namespace isoloss {

// The budgets of a question that names none: the largest run's, 10 and 100 times it.
std::vector<double> default_budgets(double largest_flops);

// Fits options.law to the runs.
//
//   runs     more runs than free parameters, with every input of the law; N in parameters, D in
//            tokens, L in nats per token
//   returns  the least objective found, polished in double, the same digits whichever engine and
//            however many threads searched; look at status before use
//   throws   InputError if the runs cannot determine the law at all or budgets are asked of a law
//            that has no compute-optimal model, DeviceError if the asked device is absent,
//            Interrupted
//   cost     a screen and some 15 evaluations of the objective a resample: 0.1 s for 240 runs and
//            4,000 resamples on two cores
//   source   objective: Hoffmann et al. 2022, arXiv:2203.15556, section 3.3; bootstrap: Efron 1979
FitResult fit(const RunTable& runs, const FitOptions& options = {});

// The same for a law that need not be one of fits/laws/: options.law, overrides and linear_residual
// are not looked at.
//
//   near  searched_optima(), host/fit/run_search.h, of nearly the same runs, or none: a law
//         without an exponent screen is searched from there with fewer starts
FitResult fit(const RunTable& runs, std::shared_ptr<const LawEntry> law,
              const FitOptions& options = {}, std::span<const Theta> near = {});

}  // namespace isoloss
