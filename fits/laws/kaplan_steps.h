#pragma once

#include "fits/law.h"
#include "fits/math.h"

namespace isoloss::laws {

// Kaplan et al. 2020, arXiv:2001.08361, equation 1.6: N leaves embeddings out. S is S_min, the
// steps at a batch far above the critical one: S / (1 + B_crit(L) / B) of a run of S steps of batch
// B.
struct kaplan_steps {
  static constexpr std::string_view name = "kaplan_steps";
  static constexpr std::string_view formula = "L(N, S) = (N_c / N)^alpha_N + (S_c / S)^alpha_S";
  static constexpr std::string_view source = "Kaplan et al. 2020, arXiv:2001.08361, equation 1.6";
  static constexpr std::array inputs{Input::N, Input::S};

  enum : int { log_N_c, log_S_c, alpha_N, alpha_S, num_params };
  // clang-format off
  static constexpr std::array<Param, num_params> params{{
      // name     meaning                                        scale          bounds      starts
      {"N_c",     "model size at a first term of 1, parameters", Scale::log,    {-60, 140}, {5, 50, 15}},
      {"S_c",     "steps at a second term of 1",                 Scale::log,    {-60, 140}, {0, 15, 5}},
      {"alpha_N", "exponent of the model size",                  Scale::linear, {0, 3},     {0.05, 0.8, 0.25}},
      {"alpha_S", "exponent of the steps",                       Scale::linear, {0, 3},     {0.1, 1.3, 0.4}},
  }};
  // clang-format on
  static constexpr std::array<Shift, 2> shifts{{
      {.param = log_N_c, .input = Input::N},
      {.param = log_S_c, .input = Input::S},
  }};
  static constexpr std::array<ResponseShift, 2> response_shifts{{
      {.param = log_N_c, .over = alpha_N},
      {.param = log_S_c, .over = alpha_S},
  }};

  template <class T>
  ISOLOSS_HD static T log_loss(const T* theta, const Run<kaplan_steps, T>& run) {
    return log_sum_exp(theta[alpha_N] * (theta[log_N_c] - run[Input::N]),
                       theta[alpha_S] * (theta[log_S_c] - run[Input::S]));
  }
};
static_assert(well_formed<kaplan_steps>());

}  // namespace isoloss::laws
