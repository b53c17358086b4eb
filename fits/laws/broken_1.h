#pragma once

#include "fits/broken_power.h"

namespace isoloss::laws {

// A power law with one break: fits/broken_power.h.
struct broken_1 : BrokenPower<1> {
  static constexpr std::string_view name = "broken_1";
  static constexpr std::string_view formula =
      "L(x) = a + b x^-c_0 (1 + (x / d_1)^(1 / f_1))^(-c_1 f_1)";
  // clang-format off
  static constexpr std::array<Param, num_params> params{
      kFloor, kWeight, kFirst,
      slope("c_1"), place("d_1"), width("f_1"),
  };
  // clang-format on
};
static_assert(well_formed<broken_1>());

}  // namespace isoloss::laws
