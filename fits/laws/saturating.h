#pragma once

#include "fits/functions.h"
#include "fits/law.h"

namespace isoloss::laws {

// Alabdulmohsin et al. 2022, arXiv:2209.06640, M4, (L - E) / (L_0 - L)^alpha = beta x^-c:
// from L_0, a random guess's loss, down to E. Here R = L_0 - E and beta = R^(1 - alpha) x_0^c, so
// that E and R are weights.
struct saturating {
  static constexpr std::string_view name = "saturating";
  static constexpr std::string_view formula = "L(x) = E + R p, p / (1 - p)^alpha = (x_0 / x)^c";
  static constexpr std::string_view source = "Alabdulmohsin et al. 2022, arXiv:2209.06640, M4";
  static constexpr std::array inputs{Input::x};

  enum : int { log_E, log_R, log_x_0, alpha, c, num_params };
  // clang-format off
  static constexpr std::array<Param, num_params> params{{
      // name   meaning                               scale          bounds      starts
      {"E",     "limit of a large x",                 Scale::log,    {-40, 10},  {-3, 1, 1}},
      {"R",     "loss of a small x, above E",         Scale::log,    {-40, 10},  {-2, 2, 1}},
      {"x_0",   "x at the bend",                      Scale::log,    {-60, 140}, {0, 50, 10}},
      {"alpha", "sharpness of the bend at a small x", Scale::linear, {0.05, 20}, {0.5, 3.5, 1}},
      {"c",     "exponent of x",                      Scale::linear, {0, 5},     {0.1, 1.1, 0.25}},
  }};
  // clang-format on
  static constexpr std::array<Shift, 1> shifts{{
      {.param = log_x_0, .input = Input::x},
  }};
  static constexpr std::array<ResponseShift, 2> response_shifts{{
      {.param = log_E},
      {.param = log_R},
  }};

  template <class T>
  ISOLOSS_HD static T log_loss(const T* theta, const Run<saturating, T>& run) {
    const T z = balance(theta[c] * (theta[log_x_0] - run[Input::x]), theta[alpha]);
    return log_sum_exp(theta[log_E], theta[log_R] - softplus(T(0.0) - z));
  }
};
static_assert(well_formed<saturating>());

}  // namespace isoloss::laws
