#pragma once

#include "fits/law.h"
#include "fits/math.h"

namespace isoloss::laws {

// Krajewski et al. 2024, arXiv:2402.07871: experts G times smaller and G times as many,
// the expansion rate 64 fixed. The paper's gamma and g are of the granularity.
struct moe_granular {
  static constexpr std::string_view name = "moe_granular";
  static constexpr std::string_view formula =
      "L(N, D, G) = c + (g / G^gamma + a) / N^alpha + b / D^beta";
  static constexpr std::string_view source = "Krajewski et al. 2024, arXiv:2402.07871";
  static constexpr std::array inputs{Input::N, Input::D, Input::G};

  enum : int { log_c, log_g, log_a, log_b, alpha, beta, gamma, num_params };
  // clang-format off
  static constexpr std::array<Param, num_params> params{{
      // name   meaning                             scale          bounds     starts
      {"c",     "irreducible loss, nats per token", Scale::log,    {-40, 10}, {-1, 1, 1}},
      {"g",     "weight of the granularity",        Scale::log,    {-40, 90}, {0, 10, 5}},
      {"a",     "weight of the model-size term",    Scale::log,    {-40, 90}, {0, 20, 5}},
      {"b",     "weight of the data term",          Scale::log,    {-40, 90}, {0, 20, 5}},
      {"alpha", "exponent of the model size",       Scale::linear, {0, 3},    {0.1, 1.1, 0.5}},
      {"beta",  "exponent of the training tokens",  Scale::linear, {0, 3},    {0.1, 1.1, 0.5}},
      {"gamma", "exponent of the granularity",      Scale::linear, {0, 5},    {0.2, 1.2, 0.5}},
  }};
  // clang-format on
  static constexpr std::array<Shift, 4> shifts{{
      {.param = log_g, .input = Input::N, .by = alpha},
      {.param = log_g, .input = Input::G, .by = gamma},
      {.param = log_a, .input = Input::N, .by = alpha},
      {.param = log_b, .input = Input::D, .by = beta},
  }};
  static constexpr std::array<ResponseShift, 4> response_shifts{{
      {.param = log_c},
      {.param = log_g},
      {.param = log_a},
      {.param = log_b},
  }};

  template <class T>
  ISOLOSS_HD static T log_loss(const T* theta, const Run<moe_granular, T>& run) {
    const T size = theta[alpha] * run[Input::N];
    return log_sum_exp(theta[log_c], theta[log_g] - theta[gamma] * run[Input::G] - size,
                       theta[log_a] - size, theta[log_b] - theta[beta] * run[Input::D]);
  }
};
static_assert(well_formed<moe_granular>());

}  // namespace isoloss::laws
