// Derivatives of what follows from parameters.

#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "host/laws/law_entry.h"

namespace isoloss {

// Of `quantity` by some of the parameters, plain units, by central differences.
inline std::vector<double> plain_gradient(const std::function<double(const Theta&)>& quantity,
                                          const Theta& at, const std::vector<std::size_t>& params) {
  constexpr double kStep = 1e-5;  // of a parameter's size and at least of 1
  std::vector<double> out;
  for (const std::size_t k : params) {
    const double step = kStep * std::max(1.0, std::fabs(at[k]));
    Theta above = at, below = at;
    above[k] += step;
    below[k] -= step;
    out.push_back((quantity(above) - quantity(below)) / (2 * step));
  }
  return out;
}

}  // namespace isoloss
