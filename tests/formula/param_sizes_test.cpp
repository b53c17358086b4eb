// Sizes of parameters from those of the data.

#include "host/formula/param_sizes.h"

#include <algorithm>
#include <cmath>

#include "tests/catch.h"
#include "tests/formula_laws.h"

namespace isoloss {
namespace {

// Decades of a parameter's sizes where x is about 10^of_x and the response 10^of_y.
std::vector<double> decades(const char* formula, const char* name, double of_x, double of_y) {
  const FormulaLaw law = regression(formula);
  const double decade = std::log(10.0);
  const auto sizes = law.param_sizes({{of_x * decade}, of_y * decade});
  std::vector<double> out;
  for (std::size_t k = 0; k < law.params.size(); ++k)
    if (law.params[k].name == name)
      for (const double size : sizes[k]) out.push_back(std::round(10 * size / decade) / 10);
  return out;
}

}  // namespace

TEST_CASE("A parameter's size is what the columns, the response and constants make it") {
  using Decades = std::vector<double>;
  CHECK(decades("o + a*exp(-x*s/1e-16)", "s", 0, 3) == Decades{-16});
  CHECK(decades("o + a*exp(-x*s/1e-16)", "a", 0, 3) == Decades{3});
  CHECK(decades("o + a*exp(-x/s)", "s", 9, 0) == Decades{9});
  CHECK(decades("a*(x - m)^2", "m", 7, 0) == Decades{7});
  CHECK(decades("a*exp(-((x - m)/s)^2)", "s", 7, 0) == Decades{7});
  CHECK(decades("a*cos(x/s)", "s", -5, 0) == Decades{-5});
  CHECK(decades("(c/x)^a", "c", 9, 0) == Decades{9});
  CHECK(decades("(c/x)^a", "a", 9, 0) == Decades{0});
  CHECK(decades("b*x/(1 + c*x^3)", "c", 5, 0) == Decades{-15});
  CHECK(decades("b*x + c*x^2", "c", 6, 1) == Decades{-11});
  CHECK(decades("sqrt(a*x)", "a", 2, 5) == Decades{8});
  CHECK(decades("a*(1 - exp(-b*x)) + b", "b", 4, 0) == Decades{0, -4});
}

}  // namespace isoloss
