#pragma once

#include "fits/effective_experts.h"
#include "fits/law.h"

namespace isoloss::laws {

// Clark et al. 2022, arXiv:2202.01169: runs of one token count. N is the size of the
// dense model, E the experts.
struct moe_routed {
  static constexpr std::string_view name = "moe_routed";
  static constexpr std::string_view formula =
      "log10 L = a log10 N + b log10 E_eff + c log10 N log10 E_eff + d, "
      "1 / E_eff = 1 / (E - 1 + 1 / (1 / E_start - 1 / E_max)) + 1 / E_max";
  static constexpr std::string_view source = "Clark et al. 2022, arXiv:2202.01169";
  static constexpr double kLog10 = 2.302585092994046;
  static constexpr std::array inputs{Input::N, Input::E};

  enum : int { a, b, c, d, log_E_start, log_E_max, num_params };
  // clang-format off
  static constexpr std::array<Param, num_params> params{{
      // name     meaning                               scale          bounds     starts
      {"a",       "exponent of the model size",         Scale::linear, {-2, 2},   {-0.2, 0, 0.1}},
      {"b",       "exponent of the effective experts",  Scale::linear, {-2, 2},   {-0.3, 0, 0.15}},
      {"c",       "how much larger models gain less",   Scale::linear, {-1, 1},   {0, 0.03, 0.015}},
      {"d",       "log10 of the loss at N = E_eff = 1", Scale::linear, {-20, 20}, {0.5, 2, 0.75}},
      {"E_start", "effective experts of a dense model", Scale::log,    {0, 2.5},  {0.1, 1.6, 0.5}},
      {"E_max",   "effective experts of ever more",     Scale::log,    {3, 12},   {4, 7, 1.5}},
  }};
  // clang-format on
  static constexpr std::array<Shift, 2> shifts{{
      {.param = d, .input = Input::N, .by = a, .factor = -1 / kLog10},
      {.param = b, .input = Input::N, .by = c, .factor = -1 / kLog10},
  }};
  static constexpr std::array<ResponseShift, 1> response_shifts{{
      {.param = d, .factor = 1 / kLog10},
  }};

  template <class T>
  ISOLOSS_HD static T log_loss(const T* theta, const Run<moe_routed, T>& run) {
    const T log_E = log_effective_experts(run[Input::E], theta[log_E_start], theta[log_E_max]);
    const T product = theta[c] * T(1 / kLog10) * run[Input::N] * log_E;
    return theta[a] * run[Input::N] + theta[b] * log_E + product + theta[d] * T(kLog10);
  }
};
static_assert(well_formed<moe_routed>());

}  // namespace isoloss::laws
