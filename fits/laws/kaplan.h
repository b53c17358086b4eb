#pragma once

#include "fits/law.h"
#include "fits/math.h"

namespace isoloss::laws {

// Kaplan et al. 2020, arXiv:2001.08361, equation 1.5: N leaves embeddings out; no irreducible loss.
struct kaplan {
  static constexpr std::string_view name = "kaplan";
  static constexpr std::string_view formula =
      "L(N, D) = ((N_c / N)^(alpha_N / alpha_D) + D_c / D)^alpha_D";
  static constexpr std::string_view source = "Kaplan et al. 2020, arXiv:2001.08361, equation 1.5";
  static constexpr std::array inputs{Input::N, Input::D};

  enum : int { log_N_c, log_D_c, alpha_N, alpha_D, num_params };
  // clang-format off
  static constexpr std::array<Param, num_params> params{{
      // name      meaning                                scale          bounds      starts
      {"N_c",     "model size at a loss of 1, parameters", Scale::log,    {-60, 140}, {5, 50, 5}},
      {"D_c",     "tokens at a loss of 1",                 Scale::log,    {-60, 140}, {5, 50, 5}},
      {"alpha_N", "exponent of the model size",            Scale::linear, {0, 3},     {0.05, 0.8, 0.15}},
      {"alpha_D", "exponent of the training tokens",       Scale::linear, {0.005, 3}, {0.05, 0.8, 0.15}},
  }};
  // clang-format on
  static constexpr std::array<Shift, 2> shifts{{
      {.param = log_N_c, .input = Input::N},
      {.param = log_D_c, .input = Input::D},
  }};
  static constexpr std::array<ResponseShift, 2> response_shifts{{
      {.param = log_N_c, .over = alpha_N},
      {.param = log_D_c, .over = alpha_D},
  }};

  template <class T>
  ISOLOSS_HD static T log_loss(const T* theta, const Run<kaplan, T>& run) {
    const T ratio = theta[alpha_N] / theta[alpha_D];
    return theta[alpha_D] *
           log_sum_exp(ratio * (theta[log_N_c] - run[Input::N]), theta[log_D_c] - run[Input::D]);
  }

  // The least of N_c^r N^-r + D_c / D at a fixed N D, r = alpha_N / alpha_D: r (N_c / N)^r = D_c /
  // D. It holds where C = 6 N D does, which the paper's early-stopped runs do not keep to.
  template <class T>
  ISOLOSS_HD static T log_optimal_params(const T* theta, T log_ND) {
    const T ratio = theta[alpha_N] / theta[alpha_D];
    return (log(ratio) + ratio * theta[log_N_c] - theta[log_D_c] + log_ND) / (T(1.0) + ratio);
  }
};
static_assert(well_formed<kaplan>());

}  // namespace isoloss::laws
