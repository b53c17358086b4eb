#include "host/base/lockstep_root.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace isoloss {
namespace {

constexpr int kMostRounds = 120;

// The bracket of one row: (a, b) with a root between, and c, the point that fell out last.
struct Bracket {
  double a, b, c;
  double fa, fb, fc;
  double t = 0.5;  // next point a + t (b - a)
  bool done = false;

  double next() const { return a + t * (b - a); }
  double best() const { return std::fabs(fa) < std::fabs(fb) ? a : b; }

  // Takes the value at next() and chooses the point after it.
  void take(double x, double fx) {
    if (std::signbit(fx) == std::signbit(fa)) {
      c = a, fc = fa;
    } else {
      c = b, fc = fb;
      b = a, fb = fa;
    }
    a = x, fa = fx;
    const double middle = best();
    const double width = std::fabs(b - a);
    const double least = 2 * std::numeric_limits<double>::epsilon() * std::fabs(middle) +
                         std::numeric_limits<double>::min();
    done = fa == 0 || fb == 0 || width <= 2 * least || !std::isfinite(fx);
    if (done) return;
    t = 0.5;
    const double xi = (a - b) / (c - b);
    const double phi = (fa - fb) / (fc - fb);
    if (phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi)
      t = fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb);
    t = std::clamp(t, least / width, 1 - least / width);
  }
};

}  // namespace

std::vector<double> lockstep_roots(const std::vector<double>& lower,
                                   const std::vector<double>& upper, const RowsFunction& f) {
  const std::size_t num = lower.size();
  std::vector<double> f_lower(num), f_upper(num), x(num), fx(num);
  f(lower, f_lower);
  f(upper, f_upper);
  std::vector<Bracket> rows(num);
  for (std::size_t i = 0; i < num; ++i) {
    rows[i] = {upper[i], lower[i], lower[i], f_upper[i], f_lower[i], f_lower[i]};
    const bool is_bracket = std::isfinite(f_lower[i]) && std::isfinite(f_upper[i]) &&
                            std::signbit(f_lower[i]) != std::signbit(f_upper[i]);
    rows[i].done = !is_bracket || f_lower[i] == 0 || f_upper[i] == 0;
    if (!is_bracket) rows[i].a = rows[i].b = std::numeric_limits<double>::quiet_NaN();
    if (f_lower[i] == 0) rows[i].a = rows[i].b = lower[i];
    if (f_upper[i] == 0) rows[i].a = rows[i].b = upper[i];
  }
  const auto is_done = [](const Bracket& row) { return row.done; };
  for (int round = 0; round < kMostRounds; ++round) {
    if (std::all_of(rows.begin(), rows.end(), is_done)) break;
    for (std::size_t i = 0; i < num; ++i) x[i] = rows[i].done ? rows[i].best() : rows[i].next();
    f(x, fx);
    for (std::size_t i = 0; i < num; ++i)
      if (!rows[i].done) rows[i].take(x[i], fx[i]);
  }
  for (std::size_t i = 0; i < num; ++i) x[i] = rows[i].best();
  return x;
}

}  // namespace isoloss
