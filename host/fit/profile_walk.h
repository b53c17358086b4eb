// The profile of a quantity, walked from the estimate to where it reaches a level.

#pragma once

#include <optional>

#include "host/fit/constrained_refit.h"

namespace isoloss {

class ProfileWalk {
 public:
  // All must outlive it, of the runs what they point to; search coordinates, and the objective's
  // unit there.
  //
  //   held      is held at other values from now on
  //   estimate  the fit's parameters; least: its objective
  //   level     above it, where the profile ends
  ProfileWalk(const LawEntry& law, const RunsView& runs, const ResidualLoss& rho,
              HeldQuantity& held, const Theta& estimate, double least, double level);

  // The end on one side, direction 1 or -1, of what is held; infinite where the runs or the law's
  // default box do not set it, of a parameter the zero that it cannot be below. Nothing where a
  // refit is not proved or is lower than the fit, and where the law has no further value of what is
  // held.
  //
  //   cost  some 10 constrained refits
  std::optional<double> end(double direction);

  // Whether a refit was lower than the fit.
  bool is_lower() const { return is_lower_; }

 private:
  // The quantity, the least objective there, and how far that is up to the level, as a square root.
  struct Step {
    double at = 0;
    double distance = 0;
    bool is_proved = false;
    Theta theta{};
  };

  KinkFit best_refit(const Theta& start, const Theta& near) const;
  Step step(double at, const Step& near);
  std::optional<double> crossing(const Step& inside, const Step& outside, double direction);
  std::optional<double> zero_behind(double direction, const Step& last) const;

  const LawEntry& law_;
  HeldQuantity& held_;
  const ConstrainedRefit refit_;
  const double least_;
  const double level_;
  const Step estimate_;
  const double size_;  // a step that the runs see
  bool is_lower_ = false;
};

}  // namespace isoloss
