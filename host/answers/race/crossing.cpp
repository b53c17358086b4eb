#include "host/answers/race/crossing.h"

#include <cmath>

#include "host/base/root.h"

namespace isoloss {
namespace {

constexpr int kPlaces = 128;
constexpr double kTolerance = 1e-10;  // of a place, a log of a budget

}  // namespace

Crossings crossings_of(std::span<const double> places, std::span<const double> difference) {
  Crossings out{0, NAN};
  for (std::size_t i = 1; i < places.size(); ++i) {
    if ((difference[i - 1] > 0) == (difference[i] > 0)) continue;
    const double share = difference[i - 1] / (difference[i - 1] - difference[i]);
    ++out.num;
    out.last = places[i - 1] + share * (places[i] - places[i - 1]);
  }
  return out;
}

double first_crossing(const std::function<double(double)>& difference, double from, double to) {
  FunctionPoint before{from, difference(from)};
  for (int k = 1; k < kPlaces; ++k) {
    const double at = from + (to - from) * k / (kPlaces - 1);
    const FunctionPoint here{at, difference(at)};
    if ((before.value > 0) != (here.value > 0))
      return root_between(difference, before, here, kTolerance);
    before = here;
  }
  return NAN;
}

}  // namespace isoloss
