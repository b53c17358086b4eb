#pragma once

#include "fits/broken_power.h"

namespace isoloss::laws {

// A power law with three breaks: fits/broken_power.h.
struct broken_3 : BrokenPower<3> {
  static constexpr std::string_view name = "broken_3";
  static constexpr std::string_view formula =
      "L(x) = a + b x^-c_0 (1 + (x / d_1)^(1 / f_1))^(-c_1 f_1) "
      "(1 + (x / d_2)^(1 / f_2))^(-c_2 f_2) (1 + (x / d_3)^(1 / f_3))^(-c_3 f_3)";
  // clang-format off
  static constexpr std::array<Param, num_params> params{
      kFloor, kWeight, kFirst,
      slope("c_1"), place("d_1"), width("f_1"),
      slope("c_2"), place("d_2"), width("f_2"),
      slope("c_3"), place("d_3"), width("f_3"),
  };
  // clang-format on
};
static_assert(well_formed<broken_3>());

}  // namespace isoloss::laws
