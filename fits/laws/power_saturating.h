#pragma once

#include "fits/law.h"
#include "fits/math.h"

namespace isoloss::laws {

// Alabdulmohsin et al. 2022, arXiv:2209.06640, M3: a power law that x no longer helps
// beyond x_1. The paper's gamma is 1 / x_1.
struct power_saturating {
  static constexpr std::string_view name = "power_saturating";
  static constexpr std::string_view formula = "L(x) = b (1 / x + 1 / x_1)^c";
  static constexpr std::string_view source = "Alabdulmohsin et al. 2022, arXiv:2209.06640, M3";
  static constexpr std::array inputs{Input::x};

  enum : int { log_b, log_x_1, c, num_params };
  // clang-format off
  static constexpr std::array<Param, num_params> params{{
      // name meaning                        scale          bounds      starts
      {"b",   "weight of the power",         Scale::log,    {-40, 90},  {0, 20, 5}},
      {"x_1", "x at which it stops helping", Scale::log,    {-60, 140}, {5, 60, 11}},
      {"c",   "exponent of x",               Scale::linear, {0, 3},     {0.05, 0.8, 0.25}},
  }};
  // clang-format on
  static constexpr std::array<Shift, 2> shifts{{
      {.param = log_b, .input = Input::x, .by = c},
      {.param = log_x_1, .input = Input::x},
  }};
  static constexpr std::array<ResponseShift, 1> response_shifts{{
      {.param = log_b},
  }};

  template <class T>
  ISOLOSS_HD static T log_loss(const T* theta, const Run<power_saturating, T>& run) {
    return theta[log_b] + theta[c] * log_sum_exp(T(0.0) - run[Input::x], T(0.0) - theta[log_x_1]);
  }
};
static_assert(well_formed<power_saturating>());

}  // namespace isoloss::laws
