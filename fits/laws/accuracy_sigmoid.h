#pragma once

#include "fits/functions.h"
#include "fits/law.h"

namespace isoloss::laws {

// The second step of a two-step prediction of a task: Bhagia et al. 2024, arXiv:2412.04403; Llama
// 3, arXiv:2407.21783. The ceiling is floor + rise.
struct accuracy_sigmoid {
  static constexpr std::string_view name = "accuracy_sigmoid";
  static constexpr std::string_view formula =
      "accuracy(L) = floor + rise / (1 + exp(-k (L_0 - L)))";
  static constexpr std::string_view source = "Bhagia et al. 2024, arXiv:2412.04403";
  static constexpr std::string_view response = "accuracy";
  static constexpr std::array inputs{Input::L};

  enum : int { log_floor, log_rise, k, L_0, num_params };
  // clang-format off
  static constexpr std::array<Param, num_params> params{{
      // name   meaning                               scale          bounds     starts
      {"floor", "accuracy at a high loss",            Scale::log,    {-40, 5},  {-3, 0, 1}},
      {"rise",  "accuracy gained down to a low loss", Scale::log,    {-40, 5},  {-2, 0, 1}},
      {"k",     "steepness, per nat",                 Scale::linear, {0, 200},  {0.5, 12.5, 4}},
      {"L_0",   "loss half way",                      Scale::linear, {-20, 40}, {0.5, 4.5, 1}},
  }};
  // clang-format on
  static constexpr std::array<ResponseShift, 2> response_shifts{{
      {.param = log_floor},
      {.param = log_rise},
  }};

  template <class T>
  ISOLOSS_HD static T log_loss(const T* theta, const Run<accuracy_sigmoid, T>& run) {
    const T slope = theta[k] * (run[Input::L] - theta[L_0]);
    return log_sum_exp(theta[log_floor], theta[log_rise] - softplus(slope));
  }
};
static_assert(well_formed<accuracy_sigmoid>());

}  // namespace isoloss::laws
