// The end of a fit whose optimum lies along a valley with a nearly level floor.
//
// Two breaks that merge, a break with hardly a run on one side, a curve that one run alone tells
// of: some combination of parameters is hardly determined. A Newton step along it leaves the bend
// of the valley, and what is gained on the way is lost in the rounding of the objective; so the
// search stops anywhere. But with one parameter of the combination held, the others are well
// determined, and the slope that is left in the held one is that of the floor. Its root, or the
// bound that it points to, is the optimum: fits on a line, found by a bracket.

#pragma once

#include "host/simd/solver.h"

namespace isoloss {

// Follows the floor from a fit that is not proved, for Huber's or squared residuals.
//
//   box      as the fit was polished in
//   returns  a fit that is proved, level (flat) or lower; else the one given
//   cost     30 to 300 passes over the runs for most fits, some 2,000 at most
PolishedFit walk_valley(const LawKernels& kernels, const RunsView& runs, const ResidualLoss& rho,
                        int num_params, const PolishedFit& fit, const Box& box);

}  // namespace isoloss
