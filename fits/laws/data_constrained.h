#pragma once

#include "fits/functions.h"
#include "fits/law.h"

namespace isoloss::laws {

// Muennighoff et al. 2023, arXiv:2305.16264: tokens seen again and
// parameters beyond what the unique tokens need count for less and less. alpha A N_opt^-alpha =
// beta B U_D^-beta. In the paper alpha = beta, fitted first and held while R_D, R_N, its R_D*,
// R_N*, are fitted.
struct data_constrained {
  static constexpr std::string_view name = "data_constrained";
  static constexpr std::string_view formula =
      "L(N, D, U) = E + A / N'^alpha + B / D'^beta, "
      "X' = U_X (1 + R_X (1 - exp(-(X / U_X - 1) / R_X))) for X = N, D, "
      "U_D = min(D, U), U_N = min(N, N_opt(U_D))";
  static constexpr std::string_view source = "Muennighoff et al. 2023, arXiv:2305.16264";
  static constexpr std::array inputs{Input::N, Input::D, Input::U};

  enum : int { log_E, log_A, log_B, alpha, beta, log_R_D, log_R_N, num_params };
  // clang-format off
  static constexpr std::array<Param, num_params> params{{
      // name   meaning                                 scale          bounds     starts
      {"E",     "irreducible loss, nats per token",     Scale::log,    {-40, 10}, {-1, 1, 1}},
      {"A",     "weight of the model-size term",        Scale::log,    {-40, 90}, {0, 25, 5}},
      {"B",     "weight of the data term",              Scale::log,    {-40, 90}, {0, 25, 5}},
      {"alpha", "exponent of the model size",           Scale::linear, {0.01, 3}, {0.1, 1.1, 0.25}},
      {"beta",  "exponent of the training tokens",      Scale::linear, {0.01, 3}, {0.1, 1.1, 0.25}},
      {"R_D",   "repetitions after which data is worn", Scale::log,    {-3, 12},  {0, 6, 3}},
      {"R_N",   "the same of excess parameters",        Scale::log,    {-3, 12},  {0, 6, 3}},
  }};
  // clang-format on
  static constexpr std::array<Shift, 2> shifts{{
      {.param = log_A, .input = Input::N, .by = alpha},
      {.param = log_B, .input = Input::D, .by = beta},
  }};
  static constexpr std::array<ResponseShift, 3> response_shifts{{
      {.param = log_E},
      {.param = log_A},
      {.param = log_B},
  }};

  template <class T>
  ISOLOSS_HD static T log_loss(const T* theta, const Run<data_constrained, T>& run) {
    const T unique_D = min_of(run[Input::D], run[Input::U]);
    const T log_ratio = log(theta[alpha]) + theta[log_A] - log(theta[beta]) - theta[log_B];
    const T optimal_N = (log_ratio + theta[beta] * unique_D) / theta[alpha];
    const T unique_N = min_of(run[Input::N], optimal_N);
    const T seen_D = log_worth(unique_D, run[Input::D], exp(theta[log_R_D]));
    const T seen_N = log_worth(unique_N, run[Input::N], exp(theta[log_R_N]));
    return log_sum_exp(theta[log_E], theta[log_A] - theta[alpha] * seen_N,
                       theta[log_B] - theta[beta] * seen_D);
  }

 private:
  // log(u + u half_life (1 - exp(-(x / u - 1) / half_life))), from log u and log x. From a ratio of
  // e^100 on the exponential is zero.
  template <class T>
  ISOLOSS_HD static T log_worth(const T& log_u, const T& log_x, const T& half_life) {
    const T log_times = min_of(log_x - log_u, T(100.0));
    const T repetitions = T(0.0) - one_minus_exp(T(0.0) - log_times);
    return log_u + log(T(1.0) + half_life * one_minus_exp(repetitions / half_life));
  }
};
static_assert(well_formed<data_constrained>());

}  // namespace isoloss::laws
