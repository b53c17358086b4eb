#include "host/base/normal_deviate.h"

#include <cmath>

#include "fits/functions.h"
#include "fits/math.h"

namespace isoloss {

double normal_of(std::uint32_t radius, std::uint32_t angle) {
  constexpr double kTwoPi = 6.283185307179586;
  return std::sqrt(-2 * isoloss::log(uniform_of(radius))) *
         isoloss::cos(kTwoPi * uniform_of(angle));
}

}  // namespace isoloss
