// Formulas for tests of engines that run tapes, and how their searches are compared.

#pragma once

#include <cmath>

#include "host/search/cpu_engine.h"
#include "tests/catch.h"
#include "tests/cuda_on_cpu/tape_search.h"

namespace isoloss {

using Symbols = std::vector<Symbol>;

// A sum of waves and bends, linear in all parameters but the second, so that searches are short.
inline Symbol waves(const Symbols& theta, const Symbols& x) {
  Symbol sum = theta[0] + theta[2] * sin(theta[1] * x[0]);
  for (std::size_t k = 3; k < theta.size(); ++k) {
    const Symbol at = Symbol(0.4 * static_cast<double>(k / 3 + 1)) * x[k % x.size()];
    sum = sum + theta[k] * (k % 2 == 0 ? sin(at) : atan(at - Symbol(1.0)));
  }
  return sum;
}

// Every other operation, compared by its log.
inline Symbol everything(const Symbols& theta, const Symbols& x) {
  const Symbol grown = exp(theta[0] - theta[1] * x[0]) + one_minus_exp(theta[2] * x[1]);
  const Symbol bent = max_of(theta[3], theta[4] - x[2]) * min_of(x[1], theta[2] + Symbol(1.0));
  const Symbol turned = (cos(theta[5] * x[1]) + Symbol(2.0)) / (theta[6] * x[0] + Symbol(3.0));
  return log(grown + bent * bent + turned + balance(theta[1] * x[1], theta[6] + Symbol(2.5)) +
             Symbol(2.0));
}

inline Symbol line(const Symbols& theta, const Symbols& x) { return theta[0] + theta[1] * x[0]; }

// Theta, objective and counts are the CPU's to the last bit. Returns how many were polished.
inline int check_same(const TapeSearch& search, SearchEngine& cuda) {
  const auto own = search.search(cuda);
  const auto reference = search.search(*make_cpu_engine({}));
  int num_polished = 0;
  for (std::size_t i = 0; i < own.size(); ++i) {
    CHECK(own[i].objective == reference[i].objective);
    CHECK(std::isfinite(own[i].objective));
    CHECK(std::equal(std::begin(own[i].theta), std::end(own[i].theta), reference[i].theta));
    CHECK(own[i].num_evaluations == reference[i].num_evaluations);
    CHECK(own[i].num_agreeing == reference[i].num_agreeing);
    num_polished += own[i].is_polished;
  }
  return num_polished;
}

}  // namespace isoloss
