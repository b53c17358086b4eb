// A quantity that follows from the parameters, held at a value: one parameter gives way.

#pragma once

#include <functional>

#include "host/laws/law_entry.h"
#include "host/simd/elimination.h"
#include "host/simd/solver.h"

namespace isoloss {

// Search coordinates. Its derivatives are differences; the second ones are those at the estimate,
// which tell a search how far to go, not where to end.
class HeldQuantity : public Elimination {
 public:
  // law      and quantity, of parameters in plain units, must outlive it
  // by_ratio the quantity is above zero, and what is held is its log
  // estimate in search coordinates: the parameter that gives way is the one that moves the quantity
  //          most there, of those that are free and inside their bounds
  // cost     some 4 params^2 of the quantity
  HeldQuantity(const LawEntry& law, const Centre& centre,
               const std::function<double(const Theta&)>& quantity, bool by_ratio,
               const Theta& estimate);

  // Whether any free parameter moves it.
  bool can_be_held() const { return param_ >= 0; }
  // The quantity, or its log; NaN where there is none.
  double at(const double* theta) const;
  // Whether that is its log.
  bool by_ratio() const { return by_ratio_; }
  void hold_at(double value) { value_ = value; }

  int param() const override { return param_; }
  bool complete(double* theta) const override;
  void differentiate(const double* theta, double* first, double* second) const override;

 private:
  // By theta[k], entries of theta may be moved and come back.
  double slope(double* theta, int k) const;
  double mixed_slope(double* theta, int k, int l) const;
  bool is_inside(const double* theta) const;

  const LawEntry& law_;
  const Centre centre_;
  const std::function<double(const Theta&)>& quantity_;
  const bool by_ratio_;
  int param_ = -1;
  double value_ = 0;
  double curvature_[num_packed(kMaxParams)] = {};
};

}  // namespace isoloss
