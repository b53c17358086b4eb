#pragma once

#include "fits/farseer_levels.h"
#include "fits/law.h"

namespace isoloss::laws {

// Li et al. 2025, arXiv:2506.10972: the data's weight and exponent move with the model size. N
// leaves embeddings out; the paper's b_3, b_2 are the logs of B_3, B_2. N^exponent needs the unit
// of N, so nothing is centred. An exponent of D beyond e^5 counts as e^5, a term beyond e^300 as
// e^300. The boxes hold what the curves of the search form come to.
struct farseer {
  static constexpr std::string_view name = "farseer";
  static constexpr std::string_view formula =
      "L(N, D) = B_3 exp(a_3 N^gamma) + B_2 exp(a_2 N^beta) D^-exp(a_1 N^alpha + b_1)";
  static constexpr std::string_view source = "Li et al. 2025, arXiv:2506.10972";
  static constexpr std::array inputs{Input::N, Input::D};
  using search_form = farseer_levels;

  enum : int { log_B_3, a_3, gamma, log_B_2, a_2, beta, a_1, alpha, b_1, num_params };
  // clang-format off
  static constexpr std::array<Param, num_params> params{{
      // name   meaning                                  scale          bounds         starts
      {"B_3",   "scale of the irreducible loss",         Scale::log,    {-1e9, 1e9},   {-1, 1, 1}},
      {"a_3",   "its change with the model size",        Scale::linear, {-1e12, 1e12}, {-0.1, 0, 0.1}},
      {"gamma", "exponent of that change",               Scale::linear, {-1, 0.5},     {0.05, 0.3, 0.25}},
      {"B_2",   "scale of the data term",                Scale::log,    {-1e9, 1e9},   {-10, 0, 5}},
      {"a_2",   "its change with the model size",        Scale::linear, {-1e12, 1e12}, {10, 100, 45}},
      {"beta",  "exponent of that change",               Scale::linear, {-1, 0.5},     {-0.25, -0.05, 0.1}},
      {"a_1",   "change of the exponent of the tokens",  Scale::linear, {-1e12, 1e12}, {-0.3, 0, 0.15}},
      {"alpha", "exponent of that change",               Scale::linear, {-1, 0.5},     {0.05, 0.25, 0.1}},
      {"b_1",   "log of that exponent, less its change", Scale::linear, {-1e9, 1e9},   {-1.5, 0.5, 1}},
  }};
  // clang-format on
  static constexpr std::array<ResponseShift, 2> response_shifts{{
      {.param = log_B_3},
      {.param = log_B_2},
  }};

  template <class T>
  ISOLOSS_HD static T log_loss(const T* theta, const Run<farseer, T>& run) {
    const T irreducible = theta[a_3] * exp(theta[gamma] * run[Input::N]);
    const T weight = theta[a_2] * exp(theta[beta] * run[Input::N]);
    const T log_exponent = theta[a_1] * exp(theta[alpha] * run[Input::N]) + theta[b_1];
    const T exponent = exp(min_of(log_exponent, T(5.0)));
    return log_sum_exp(min_of(theta[log_B_3] + irreducible, T(300.0)),
                       min_of(theta[log_B_2] + weight - exponent * run[Input::D], T(300.0)));
  }
};
static_assert(well_formed<farseer>());

}  // namespace isoloss::laws
