#pragma once

#include "fits/law.h"
#include "fits/math.h"

namespace isoloss::laws {

// Henighan et al. 2020, arXiv:2010.14701: x is the model size, the data or the
// compute.
struct power_constant {
  static constexpr std::string_view name = "power_constant";
  static constexpr std::string_view formula = "L(x) = L_inf + (x_0 / x)^alpha";
  static constexpr std::string_view source = "Henighan et al. 2020, arXiv:2010.14701";
  static constexpr std::array inputs{Input::x};

  enum : int { log_L_inf, log_x_0, alpha, num_params };
  // clang-format off
  static constexpr std::array<Param, num_params> params{{
      // name   meaning                       scale          bounds      starts
      {"L_inf", "irreducible loss",           Scale::log,    {-40, 10},  {-2, 2, 1}},
      {"x_0",   "x at a reducible loss of 1", Scale::log,    {-60, 140}, {0, 60, 10}},
      {"alpha", "exponent of x",              Scale::linear, {0, 3},     {0.05, 0.8, 0.15}},
  }};
  // clang-format on
  static constexpr std::array<Shift, 1> shifts{{
      {.param = log_x_0, .input = Input::x},
  }};
  static constexpr std::array<ResponseShift, 2> response_shifts{{
      {.param = log_L_inf},
      {.param = log_x_0, .over = alpha},
  }};

  template <class T>
  ISOLOSS_HD static T log_loss(const T* theta, const Run<power_constant, T>& run) {
    return log_sum_exp(theta[log_L_inf], theta[alpha] * (theta[log_x_0] - run[Input::x]));
  }
};
static_assert(well_formed<power_constant>());

}  // namespace isoloss::laws
