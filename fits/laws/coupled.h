#pragma once

#include "fits/law.h"
#include "fits/math.h"

namespace isoloss::laws {

// Videau et al. 2026, arXiv:2608.07222: the two terms share an outer exponent. k = 1 is chinchilla;
// E = 0, k = alpha_D, beta = 1 is kaplan. E and k trade off: their intervals say how much.
struct coupled {
  static constexpr std::string_view name = "coupled";
  static constexpr std::string_view formula = "L(N, D) = E + (A / N^alpha + B / D^beta)^k";
  static constexpr std::string_view source = "Videau et al. 2026, arXiv:2608.07222";
  static constexpr std::array inputs{Input::N, Input::D};

  enum : int { log_E, log_A, log_B, alpha, beta, k, num_params };
  // clang-format off
  static constexpr std::array<Param, num_params> params{{
      // name   meaning                             scale          bounds     starts
      {"E",     "irreducible loss, nats per token", Scale::log,    {-40, 10}, {-1, 1, 0.5}},
      {"A",     "weight of the model-size term",    Scale::log,    {-40, 90}, {0, 25, 5}},
      {"B",     "weight of the data term",          Scale::log,    {-40, 90}, {0, 25, 5}},
      {"alpha", "exponent of the model size",       Scale::linear, {0, 3},    {0, 2, 0.5}},
      {"beta",  "exponent of the training tokens",  Scale::linear, {0, 3},    {0, 2, 0.5}},
      {"k",     "outer exponent",                   Scale::linear, {0.05, 3}, {0.25, 1, 0.25}},
  }};
  // clang-format on
  static constexpr std::array<Shift, 2> shifts{{
      {.param = log_A, .input = Input::N, .by = alpha},
      {.param = log_B, .input = Input::D, .by = beta},
  }};
  static constexpr std::array<ResponseShift, 3> response_shifts{{
      {.param = log_E},
      {.param = log_A, .over = k},
      {.param = log_B, .over = k},
  }};

  template <class T>
  ISOLOSS_HD static T log_loss(const T* theta, const Run<coupled, T>& run) {
    const T inner = log_sum_exp(theta[log_A] - theta[alpha] * run[Input::N],
                                theta[log_B] - theta[beta] * run[Input::D]);
    return log_sum_exp(theta[log_E], theta[k] * inner);
  }

  // N_opt = (alpha A / (beta B))^(1 / (alpha + beta)) (C / k)^(beta / (alpha + beta)), where
  // log_ND = log(C / k): the outer exponent does not move it.
  template <class T>
  ISOLOSS_HD static T log_optimal_params(const T* theta, T log_ND) {
    const T log_ratio = log(theta[alpha]) + theta[log_A] - log(theta[beta]) - theta[log_B];
    return (log_ratio + theta[beta] * log_ND) / (theta[alpha] + theta[beta]);
  }
};
static_assert(well_formed<coupled>());

}  // namespace isoloss::laws
