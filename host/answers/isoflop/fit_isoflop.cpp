#include "host/fit/isoflop.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "fits/math.h"
#include "host/base/error.h"

namespace isoloss {
namespace {

// Runs of one budget.
struct Slice {
  std::vector<double> x;  // log of what varies
  std::vector<double> loss;
  std::vector<double> weight;
};

// sum of weight a(i) b(i).
template <class A, class B>
double dot(const Slice& slice, A a, B b) {
  double sum = 0;
  for (std::size_t i = 0; i < slice.x.size(); ++i) sum += slice.weight[i] * a(i) * b(i);
  return sum;
}

// The parabola as c_0 + c_1 p + c_2 (p^2 - shift p - offset), whose three parts are orthogonal over
// the runs: no normal equations are solved, and the digits of large logs stay.
struct Parabola {
  double mean = 0;  // p = x - mean
  double shift = 0;
  double offset = 0;
  double c_0 = 0;
  double c_1 = 0;
  double c_2 = 0;

  double second(double p) const { return (p - shift) * p - offset; }
  double at(double p) const { return c_0 + c_1 * p + c_2 * second(p); }
  double vertex() const { return 0.5 * (shift - c_1 / c_2); }
};

Parabola parabola_through(const Slice& slice) {
  const auto one = [](std::size_t) { return 1.0; };
  const auto loss = [&](std::size_t i) { return slice.loss[i]; };
  const double num = dot(slice, one, one);
  Parabola out;
  out.mean = dot(
                 slice, [&](std::size_t i) { return slice.x[i]; }, one) /
             num;
  const auto p = [&](std::size_t i) { return slice.x[i] - out.mean; };
  const auto p_squared = [&](std::size_t i) { return p(i) * p(i); };
  const double norm = dot(slice, p, p);
  out.shift = dot(slice, p_squared, p) / norm;
  out.offset = norm / num;
  const auto second = [&](std::size_t i) { return out.second(p(i)); };
  out.c_0 = dot(slice, loss, one) / num;
  out.c_1 = dot(slice, loss, p) / norm;
  out.c_2 = dot(slice, loss, second) / dot(slice, second, second);
  return out;
}

IsoflopMinimum minimum_of(const Slice& slice, double budget, const std::string& path) {
  const std::set<double> values(slice.x.begin(), slice.x.end());
  if (values.size() < 3) {
    throw InputError(path, 0, "",
                     fmt::format("{} different model{} at the budget {:g}: a parabola needs 3",
                                 values.size(), values.size() == 1 ? "" : "s", budget),
                     "leave the budget out, or add runs");
  }
  const Parabola parabola = parabola_through(slice);
  if (!(parabola.c_2 > 0)) {
    throw InputError(path, 0, "",
                     fmt::format("the loss has no least at the budget {:g}: its parabola opens "
                                 "downwards",
                                 budget),
                     "leave the budget out, or add runs on both sides of its best model");
  }
  const double p = parabola.vertex();
  const double x = p + parabola.mean;
  return {budget,       isoloss::exp(x), parabola.at(p),
          parabola.c_2, slice.x.size(),  *values.begin() <= x && x <= *values.rbegin()};
}

// The line through (log budget, log position).
void add_power_law(IsoflopFit& fit) {
  const auto num = static_cast<double>(fit.minima.size());
  double mean_x = 0;
  double mean_y = 0;
  for (const IsoflopMinimum& at : fit.minima) {
    mean_x += isoloss::log(at.budget) / num;
    mean_y += isoloss::log(at.position) / num;
  }
  double xx = 0;
  double xy = 0;
  for (const IsoflopMinimum& at : fit.minima) {
    const double x = isoloss::log(at.budget) - mean_x;
    xx += x * x;
    xy += x * (isoloss::log(at.position) - mean_y);
  }
  fit.exponent = xy / xx;
  fit.coefficient = isoloss::exp(mean_y - fit.exponent * mean_x);
}

}  // namespace

double IsoflopFit::optimum(double budget) const {
  return coefficient * isoloss::exp(exponent * isoloss::log(budget));
}

IsoflopFit fit_isoflop(const RunTable& runs, std::string_view along, std::string_view budget) {
  const std::vector<double>& budgets = runs.values_of(budget);
  const std::vector<double>& positions = runs.values_of(along);
  std::map<double, Slice> slices;
  for (std::size_t i = 0; i < runs.num_runs(); ++i) {
    Slice& slice = slices[budgets[i]];
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
