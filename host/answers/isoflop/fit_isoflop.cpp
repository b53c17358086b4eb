#include "host/answers/isoflop/fit_isoflop.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "fits/math.h"
#include "host/answers/isoflop/minima.h"
#include "host/answers/isoflop/slice_curve.h"
#include "host/base/error.h"

namespace isoloss {
namespace {

IsoflopMinimum minimum_of(const SlicePoints& slice, double budget, const std::string& path) {
  const std::set<double> values(slice.x.begin(), slice.x.end());
  const SliceCurve curve(CurveKind::parabola, slice);
  const SliceLeast& least = curve.least();
  if (least.fault == SliceFault::too_few)
    throw InputError(path, 0, "",
                     fmt::format("{} different model{} at the budget {:g}: a parabola needs 3",
                                 values.size(), values.size() == 1 ? "" : "s", budget),
                     "leave the budget out, or add runs");
  if (least.fault == SliceFault::no_least)
    throw InputError(path, 0, "",
                     fmt::format("the loss has no least at the budget {:g}: its parabola opens "
                                 "downwards",
                                 budget),
                     "leave the budget out, or add runs on both sides of its best model");
  const double lower = *values.begin(), upper = *values.rbegin();
  return {budget,         isoloss::exp(least.x),
          least.loss,     0.5 * (curve.slope(upper) - curve.slope(lower)) / (upper - lower),
          slice.x.size(), least.fault == SliceFault::none};
}

// The line through (log budget, log position).
void add_power_law(IsoflopFit& fit) {
  std::vector<double> x, y;
  for (const IsoflopMinimum& at : fit.minima) {
    x.push_back(isoloss::log(at.budget));
    y.push_back(isoloss::log(at.position));
  }
  const LogLine line = line_through(x, y);
  fit.exponent = line.exponent;
  fit.coefficient = isoloss::exp(line.log_coefficient);
}

}  // namespace

double IsoflopFit::optimum(double budget) const {
  return coefficient * isoloss::exp(exponent * isoloss::log(budget));
}

IsoflopFit fit_isoflop(const RunTable& runs, std::string_view along, std::string_view budget) {
  const std::vector<double>& budgets = runs.values_of(budget);
  const std::vector<double>& positions = runs.values_of(along);
  std::map<double, SlicePoints> slices;
  for (std::size_t i = 0; i < runs.num_runs(); ++i) {
    SlicePoints& slice = slices[budgets[i]];
    slice.x.push_back(isoloss::log(positions[i]));
    slice.loss.push_back(runs.loss[i]);
    slice.weight.push_back(runs.weights.empty() ? 1 : runs.weights[i]);
  }
  if (slices.size() < 2)
    throw InputError(runs.path, 0, "", "one budget: a power law needs two", "add runs");
  IsoflopFit out;
  for (const auto& [value, slice] : slices)
    out.minima.push_back(minimum_of(slice, value, runs.path));
  add_power_law(out);
  return out;
}

}  // namespace isoloss
