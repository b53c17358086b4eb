// What the broken power laws of one to three breaks share.

#pragma once

#include <array>

#include "fits/functions.h"
#include "fits/law.h"

namespace isoloss {

// Caballero et al. 2022, arXiv:2210.14891 Parameters are a, b, c_0 and then c, d, f of
// each break. A break beyond the data is not identifiable; a and c_0 trade off.
template <int num_breaks>
struct BrokenPower {
  static constexpr std::string_view source = "Caballero et al. 2022, arXiv:2210.14891";
  static constexpr std::array inputs{Input::x};

  enum : int { log_a, log_b, c_0, first_break, num_params = first_break + 3 * num_breaks };
  // Of break i = 0, 1, ...
  static constexpr int c(int i) { return first_break + 3 * i; }
  static constexpr int log_d(int i) { return first_break + 3 * i + 1; }
  static constexpr int log_f(int i) { return first_break + 3 * i + 2; }

  // clang-format off
  static constexpr Param kFloor{
      "a",   "limit of a large x",         Scale::log,    {-40, 10},  {-3, 1, 4}};
  static constexpr Param kWeight{
      "b",   "weight of the first power",  Scale::log,    {-40, 90},  {-2, 10, 12}};
  static constexpr Param kFirst{
      "c_0", "exponent before the breaks", Scale::linear, {0, 3},     {0.05, 0.55, 0.5}};
  // clang-format on
  static constexpr Param slope(std::string_view name) {
    return {name, "change of the exponent", Scale::linear, {-20, 20}, {0.1, 5.1, 5}};
  }
  static constexpr Param place(std::string_view name) {
    return {name, "x at the break", Scale::log, {-60, 140}, {2, 50, 48}};
  }
  static constexpr Param width(std::string_view name) {
    return {name, "width of the break in log x", Scale::log, {-4, 1}, {-3, 0, 3}};
  }

  static constexpr std::array<Shift, 1 + num_breaks> shifts = [] {
    std::array<Shift, 1 + num_breaks> out{};
    out[0] = {.param = log_b, .input = Input::x, .by = c_0};
    for (int i = 0; i < num_breaks; ++i)
      out[static_cast<std::size_t>(1 + i)] = {.param = log_d(i), .input = Input::x};
    return out;
  }();
  static constexpr std::array<ResponseShift, 2> response_shifts{{
      {.param = log_a},
      {.param = log_b},
  }};

  static constexpr Breaks breaks{log_a, log_b, c_0, first_break, num_breaks};

  // log of a + b x^-c_0 times (1 + (x / d)^(1 / f))^(-c f) for each break.
  template <class T, class Law>
  ISOLOSS_HD static T log_loss(const T* theta, const Run<Law, T>& run) {
    const T log_x = run[Input::x];
    T log_power = theta[log_b] - theta[c_0] * log_x;
    for (int i = 0; i < num_breaks; ++i) {
      const T f = exp(theta[log_f(i)]);
      log_power = log_power - theta[c(i)] * f * softplus((log_x - theta[log_d(i)]) / f);
    }
    return log_sum_exp(theta[log_a], log_power);
  }
};

}  // namespace isoloss
