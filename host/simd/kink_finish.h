// The finish of a fit with kinks (fits/kinks/finish.h) for any law, by its tape.

#pragma once

#include "fits/residual_loss.h"
#include "host/simd/elimination.h"
#include "host/simd/solver.h"

namespace isoloss {

struct KinkFit {
  Theta theta{};  // search coordinates
  Box box{};      // the law's, parameters without effect held
  double objective = 0;
  double scaled_gradient = 0;
  bool gradient_is_zero = false;
  bool positive_definite = false;
  bool flat = false;   // on a level face: the value is proved, theta is its canonical point
  Theta face_width{};  // by how much each parameter may move there
};

// From theta (kMaxParams entries, inside the box), for Huber's or absolute residuals.
//
//   most_passes  over the runs, each with derivatives
//   eliminated   one parameter follows from the others, or null; theta is complete. In KinkFit::box
//                that one is held where it began
//   cost         5 to 7 passes from near the optimum; the thread keeps its memory for the next
KinkFit finish_at_kinks(const LawKernels& kernels, const RunsView& runs, const ResidualLoss& rho,
                        const double* theta, const Box& box, int most_passes,
                        const Elimination* eliminated = nullptr);

}  // namespace isoloss
