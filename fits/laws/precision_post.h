#pragma once

#include "fits/law.h"
#include "fits/precision.h"

namespace isoloss::laws {

// Kumar et al. 2024, arXiv:2411.04330: precision, and the loss that quantising
// the weights to P_post bits after training adds. It adds nothing at 16 bits.
struct precision_post {
  static constexpr std::string_view name = "precision_post";
  static constexpr std::string_view formula =
      "L = E + A / N_eff^alpha + B / D^beta "
      "+ C_T D^gamma_D / N^gamma_N exp(-P_post / gamma_post), N_eff as in precision";
  static constexpr std::string_view source = "Kumar et al. 2024, arXiv:2411.04330";
  static constexpr std::array inputs{Input::N,   Input::D,    Input::P_w,
                                     Input::P_a, Input::P_kv, Input::P_post};

  enum : int {
    log_E,
    log_A,
    log_B,
    alpha,
    beta,
    log_gamma_w,
    log_gamma_a,
    log_gamma_kv,
    log_C_T,
    gamma_D,
    gamma_N,
    log_gamma_post,
    num_params
  };
  // clang-format off
  static constexpr std::array<Param, num_params> params{{
      // name        meaning                                     scale          bounds     starts
      {"E",          "irreducible loss, nats per token",         Scale::log,    {-40, 10}, {-1, 1, 1}},
      {"A",          "weight of the model-size term",            Scale::log,    {-40, 90}, {0, 20, 10}},
      {"B",          "weight of the data term",                  Scale::log,    {-40, 90}, {0, 20, 10}},
      {"alpha",      "exponent of the model size",               Scale::linear, {0, 3},    {0.1, 1.1, 0.5}},
      {"beta",       "exponent of the training tokens",          Scale::linear, {0, 3},    {0.1, 1.1, 0.5}},
      {"gamma_w",    "sensitivity of the weights, bits",         Scale::log,    {-4, 4},   {-1, 1.5, 1.25}},
      {"gamma_a",    "sensitivity of the activations, bits",     Scale::log,    {-4, 4},   {-1, 1.5, 1.25}},
      {"gamma_kv",   "sensitivity of the key-value cache, bits", Scale::log,    {-4, 4},   {-1, 1.5, 1.25}},
      {"C_T",        "weight of the loss after training",        Scale::log,    {-90, 90}, {-10, 10, 10}},
      {"gamma_D",    "its exponent of the training tokens",      Scale::linear, {0, 3},    {0.2, 0.8, 0.6}},
      {"gamma_N",    "its exponent of the model size",           Scale::linear, {0, 3},    {0.2, 0.8, 0.6}},
      {"gamma_post", "its sensitivity, bits",                    Scale::log,    {-4, 4},   {-1, 1.5, 2.5}},
  }};
  // clang-format on
  static constexpr std::array<Shift, 4> shifts{{
      {.param = log_A, .input = Input::N, .by = alpha},
      {.param = log_B, .input = Input::D, .by = beta},
      {.param = log_C_T, .input = Input::N, .by = gamma_N},
      {.param = log_C_T, .input = Input::D, .by = gamma_D, .factor = -1},
  }};
  static constexpr std::array<ResponseShift, 4> response_shifts{{
      {.param = log_E},
      {.param = log_A},
      {.param = log_B},
      {.param = log_C_T},
  }};

  template <class T>
  ISOLOSS_HD static T log_loss(const T* theta, const Run<precision_post, T>& run) {
    const T log_N_eff = log_effective_size(run, theta + log_gamma_w);
    const T log_delta = theta[log_C_T] + theta[gamma_D] * run[Input::D] -
                        theta[gamma_N] * run[Input::N] -
                        run[Input::P_post] * exp(T(0.0) - theta[log_gamma_post]);
    return log_sum_exp(theta[log_E], theta[log_A] - theta[alpha] * log_N_eff,
                       theta[log_B] - theta[beta] * run[Input::D], log_delta);
  }
};
static_assert(well_formed<precision_post>());

}  // namespace isoloss::laws
