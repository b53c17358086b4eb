// rho: what a residual r = log L_hat - log L costs.
//
//   huber      rho = r^2 / 2              for |r| <= delta
//              rho = delta (|r| - delta / 2) beyond       (Huber 1964; delta 1e-3 in Hoffmann 2022)
//   squared    rho = r^2 / 2              huber with delta = infinity
//   absolute   rho = |r|                  the limit of huber / delta for delta -> 0
//
// Where the law lies above a run, r > 0, rho may count `over_penalty` times: a run that was trained
// badly ends too high and never too low, so a law should follow the lower runs.
//
// With psi = rho' = r clamped to [-delta, delta], one formula serves: rho = psi (r - psi / 2).

#pragma once

#include <limits>

#include "fits/law.h"
#include "fits/math.h"

namespace isoloss {

enum class ResidualKind { huber, squared, absolute };

// Smallest delta whose zone is wider than the rounding of residuals.
inline constexpr double kLeastHuberDelta = 1e-12;

struct ResidualLoss {
  ResidualKind kind = ResidualKind::huber;
  double huber_delta = 1e-3;  // in units of log L; only for huber
  double over_penalty = 1;    // >= 1; not for absolute

  // delta of the Huber loss that the smooth search uses; absolute has its own schedule.
  double smooth_delta() const {
    return kind == ResidualKind::squared ? std::numeric_limits<double>::infinity() : huber_delta;
  }
  // Whether the objective is a log likelihood, of normal errors.
  bool is_likelihood() const { return kind == ResidualKind::squared && over_penalty == 1; }
};

// psi(r) = rho'(r). NaN stays NaN.
template <class T>
ISOLOSS_HD inline T huber_psi(const T& r, const T& delta) {
  return min_of(delta, max_of(-delta, r));
}

template <class T>
ISOLOSS_HD inline T huber_rho(const T& r, const T& psi) {
  return psi * (r - T(0.5) * psi);
}

// What rho and psi are multiplied by.
template <class T>
ISOLOSS_HD inline T over_factor(const T& r, const T& over_penalty) {
  return select_less(T(0.0), r, over_penalty, T(1.0));
}

// Far starts have residuals far beyond delta, where Huber tells little apart.
inline constexpr double kScreenDelta = 0.1;

// What a residual, a plain number, costs a start that is screened by its objective. A residual that
// is not finite costs a lot, once.
template <class T>
ISOLOSS_HD inline T screening_cost(const T& r, double delta = kScreenDelta,
                                   double over_penalty = 1) {
  constexpr double kHuge = 1e30;
  const T rho = huber_rho(r, huber_psi(r, T(delta))) * (r > T(0) ? T(over_penalty) : T(1));
  return rho < T(kHuge) ? rho : T(kHuge);
}

}  // namespace isoloss
