// Derivatives of fits/functions.h on dual numbers against central differences.

#include "fits/dual_functions.h"

#include <cmath>

#include "tests/catch.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

using D = Dual<double, 2>;

// f(u, v) where u = x y and v = x + 2 y, so that the chain rule has mixed second derivatives.
template <class F, class T>
T composed(const F& f, const T& x, const T& y) {
  return f(x * y, x + T(2.0) * y);
}

template <class F>
D at(const F& f, double x, double y) {
  return composed(f, D::variable(x, 0), D::variable(y, 1));
}

void check_near(double ours, double theirs) {
  CHECK(std::fabs(ours - theirs) <= tolerance::kDifference * std::max(1.0, std::fabs(theirs)));
}

template <class F>
void check_derivatives(const F& f, double x, double y) {
  INFO("x = " << x << ", y = " << y);
  const double h = tolerance::kDifferenceStep;
  const D exact = at(f, x, y);
  CHECK(exact.value == composed(f, x, y));
  for (int k = 0; k < 2; ++k) {
    const double dx = k == 0 ? h : 0;
    const double dy = k == 1 ? h : 0;
    const D above = at(f, x + dx, y + dy);
    const D below = at(f, x - dx, y - dy);
    check_near(exact.grad[k], (above.value - below.value) / (2 * h));
    for (int j = 0; j < 2; ++j)
      check_near(exact.hess[packed_any(k, j)], (above.grad[j] - below.grad[j]) / (2 * h));
  }
}

template <class F>
void check_everywhere(const F& f) {
  for (const double x : {0.02, 0.7, 1.9})
    for (const double y : {0.05, 0.8, 2.3}) check_derivatives(f, x, y);
}

}  // namespace

TEST_CASE("Derivatives of functions of one argument agree with central differences") {
  check_everywhere([](const auto& u, const auto&) { return one_minus_exp(u); });
  check_everywhere([](const auto& u, const auto&) { return checked_log(u); });
  check_everywhere([](const auto& u, const auto&) { return sin(u); });
  check_everywhere([](const auto& u, const auto&) { return cos(u); });
  check_everywhere([](const auto& u, const auto&) { return atan(u); });
  check_everywhere([](const auto& u, const auto&) { return -u; });
}

TEST_CASE("Derivatives of balance agree with central differences on both sides of zero") {
  check_everywhere([](const auto& u, const auto& v) { return balance(u, v); });
  check_everywhere([](const auto& u, const auto& v) { return balance(-u, v); });
  check_everywhere([](const auto& u, const auto& v) { return balance(u - 3.0, v); });
}

TEST_CASE("The smaller and the larger have the derivatives of the one taken") {
  check_everywhere([](const auto& u, const auto& v) { return min_of(u, v); });
  check_everywhere([](const auto& u, const auto& v) { return max_of(sin(u), cos(v)); });
}

TEST_CASE("Derivatives of a dual and a constant agree with central differences") {
  check_everywhere([](const auto& u, const auto& v) { return 2.0 + u * v; });
  check_everywhere([](const auto& u, const auto& v) { return u * v + 2.0; });
  check_everywhere([](const auto& u, const auto& v) { return 2.0 - u * v; });
  check_everywhere([](const auto& u, const auto& v) { return u * v - 2.0; });
  check_everywhere([](const auto& u, const auto& v) { return u * v / 2.0; });
  check_everywhere([](const auto& u, const auto& v) { return 2.0 / (u + v); });
}

}  // namespace isoloss
