#pragma once

#include "fits/law.h"
#include "fits/math.h"

namespace isoloss::laws {

// Hoffmann et al. 2022, arXiv:2203.15556, section 3.3: N counts all parameters, C = 6 N D.
struct chinchilla {
  static constexpr std::string_view name = "chinchilla";
  static constexpr std::string_view formula = "L(N, D) = E + A / N^alpha + B / D^beta";
  static constexpr std::string_view source = "Hoffmann et al. 2022, arXiv:2203.15556, approach 3";
  static constexpr std::array inputs{Input::N, Input::D};

  enum : int { log_E, log_A, log_B, alpha, beta, num_params };
  // clang-format off
  static constexpr std::array<Param, num_params> params{{
      // name    meaning                             scale          bounds     starts
      {"E",     "irreducible loss, nats per token",  Scale::log,    {-40, 10}, {-1, 1, 0.5}},
      {"A",     "weight of the model-size term",     Scale::log,    {-40, 90}, {0, 25, 5}},
      {"B",     "weight of the data term",           Scale::log,    {-40, 90}, {0, 25, 5}},
      {"alpha", "exponent of the model size",        Scale::linear, {0, 3},    {0, 2, 0.5}},
      {"beta",  "exponent of the training tokens",   Scale::linear, {0, 3},    {0, 2, 0.5}},
  }};
  // clang-format on
  static constexpr std::array<Term, 3> terms{{
      {.weight = log_E},
      {.weight = log_A, .exponent = alpha, .input = Input::N},
      {.weight = log_B, .exponent = beta, .input = Input::D},
  }};

  template <class T>
  ISOLOSS_HD static T log_loss(const T* theta, const Run<chinchilla, T>& run) {
    return log_sum_exp(theta[log_E], theta[log_A] - theta[alpha] * run[Input::N],
                       theta[log_B] - theta[beta] * run[Input::D]);
  }

  // N_opt = (alpha A / (beta B))^(1 / (alpha + beta)) (C / k)^(beta / (alpha + beta)), where
  // log_ND = log(C / k) and k is 6 (section 3.3, equation 4).
  template <class T>
  ISOLOSS_HD static T log_optimal_params(const T* theta, T log_ND) {
    const T log_ratio = log(theta[alpha]) + theta[log_A] - log(theta[beta]) - theta[log_B];
    return (log_ratio + theta[beta] * log_ND) / (theta[alpha] + theta[beta]);
  }
};
static_assert(well_formed<chinchilla>());

}  // namespace isoloss::laws
