// Refits in which a quantity keeps its value.

#pragma once

#include "host/fit/held_quantity.h"
#include "host/simd/kink_finish.h"

namespace isoloss {

// All must outlive it, of the runs what they point to. Search coordinates.
class ConstrainedRefit {
 public:
  ConstrainedRefit(const LawEntry& law, const RunsView& runs, const ResidualLoss& rho,
                   const HeldQuantity& held);

  // The least objective near theta, which is completed first; NaN where that fails.
  //
  //   cost  5 to 10 passes over the runs, each with some 4 params of the quantity
  KinkFit fit(Theta theta) const;

  // Whether it ended where the gradient is zero, as far as differences tell: its objective then
  // lacks to the least what is of the order of that gradient's square.
  static bool is_stationary(const KinkFit& fit);

 private:
  const LawEntry& law_;
  const RunsView runs_;
  const ResidualLoss rho_;
  const HeldQuantity& held_;
};

}  // namespace isoloss
