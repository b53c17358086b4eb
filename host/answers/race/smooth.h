// The smooth curve through a noisy one.

#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace isoloss {

// A smoother that is linear in the values: at each target the value of the line through the rows
// within half_width of it, by least squares with tricube weights (Cleveland 1979). Where fewer than
// ten rows are that near the ten nearest on either side make the line.
class LocalLines {
 public:
  // x: ascending, not all equal; targets: any within x's range.
  LocalLines(std::span<const double> x, std::span<const double> targets, double half_width);

  // Values of the smooth curve at the targets; y has one entry an x.
  // cost: one product a target and row near it
  std::vector<double> of(std::span<const double> y) const;

  // Parameters that the smooth curve is worth: the trace of the smoother. For targets that are x.
  double num_fitted() const;

 private:
  struct Window {
    std::size_t first = 0;        // row
    std::vector<double> weights;  // of the rows from `first` on; they sum to 1
  };
  std::vector<Window> windows_;
};

// A curve by its values at evenly spaced places, straight between them.
struct SampledCurve {
  double first = 0;
  double step = 1;
  std::vector<double> values;

  double at(double x) const;  // held to the range
};

// Evenly spaced places from `first` to `last`, at most `step` apart.
std::vector<double> even_places(double first, double last, double step);

}  // namespace isoloss
