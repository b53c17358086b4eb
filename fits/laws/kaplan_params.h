#pragma once

#include "fits/law.h"
#include "fits/math.h"

namespace isoloss::laws {

// Kaplan et al. 2020, arXiv:2001.08361, equation 1.1.
// N leaves embeddings out, data unlimited, trained to convergence; no irreducible loss.
struct kaplan_params {
  static constexpr std::string_view name = "kaplan_params";
  static constexpr std::string_view formula = "L(N) = (N_c / N)^alpha_N";
  static constexpr std::string_view source = "Kaplan et al. 2020, arXiv:2001.08361, equation 1.1";
  static constexpr std::array inputs{Input::N};

  enum : int { log_N_c, alpha_N, num_params };
  // clang-format off
  static constexpr std::array<Param, num_params> params{{
      // name     meaning                                  scale          bounds      starts
      {"N_c",     "model size at a loss of 1, parameters", Scale::log,    {-60, 140}, {5, 50, 5}},
      {"alpha_N", "exponent of the model size",            Scale::linear, {0, 3},     {0.05, 0.8, 0.15}},
  }};
  // clang-format on
  static constexpr std::array<Shift, 1> shifts{{
      {.param = log_N_c, .input = Input::N},
  }};
  static constexpr std::array<ResponseShift, 1> response_shifts{{
      {.param = log_N_c, .over = alpha_N},
  }};

  template <class T>
  ISOLOSS_HD static T log_loss(const T* theta, const Run<kaplan_params, T>& run) {
    return theta[alpha_N] * (theta[log_N_c] - run[Input::N]);
  }
};
static_assert(well_formed<kaplan_params>());

}  // namespace isoloss::laws
