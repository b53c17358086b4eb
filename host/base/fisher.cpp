#include "host/base/fisher.h"

#include <cmath>

namespace isoloss {
namespace {

constexpr double kRounding = 1e-16;
constexpr double kTiny = 1e-300;  // in the place of a denominator of 0 (Lentz's method)
constexpr int kMostTerms = 100'000;

double off_zero(double x) { return std::fabs(x) < kTiny ? kTiny : x; }

// 1 / (1 + d_1 x / (1 + d_2 x / (1 + ...))), which settles soon for x below (a + 1) / (a + b + 2).
double beta_fraction(double x, double a, double b) {
  double c = 1, d = 1 / off_zero(1 - (a + b) * x / (a + 1)), out = d;
  const auto take = [&](double numerator) {
    c = off_zero(1 + numerator / c);
    d = 1 / off_zero(1 + numerator * d);
    out *= c * d;
  };
  for (int m = 1; m < kMostTerms; ++m) {
    take(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)));
    const double before = out;
    take(-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)));
    if (std::fabs(out - before) <= kRounding * std::fabs(out)) break;
  }
  return out;
}

// I_x(a, b); rest: 1 - x, which rounding would take digits of.
double incomplete_beta(double x, double rest, double a, double b) {
  if (std::isnan(x)) return x;
  if (!(x > 0)) return 0;
  if (!(rest > 0)) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incomplete_beta(rest, x, b, a);
  const double log_factor =
      std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log(rest);
  return std::exp(log_factor) * beta_fraction(x, a, b) / a;
}

}  // namespace

double fisher_tail(double ratio, int above, int below) {
  const double whole = below + above * ratio;
  return incomplete_beta(below / whole, above * ratio / whole, 0.5 * below, 0.5 * above);
}

}  // namespace isoloss
