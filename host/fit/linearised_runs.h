// A law linearised at a point: each run's residual and its gradient.

#pragma once

#include "host/base/aligned.h"
#include "host/simd/kernels.h"

namespace isoloss {

class LinearisedRuns {
 public:
  // Both must outlive it.
  LinearisedRuns(const Tape& tape, const RunsView& runs);

  // One pass over the runs; theta in search coordinates.
  void find_at(const double* theta);

  // Prediction less target of run i.
  double residual(int i) const { return residual_[static_cast<std::size_t>(i)]; }
  // Derivative of the prediction of run i by theta[k]; 0 beyond the law's parameters.
  double gradient(int i, int k) const {
    return k < tape_.num_params ? gradient_[static_cast<std::size_t>(k * runs_.num_padded + i)] : 0;
  }

 private:
  const Tape& tape_;
  const RunsView runs_;
  AlignedDoubles residual_;  // num_padded
  AlignedDoubles gradient_;  // num_params x num_padded
};

}  // namespace isoloss
