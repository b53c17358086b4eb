#pragma once

#include "fits/law.h"
#include "fits/math.h"

namespace isoloss::laws {

// Kaplan et al. 2020, arXiv:2001.08361, equation 1.2.
// A large model stopped early; no irreducible loss.
struct kaplan_tokens {
  static constexpr std::string_view name = "kaplan_tokens";
  static constexpr std::string_view formula = "L(D) = (D_c / D)^alpha_D";
  static constexpr std::string_view source = "Kaplan et al. 2020, arXiv:2001.08361, equation 1.2";
  static constexpr std::array inputs{Input::D};

  enum : int { log_D_c, alpha_D, num_params };
  // clang-format off
  static constexpr std::array<Param, num_params> params{{
      // name     meaning                            scale          bounds      starts
      {"D_c",     "training tokens at a loss of 1",  Scale::log,    {-60, 140}, {5, 50, 5}},
      {"alpha_D", "exponent of the training tokens", Scale::linear, {0, 3},     {0.05, 0.8, 0.15}},
  }};
  // clang-format on
  static constexpr std::array<Shift, 1> shifts{{
      {.param = log_D_c, .input = Input::D},
  }};
  static constexpr std::array<ResponseShift, 1> response_shifts{{
      {.param = log_D_c, .over = alpha_D},
  }};

  template <class T>
  ISOLOSS_HD static T log_loss(const T* theta, const Run<kaplan_tokens, T>& run) {
    return theta[alpha_D] * (theta[log_D_c] - run[Input::D]);
  }
};
static_assert(well_formed<kaplan_tokens>());

}  // namespace isoloss::laws
