#pragma once

#include "fits/law.h"
#include "fits/math.h"

namespace isoloss::laws {

// Kaplan et al. 2020, arXiv:2001.08361, equation 1.3.
// The best model and batch for each compute; no irreducible loss. C in FLOP: the paper counts
// PF-days of 8.64e19 FLOP, C_c = 3.1e8 of them.
struct kaplan_compute {
  static constexpr std::string_view name = "kaplan_compute";
  static constexpr std::string_view formula = "L(C) = (C_c / C)^alpha_C";
  static constexpr std::string_view source = "Kaplan et al. 2020, arXiv:2001.08361, equation 1.3";
  static constexpr std::array inputs{Input::C};

  enum : int { log_C_c, alpha_C, num_params };
  // clang-format off
  static constexpr std::array<Param, num_params> params{{
      // name     meaning                                  scale          bounds      starts
      {"C_c",     "training compute at a loss of 1, FLOP", Scale::log,    {-60, 140}, {10, 90, 10}},
      {"alpha_C", "exponent of the training compute",      Scale::linear, {0, 3},     {0.05, 0.8, 0.15}},
  }};
  // clang-format on
  static constexpr std::array<Shift, 1> shifts{{
      {.param = log_C_c, .input = Input::C},
  }};
  static constexpr std::array<ResponseShift, 1> response_shifts{{
      {.param = log_C_c, .over = alpha_C},
  }};

  template <class T>
  ISOLOSS_HD static T log_loss(const T* theta, const Run<kaplan_compute, T>& run) {
    return theta[alpha_C] * (theta[log_C_c] - run[Input::C]);
  }
};
static_assert(well_formed<kaplan_compute>());

}  // namespace isoloss::laws
