#include "host/answers/race/smooth.h"

#include <algorithm>
#include <cmath>

namespace isoloss {
namespace {

constexpr std::size_t kFewestNear = 10;
// The farthest row keeps a weight: its distance is so far inside the half width.
constexpr double kInside = 1.001;

struct Reach {
  std::size_t first, last;  // rows [first, last)
  double half_width;
};

// The rows within half_width of `target`, or around the nearest rows if those are too few.
Reach reach_of(std::span<const double> x, double target, double half_width) {
  const auto index = [&](auto at) { return static_cast<std::size_t>(at - x.begin()); };
  std::size_t first = index(std::lower_bound(x.begin(), x.end(), target - half_width));
  std::size_t last = index(std::upper_bound(x.begin(), x.end(), target + half_width));
  const std::size_t near = index(std::lower_bound(x.begin(), x.end(), target));
  const bool is_line = last - first >= kFewestNear && x[last - 1] > x[first];
  if (is_line) return {first, last, half_width};
  std::size_t spread = kFewestNear;
  do {
    first = std::min(first, near > spread ? near - spread : 0);
    last = std::max(last, std::min(x.size(), near + spread));
    spread *= 2;
  } while (!(x[last - 1] > x[first]));
  const double far = std::max(target - x[first], x[last - 1] - target);
  return {first, last, std::max(half_width, kInside * far)};
}

double tricube(double distance) {
  const double u = std::fabs(distance);
  const double rest = 1 - u * u * u;
  return u < 1 ? rest * rest * rest : 0;
}

// Weights of the rows in the value of their line at `target`.
std::vector<double> line_weights(std::span<const double> x, double target, const Reach& reach) {
  std::vector<double> weights;
  double sum = 0, first_moment = 0, second_moment = 0;
  for (std::size_t i = reach.first; i < reach.last; ++i) {
    const double from_target = x[i] - target;
    const double weight = tricube(from_target / reach.half_width);
    weights.push_back(weight);
    sum += weight;
    first_moment += weight * from_target;
    second_moment += weight * from_target * from_target;
  }
  const double determinant = sum * second_moment - first_moment * first_moment;
  for (std::size_t i = reach.first; i < reach.last; ++i)
    weights[i - reach.first] *= (second_moment - first_moment * (x[i] - target)) / determinant;
  return weights;
}

}  // namespace

LocalLines::LocalLines(std::span<const double> x, std::span<const double> targets,
                       double half_width) {
  for (const double target : targets) {
    const Reach reach = reach_of(x, target, half_width);
    windows_.push_back({reach.first, line_weights(x, target, reach)});
  }
}

std::vector<double> LocalLines::of(std::span<const double> y) const {
  std::vector<double> out;
  out.reserve(windows_.size());
  for (const Window& window : windows_) {
    double sum = 0;
    for (std::size_t i = 0; i < window.weights.size(); ++i)
      sum += window.weights[i] * y[window.first + i];
    out.push_back(sum);
  }
  return out;
}

double LocalLines::num_fitted() const {
  double trace = 0;
  for (std::size_t i = 0; i < windows_.size(); ++i)
    trace += windows_[i].weights[i - windows_[i].first];
  return trace;
}

double SampledCurve::at(double x) const {
  const double place = std::clamp((x - first) / step, 0.0, static_cast<double>(values.size() - 1));
  const auto below = std::min(static_cast<std::size_t>(place), values.size() - 2);
  const double share = place - static_cast<double>(below);
  return values[below] + share * (values[below + 1] - values[below]);
}

std::vector<double> even_places(double first, double last, double step) {
  const auto intervals = static_cast<std::size_t>(std::ceil((last - first) / step));
  const std::size_t num = std::max<std::size_t>(intervals, 1);
  std::vector<double> out;
  for (std::size_t i = 0; i <= num; ++i)
    out.push_back(first + (last - first) * static_cast<double>(i) / static_cast<double>(num));
  return out;
}

}  // namespace isoloss
