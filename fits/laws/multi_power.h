#pragma once

#include "fits/functions.h"
#include "fits/law.h"

namespace isoloss::laws {

// Luo et al. 2025, arXiv:2503.12811: the loss along a run from its learning rates eta;
// k runs over all steps so far, S_k sums the rates from step k on and S_1 those of all steps. The
// sum is one over the nodes of host/curves/history.h. NaN where the loss would not be positive.
struct multi_power {
  static constexpr std::string_view name = "multi_power";
  static constexpr std::string_view formula =
      "L(eta) = L_0 + A / S_1^alpha - B sum_k (eta_(k-1) - eta_k) (1 - (1 + C S_k / "
      "eta_k^gamma)^-beta)";
  static constexpr std::string_view source = "Luo et al. 2025, arXiv:2503.12811";
  static constexpr auto inputs = [] {
    std::array<Input, 1 + kNumHistoryInputs> out{Input::S_1};
    for (int i = 0; i < kNumHistoryInputs; ++i)
      out[static_cast<std::size_t>(i) + 1] = static_cast<Input>(kNumInputs + i);
    return out;
  }();

  enum : int { log_L_0, log_A, alpha, log_B, log_C, beta, gamma, num_params };
  // clang-format off
  static constexpr std::array<Param, num_params> params{{
      // name   meaning                             scale          bounds     starts
      {"L_0",   "limit of a long run",              Scale::log,    {-40, 10}, {-1, 2, 1}},
      {"A",     "weight of the power term",         Scale::log,    {-40, 90}, {-2, 4, 2}},
      {"alpha", "exponent of the summed rate",      Scale::linear, {0, 3},    {0.1, 1.1, 0.25}},
      {"B",     "gain of a falling rate",           Scale::log,    {-40, 60}, {2, 10, 2}},
      {"C",     "speed at which the gain comes",    Scale::log,    {-30, 30}, {-4, 4, 2}},
      {"beta",  "exponent of the gain's approach",  Scale::linear, {0, 10},   {0.2, 1.4, 0.4}},
      {"gamma", "exponent of the rate in the gain", Scale::linear, {-1, 2},   {0, 1, 0.5}},
  }};
  // clang-format on
  static constexpr std::array<Shift, 1> shifts{{
      {.param = log_A, .input = Input::S_1, .by = alpha},
  }};
  static constexpr std::array<ResponseShift, 3> response_shifts{{
      {.param = log_L_0},
      {.param = log_A},
      {.param = log_B},
  }};

  template <class T>
  ISOLOSS_HD static T log_loss(const T* theta, const Run<multi_power, T>& run) {
    T gain = T(0.0);
    for (int node = 0; node < kHistoryNodes; ++node) {
      const T log_x = theta[log_C] + run[lr_since(node)] - theta[gamma] * run[lr_node(node)];
      gain = gain + run[lr_gap(node)] * one_minus_exp(theta[beta] * log(T(1.0) + exp(log_x)));
    }
    const T held = exp(theta[log_L_0]) + exp(theta[log_A] - theta[alpha] * run[Input::S_1]);
    return checked_log(held - exp(theta[log_B]) * gain);
  }
};
static_assert(well_formed<multi_power>());

}  // namespace isoloss::laws
