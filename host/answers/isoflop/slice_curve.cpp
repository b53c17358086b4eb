#include "host/answers/isoflop/slice_curve.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "host/base/root.h"

namespace isoloss {
namespace {

constexpr int kLooks = 256;       // for changes of the slope's sign, between the ends
constexpr double kExact = 1e-12;  // of the position, an absolute log
constexpr std::size_t kFewestOfAkima = 5;

int degree_of(CurveKind kind) { return kind == CurveKind::cubic ? 3 : 2; }

// Slopes at the knots; two more pieces at each end go on as a parabola does.
//
//   source  Akima 1970, J. ACM 17:589
std::vector<double> akima_slopes(const std::vector<double>& x, const std::vector<double>& y) {
  const std::size_t num = x.size();
  std::vector<double> m(num + 3);
  for (std::size_t i = 0; i + 1 < num; ++i) m[i + 2] = (y[i + 1] - y[i]) / (x[i + 1] - x[i]);
  m[1] = 2 * m[2] - m[3];
  m[0] = 2 * m[1] - m[2];
  m[num + 1] = 2 * m[num] - m[num - 1];
  m[num + 2] = 2 * m[num + 1] - m[num];
  std::vector<double> out;
  for (std::size_t i = 0; i < num; ++i) {
    const double after = std::fabs(m[i + 3] - m[i + 2]);
    const double before = std::fabs(m[i + 1] - m[i]);
    out.push_back(after + before > 0 ? (after * m[i + 1] + before * m[i + 2]) / (after + before)
                                     : 0.5 * (m[i + 1] + m[i + 2]));
  }
  return out;
}

}  // namespace

std::string_view name_of(CurveKind kind) {
  if (kind == CurveKind::cubic) return "cubic";
  return kind == CurveKind::akima ? "akima" : "parabola";
}

std::string_view fault_text(SliceFault fault) {
  switch (fault) {
    case SliceFault::none:
      return "";
    case SliceFault::too_few:
      return "too few sizes";
    case SliceFault::no_least:
      return "no least among its sizes";
    case SliceFault::outside:
      return "its best lies beyond its sizes";
    case SliceFault::no_budget:
      return "its budgets differ as its sizes do";
  }
  return "";
}

SliceCurve::SliceCurve(CurveKind kind, const SlicePoints& points)
    : x_(points.x), weight_(points.weight), kind_(kind), num_points_(points.x.size()) {
  const std::set<double> different(x_.begin(), x_.end());
  const std::size_t fewest =
      kind == CurveKind::akima ? kFewestOfAkima : static_cast<std::size_t>(degree_of(kind)) + 1;
  if (different.size() < fewest) {
    least_.fault = SliceFault::too_few;
    return;
  }
  if (kind == CurveKind::akima) {
    fit_akima(points);
  } else {
    fit_polynomial(degree_of(kind), points);
  }
  find_least(*different.begin(), *different.rbegin());
}

void SliceCurve::fit_polynomial(int degree, const SlicePoints& points) {
  std::vector<double> before(num_points_, 0), now(num_points_, 1);
  double last_norm = 0;
  for (int k = 0; k <= degree; ++k) {
    double norm = 0, shift = 0, along = 0;
    for (std::size_t i = 0; i < num_points_; ++i) {
      const double own = weight_[i] * now[i];
      norm += own * now[i];
      shift += own * now[i] * x_[i];
      along += own * points.loss[i];
    }
    coefficient_.push_back(along / norm);
    norm_.push_back(norm);
    shift_.push_back(shift / norm);
    ratio_.push_back(k == 0 ? 0 : norm / last_norm);
    last_norm = norm;
    for (std::size_t i = 0; i < num_points_; ++i) {
      const double next = (x_[i] - shift_.back()) * now[i] - ratio_.back() * before[i];
      before[i] = now[i];
      now[i] = next;
    }
  }
}

void SliceCurve::fit_akima(const SlicePoints& points) {
  std::map<double, std::pair<double, double>> sums;  // of weight times loss, of weight
  for (std::size_t i = 0; i < num_points_; ++i) {
    auto& [loss, weight] = sums[x_[i]];
    loss += weight_[i] * points.loss[i];
    weight += weight_[i];
  }
  for (const auto& [x, sum] : sums) {
    knot_.push_back(x);
    value_.push_back(sum.first / sum.second);
  }
  slope_ = akima_slopes(knot_, value_);
}

double SliceCurve::at(double x) const {
  if (kind_ != CurveKind::akima) {
    double before = 0, now = 1, sum = 0;
    for (std::size_t k = 0; k < coefficient_.size(); ++k) {
      sum += coefficient_[k] * now;
      const double next = (x - shift_[k]) * now - ratio_[k] * before;
      before = now;
      now = next;
    }
    return sum;
  }
  const auto above = std::upper_bound(knot_.begin() + 1, knot_.end() - 1, x);
  const auto i = static_cast<std::size_t>(above - knot_.begin()) - 1;
  const double width = knot_[i + 1] - knot_[i], t = (x - knot_[i]) / width, u = 1 - t;
  return u * u * ((1 + 2 * t) * value_[i] + t * width * slope_[i]) +
         t * t * ((3 - 2 * t) * value_[i + 1] - u * width * slope_[i + 1]);
}

double SliceCurve::slope(double x) const {
  if (kind_ != CurveKind::akima) {
    double before = 0, now = 1, before_slope = 0, now_slope = 0, sum = 0;
    for (std::size_t k = 0; k < coefficient_.size(); ++k) {
      sum += coefficient_[k] * now_slope;
      const double next = (x - shift_[k]) * now - ratio_[k] * before;
      const double next_slope = now + (x - shift_[k]) * now_slope - ratio_[k] * before_slope;
      before = now;
      now = next;
      before_slope = now_slope;
      now_slope = next_slope;
    }
    return sum;
  }
  const auto above = std::upper_bound(knot_.begin() + 1, knot_.end() - 1, x);
  const auto i = static_cast<std::size_t>(above - knot_.begin()) - 1;
  const double width = knot_[i + 1] - knot_[i], t = (x - knot_[i]) / width;
  const double rise = (value_[i + 1] - value_[i]) / width;
  return 6 * t * (1 - t) * rise + (1 - t) * (1 - 3 * t) * slope_[i] +
         t * (3 * t - 2) * slope_[i + 1];
}

double SliceCurve::leverage(std::size_t i) const {
  if (kind_ == CurveKind::akima) {
    double sum = 0;  // of the weights at its knot
    for (std::size_t j = 0; j < num_points_; ++j)
      if (x_[j] == x_[i]) sum += weight_[j];
    return weight_[i] / sum;
  }
  double before = 0, now = 1, sum = 0;
  for (std::size_t k = 0; k < coefficient_.size(); ++k) {
    sum += weight_[i] * now * now / norm_[k];
    const double next = (x_[i] - shift_[k]) * now - ratio_[k] * before;
    before = now;
    now = next;
  }
  return sum;
}

void SliceCurve::find_least(double lower, double upper) {
  if (kind_ == CurveKind::parabola) {
    const double bend = slope(upper) - slope(lower);  // of 2 c (upper - lower)
    if (!(bend > 0)) {
      least_.fault = SliceFault::no_least;
      return;
    }
    least_.x = lower - slope(lower) * (upper - lower) / bend;
    least_.loss = at(least_.x);
    least_.fault = lower <= least_.x && least_.x <= upper ? SliceFault::none : SliceFault::outside;
    return;
  }
  least_.fault = SliceFault::no_least;
  FunctionPoint last{lower, slope(lower)};
  for (int i = 1; i <= kLooks; ++i) {
    const double x = lower + (upper - lower) * i / kLooks;
    const FunctionPoint next{x, slope(x)};
    if (last.value < 0 && next.value >= 0) {
      const double root = root_between([&](double at) { return slope(at); }, next, last, kExact);
      const double loss = at(root);
      if (least_.fault != SliceFault::none || loss < least_.loss)
        least_ = {SliceFault::none, root, loss};
    }
    last = next;
  }
}

}  // namespace isoloss
