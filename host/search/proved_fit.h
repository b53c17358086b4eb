// From what a search proposes to a fit that is proved: the polish, and what is tried after it.

#pragma once

#include <vector>

#include "fits/search.h"
#include "host/laws/law_entry.h"

namespace isoloss {

// The fit of runs from a candidate (kMaxParams entries), in a box or in the law's own. What a
// polish does not prove is searched again from where it ended, then along the valley that it is in.
PolishedFit proved_fit(const LawEntry& law, const RunsView& runs, const ResidualLoss& rho,
                       const double* candidate, const Box& box);
PolishedFit proved_fit(const LawEntry& law, const RunsView& runs, const ResidualLoss& rho,
                       const double* candidate);

// The same of a resample. What an engine has polished is only proved; what a polish does not prove
// is finished from the fit of all runs, if there is one, before it is searched again.
PolishedFit proved_refit(const LawEntry& law, const LawKernels& kernels, const RunsView& runs,
                         const ResidualLoss& rho, const Candidate& candidate,
                         const PolishedFit* full);

// By how much each parameter may move, in search coordinates, if the fit is on a level face of
// kinks; empty or zero if it is not.
std::vector<double> face_width(const LawEntry& law, const RunsView& runs, const ResidualLoss& rho,
                               const PolishedFit& fit);

}  // namespace isoloss
