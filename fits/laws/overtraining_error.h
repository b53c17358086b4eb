#pragma once

#include "fits/functions.h"
#include "fits/law.h"

namespace isoloss::laws {

// Gadre et al. 2024, arXiv:2403.08540: the average error of downstream tasks from the
// loss. NaN where the error would not be positive.
struct overtraining_error {
  static constexpr std::string_view name = "overtraining_error";
  static constexpr std::string_view formula = "error(L) = epsilon - k exp(-gamma L)";
  static constexpr std::string_view source = "Gadre et al. 2024, arXiv:2403.08540";
  static constexpr std::string_view response = "error";
  static constexpr std::array inputs{Input::L};

  enum : int { log_epsilon, log_k, gamma, num_params };
  // clang-format off
  static constexpr std::array<Param, num_params> params{{
      // name     meaning                             scale          bounds     starts
      {"epsilon", "error at a high loss",             Scale::log,    {-40, 5},  {-1, 0, 0.25}},
      {"k",       "weight of the improvement",        Scale::log,    {-40, 60}, {-1, 5, 1}},
      {"gamma",   "rate of the improvement, per nat", Scale::linear, {0, 20},   {0.25, 2.25, 0.5}},
  }};
  // clang-format on
  static constexpr std::array<ResponseShift, 2> response_shifts{{
      {.param = log_epsilon},
      {.param = log_k},
  }};

  template <class T>
  ISOLOSS_HD static T log_loss(const T* theta, const Run<overtraining_error, T>& run) {
    return checked_log(exp(theta[log_epsilon]) - exp(theta[log_k] - theta[gamma] * run[Input::L]));
  }
};
static_assert(well_formed<overtraining_error>());

}  // namespace isoloss::laws
