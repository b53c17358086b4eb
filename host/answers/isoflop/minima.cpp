#include "host/answers/isoflop/minima.h"

#include <cmath>

#include "fits/math.h"

namespace isoloss {

SliceCurve curve_of(const IsoflopDesign& design, std::size_t slice,
                    const std::vector<double>& loss) {
  SlicePoints points;
  for (const std::size_t row : design.slices[slice].rows) {
    points.x.push_back(design.log_size[row]);
    points.loss.push_back(loss[row]);
    points.weight.push_back(design.weight[row]);
  }
  return SliceCurve(design.curve, points);
}

IsoflopMinima minima_of(const IsoflopDesign& design, const std::vector<double>& loss) {
  IsoflopMinima out;
  std::vector<double> x, y;
  for (std::size_t s = 0; s < design.slices.size(); ++s) {
    out.leasts.push_back(curve_of(design, s, loss).least());
    if (!design.slices[s].is_one_budget && out.leasts.back().fault != SliceFault::too_few)
      out.leasts.back().fault = SliceFault::no_budget;
    if (out.leasts.back().fault != SliceFault::none) continue;
    x.push_back(isoloss::log(design.slices[s].budget));
    y.push_back(out.leasts.back().x);
  }
  out.num_used = x.size();
  out.line = line_through(x, y);
  return out;
}

LogLine line_through(const std::vector<double>& x, const std::vector<double>& y) {
  if (x.size() < 2) return {NAN, NAN};
  const auto num = static_cast<double>(x.size());
  double mean_x = 0, mean_y = 0, xx = 0, xy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    mean_x += x[i] / num;
    mean_y += y[i] / num;
  }
  for (std::size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - mean_x) * (x[i] - mean_x);
    xy += (x[i] - mean_x) * (y[i] - mean_y);
  }
  return {xy / xx, mean_y - xy / xx * mean_x};
}

}  // namespace isoloss
