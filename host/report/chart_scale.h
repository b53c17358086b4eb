// An axis of a chart of text: where a value lies on it, and its ticks.

#pragma once

#include <string>
#include <vector>

#include "host/report/document.h"

namespace isoloss {

class ChartScale {
 public:
  // Over the finite values; those above 0 if the axis is logarithmic.
  ChartScale(const ChartAxis& axis, const std::vector<double>& values);

  bool empty() const { return !(low_ < high_); }
  // From 0 to 1, beyond that outside; NaN for what has no place.
  double at(double value) const;
  // Round values on it, `most` at most: powers of ten where those are enough.
  std::vector<double> ticks(int most) const;

 private:
  std::vector<double> powers() const;

  bool is_log_;
  double low_ = 0, high_ = 0;  // logs to the base of ten if it is logarithmic
};

std::string tick_text(double value);

}  // namespace isoloss
