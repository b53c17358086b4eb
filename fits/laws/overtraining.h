#pragma once

#include "fits/law.h"
#include "fits/math.h"

namespace isoloss::laws {

// Gadre et al. 2024, arXiv:2403.08540: chinchilla with both exponents 2 eta, written in
// the compute C = 6 N D and the tokens per parameter M = D / N. The paper's a, b are A, B.
struct overtraining {
  static constexpr std::string_view name = "overtraining";
  static constexpr std::string_view formula =
      "L(N, D) = E + (A M^eta + B M^-eta) C^-eta, M = D / N, C = 6 N D";
  static constexpr std::string_view source = "Gadre et al. 2024, arXiv:2403.08540";
  static constexpr double kLogSix = 1.791759469228055;
  static constexpr std::array inputs{Input::N, Input::D};

  enum : int { log_E, log_A, log_B, eta, num_params };
  // clang-format off
  static constexpr std::array<Param, num_params> params{{
      // name meaning                             scale          bounds     starts
      {"E",   "irreducible loss, nats per token", Scale::log,    {-40, 10}, {-1, 1, 0.5}},
      {"A",   "weight of the model-size term",    Scale::log,    {-40, 90}, {0, 15, 2.5}},
      {"B",   "weight of the data term",          Scale::log,    {-40, 90}, {0, 15, 2.5}},
      {"eta", "exponent of the compute",          Scale::linear, {0, 1.5},  {0.05, 0.5, 0.15}},
  }};
  // clang-format on
  static constexpr std::array<Shift, 2> shifts{{
      {.param = log_A, .input = Input::N, .by = eta, .factor = 2},
      {.param = log_B, .input = Input::D, .by = eta, .factor = 2},
  }};
  static constexpr std::array<ResponseShift, 3> response_shifts{{
      {.param = log_E},
      {.param = log_A},
      {.param = log_B},
  }};

  template <class T>
  ISOLOSS_HD static T log_loss(const T* theta, const Run<overtraining, T>& run) {
    const T six = theta[eta] * T(kLogSix);
    const T twice = T(2.0) * theta[eta];
    return log_sum_exp(theta[log_E], theta[log_A] - six - twice * run[Input::N],
                       theta[log_B] - six - twice * run[Input::D]);
  }

  // The loss is least at M = (B / A)^(1 / (2 eta)), whatever the compute.
  template <class T>
  ISOLOSS_HD static T log_optimal_params(const T* theta, T log_ND) {
    const T log_ratio = (theta[log_B] - theta[log_A]) / (T(2.0) * theta[eta]);
    return T(0.5) * (log_ND - log_ratio);
  }
};
static_assert(well_formed<overtraining>());

}  // namespace isoloss::laws
