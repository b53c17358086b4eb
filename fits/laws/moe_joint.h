#pragma once

#include "fits/effective_experts.h"
#include "fits/law.h"

namespace isoloss::laws {

// Ludziejewski et al. 2025, arXiv:2502.05172: N counts active parameters, E experts.
// The exponents are the paper's, negative.
struct moe_joint {
  static constexpr std::string_view name = "moe_joint";
  static constexpr std::string_view formula =
      "L(N, D, E) = a E_eff^delta N^(alpha + gamma ln E_eff) "
      "+ b E_eff^omega D^(beta + zeta ln E_eff) + c, "
      "1 / E_eff = 1 / (E - 1 + 1 / (1 / E_start - 1 / E_max)) + 1 / E_max";
  static constexpr std::string_view source = "Ludziejewski et al. 2025, arXiv:2502.05172";
  static constexpr std::array inputs{Input::N, Input::D, Input::E};

  enum : int {
    log_a,
    alpha,
    delta,
    gamma,
    log_b,
    beta,
    omega,
    zeta,
    log_c,
    log_E_start,
    log_E_max,
    num_params
  };
  // clang-format off
  static constexpr std::array<Param, num_params> params{{
      // name     meaning                               scale          bounds       starts
      {"a",       "weight of the model-size term",      Scale::log,    {-40, 90},   {0, 15, 15}},
      {"alpha",   "its exponent of the model size",     Scale::linear, {-3, 0},     {-0.6, -0.1, 0.5}},
      {"delta",   "its exponent of the experts",        Scale::linear, {-10, 10},   {-0.4, 0, 0.4}},
      {"gamma",   "change of alpha with the experts",   Scale::linear, {-0.5, 0.5}, {0, 0.02, 0.02}},
      {"b",       "weight of the data term",            Scale::log,    {-40, 90},   {0, 15, 15}},
      {"beta",    "its exponent of the tokens",         Scale::linear, {-3, 0},     {-0.6, -0.1, 0.5}},
      {"omega",   "its exponent of the experts",        Scale::linear, {-10, 10},   {0, 0.8, 0.8}},
      {"zeta",    "change of beta with the experts",    Scale::linear, {-0.5, 0.5}, {-0.04, 0, 0.04}},
      {"c",       "irreducible loss, nats per token",   Scale::log,    {-40, 10},   {-1, 1, 2}},
      {"E_start", "effective experts of a dense model", Scale::log,    {0, 2.5},    {0.1, 1.6, 1.5}},
      {"E_max",   "effective experts of ever more",     Scale::log,    {3, 12},     {4, 7, 3}},
  }};
  // clang-format on
  static constexpr std::array<Shift, 4> shifts{{
      {.param = log_a, .input = Input::N, .by = alpha, .factor = -1},
      {.param = delta, .input = Input::N, .by = gamma, .factor = -1},
      {.param = log_b, .input = Input::D, .by = beta, .factor = -1},
      {.param = omega, .input = Input::D, .by = zeta, .factor = -1},
  }};
  static constexpr std::array<ResponseShift, 3> response_shifts{{
      {.param = log_a},
      {.param = log_b},
      {.param = log_c},
  }};

  template <class T>
  ISOLOSS_HD static T log_loss(const T* theta, const Run<moe_joint, T>& run) {
    const T log_E = log_effective_experts(run[Input::E], theta[log_E_start], theta[log_E_max]);
    const T size_exponent = theta[alpha] + theta[gamma] * log_E;
    const T data_exponent = theta[beta] + theta[zeta] * log_E;
    return log_sum_exp(theta[log_a] + theta[delta] * log_E + size_exponent * run[Input::N],
                       theta[log_b] + theta[omega] * log_E + data_exponent * run[Input::D],
                       theta[log_c]);
  }
};
static_assert(well_formed<moe_joint>());

}  // namespace isoloss::laws
