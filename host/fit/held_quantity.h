// A quantity that follows from the parameters, held at a value: one parameter gives way.

#pragma once

#include <functional>

#include "host/laws/law_entry.h"
#include "host/simd/elimination.h"
#include "host/simd/solver.h"

namespace isoloss {

// Search coordinates. Its derivatives are differences.
class HeldQuantity : public Elimination {
 public:
  // law       and quantity, of parameters in plain units, must outlive it
  // by_ratio  the quantity is above zero, and what is held is its log
  // estimate  in search coordinates; reach: how far the runs let each parameter go there, 0 of one
  //           without effect
  // way       which parameter gives way, of those that are free and inside their bounds: the
  //           way-th of those that move the quantity most within their reach, from 0
  HeldQuantity(const LawEntry& law, const Centre& centre,
               const std::function<double(const Theta&)>& quantity, bool by_ratio,
               const Theta& estimate, const Theta& reach, int way);

  // Whether so many parameters move it.
  bool can_be_held() const { return param_ >= 0; }
  // By how much the first of them does within its reach.
  double reach() const { return quantity_reach_; }
  // Whether no other one moves it: it is that parameter, in another unit.
  bool is_param() const { return is_param_; }
  // The quantity, or its log; NaN where there is none.
  double at(const double* theta) const;
  // Whether that is its log.
  bool by_ratio() const { return by_ratio_; }
  void hold_at(double value) { value_ = value; }
  // Gives weights that have next to no effect some that the runs would see; returns whether there
  // were any. Of a log at its bound no derivative tells that more of it is better.
  bool revive(double* theta) const;

  int param() const override { return param_; }
  bool complete(double* theta) const override;
  // Cost: some 2 params^2 of the quantity.
  void differentiate(const double* theta, double* first, double* second) const override;

 private:
  double size_of(const double* theta, int k) const;
  // Whether it is a weight that has next to no effect any more.
  bool has_vanished(const double* theta, int k) const;
  // By theta[k]; entries of theta are moved and come back.
  double slope(double* theta, int k) const;
  double slope_of_vanished(double* theta, int k) const;
  double slope_of_slope(double* theta, int k, int l) const;  // of a vanished k
  double mixed_slope(double* theta, int k, int l) const;
  bool is_inside(const double* theta) const;
  bool is_free(int k) const { return law_.box.bounds[k].lower < law_.box.bounds[k].upper; }

  const LawEntry& law_;
  const Centre centre_;
  const std::function<double(const Theta&)>& quantity_;
  const bool by_ratio_;
  const Theta estimate_, reach_;
  int param_ = -1;
  double quantity_reach_ = 0;
  bool is_param_ = false;
  double value_ = 0;
};

}  // namespace isoloss
