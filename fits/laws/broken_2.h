#pragma once

#include "fits/broken_power.h"

namespace isoloss::laws {

// A power law with two breaks: fits/broken_power.h.
struct broken_2 : BrokenPower<2> {
  static constexpr std::string_view name = "broken_2";
  static constexpr std::string_view formula =
      "L(x) = a + b x^-c_0 (1 + (x / d_1)^(1 / f_1))^(-c_1 f_1) "
      "(1 + (x / d_2)^(1 / f_2))^(-c_2 f_2)";
  // clang-format off
  static constexpr std::array<Param, num_params> params{
      kFloor, kWeight, kFirst,
      slope("c_1"), place("d_1"), width("f_1"),
      slope("c_2"), place("d_2"), width("f_2"),
  };
  // clang-format on
};
static_assert(well_formed<broken_2>());

}  // namespace isoloss::laws
