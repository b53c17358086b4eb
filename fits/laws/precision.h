#pragma once

#include "fits/law.h"
#include "fits/precision.h"

namespace isoloss::laws {

// Kumar et al. 2024, arXiv:2411.04330: training in P_w, P_a, P_kv bits counts as
// training a smaller model. A gamma needs runs of at least three precisions of its kind.
struct precision {
  static constexpr std::string_view name = "precision";
  static constexpr std::string_view formula =
      "L = E + A / N_eff^alpha + B / D^beta, "
      "N_eff = N (1 - exp(-P_w / gamma_w)) (1 - exp(-P_a / gamma_a)) (1 - exp(-P_kv / gamma_kv))";
  static constexpr std::string_view source = "Kumar et al. 2024, arXiv:2411.04330";
  static constexpr std::array inputs{Input::N, Input::D, Input::P_w, Input::P_a, Input::P_kv};

  enum : int {
    log_E,
    log_A,
    log_B,
    alpha,
    beta,
    log_gamma_w,
    log_gamma_a,
    log_gamma_kv,
    num_params
  };
  // clang-format off
  static constexpr std::array<Param, num_params> params{{
      // name      meaning                                     scale          bounds     starts
      {"E",        "irreducible loss, nats per token",         Scale::log,    {-40, 10}, {-1, 1, 1}},
      {"A",        "weight of the model-size term",            Scale::log,    {-40, 90}, {0, 20, 10}},
      {"B",        "weight of the data term",                  Scale::log,    {-40, 90}, {0, 20, 10}},
      {"alpha",    "exponent of the model size",               Scale::linear, {0, 3},    {0.1, 1.1, 0.5}},
      {"beta",     "exponent of the training tokens",          Scale::linear, {0, 3},    {0.1, 1.1, 0.5}},
      {"gamma_w",  "sensitivity of the weights, bits",         Scale::log,    {-4, 4},   {-1, 1.5, 1.25}},
      {"gamma_a",  "sensitivity of the activations, bits",     Scale::log,    {-4, 4},   {-1, 1.5, 1.25}},
      {"gamma_kv", "sensitivity of the key-value cache, bits", Scale::log,    {-4, 4},   {-1, 1.5, 1.25}},
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
  ISOLOSS_HD static T log_loss(const T* theta, const Run<precision, T>& run) {
    const T log_N_eff = log_effective_size(run, theta + log_gamma_w);
    return log_sum_exp(theta[log_E], theta[log_A] - theta[alpha] * log_N_eff,
                       theta[log_B] - theta[beta] * run[Input::D]);
  }
};
static_assert(well_formed<precision>());

}  // namespace isoloss::laws
