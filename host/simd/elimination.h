// One parameter as a function of the others: fits in which a quantity keeps its value.

#pragma once

#include "fits/kinks/coordinates.h"

namespace isoloss {

// Search coordinates throughout.
class Elimination {
 public:
  virtual ~Elimination() = default;

  // The parameter that follows from the others.
  virtual int param() const = 0;
  // Sets theta[param()], from the value that is there. False where it has none, or none between its
  // bounds.
  virtual bool complete(double* theta) const = 0;
  // Its derivatives by the others, at a theta that is complete.
  //
  //   first   kMaxParams entries
  //   second  packed; entries of param() itself are not looked at
  virtual void differentiate(const double* theta, double* first, double* second) const = 0;
};

// The point as a function of the other parameters: theta[param()] moves with them, and has no
// derivatives of its own any more. num_params: of the law.
void eliminate(const Elimination& of, int num_params, int num_padded, KinkPoint& point);

}  // namespace isoloss
