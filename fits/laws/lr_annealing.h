#pragma once

#include "fits/functions.h"
#include "fits/law.h"

namespace isoloss::laws {

// Tissue et al. 2024, arXiv:2408.11029: the loss along a run from its learning rates
// eta. S_1 = sum of eta_i over the steps i so far; S_2 = sum of m_i, m_i = lambda m_(i-1) +
// eta_(i-1) - eta_i with lambda = 0.999, without warm-up. NaN where the loss would not be positive.
struct lr_annealing {
  static constexpr std::string_view name = "lr_annealing";
  static constexpr std::string_view formula = "L(S_1, S_2) = L_0 + A / S_1^alpha - C S_2";
  static constexpr std::string_view source = "Tissue et al. 2024, arXiv:2408.11029";
  static constexpr std::array inputs{Input::S_1, Input::S_2};

  enum : int { log_L_0, log_A, alpha, log_C, num_params };
  // clang-format off
  static constexpr std::array<Param, num_params> params{{
      // name   meaning                        scale          bounds     starts
      {"L_0",   "limit of a long run",         Scale::log,    {-40, 10}, {-1, 2, 1}},
      {"A",     "weight of the power term",    Scale::log,    {-40, 90}, {-2, 4, 2}},
      {"alpha", "exponent of the summed rate", Scale::linear, {0, 3},    {0.1, 1.1, 0.25}},
      {"C",     "gain of annealing",           Scale::log,    {-40, 60}, {-3, 3, 2}},
  }};
  // clang-format on
  static constexpr std::array<Shift, 1> shifts{{
      {.param = log_A, .input = Input::S_1, .by = alpha},
  }};
  static constexpr std::array<ResponseShift, 3> response_shifts{{
      {.param = log_L_0},
      {.param = log_A},
      {.param = log_C},
  }};

  template <class T>
  ISOLOSS_HD static T log_loss(const T* theta, const Run<lr_annealing, T>& run) {
    const T held = exp(theta[log_L_0]) + exp(theta[log_A] - theta[alpha] * run[Input::S_1]);
    return checked_log(held - exp(theta[log_C]) * run[Input::S_2]);
  }
};
static_assert(well_formed<lr_annealing>());

}  // namespace isoloss::laws
