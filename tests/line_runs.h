// Points of a line as runs, and its fit.

#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "tests/planted_source.h"

namespace isoloss {

struct LinePoint {
  double x, y;
  std::size_t run;
};

// a + b x by these options; the rows of one run together if by_run.
inline FittedLaw fitted_line(const std::vector<LinePoint>& points, bool by_run,
                             FitOptions options) {
  std::string csv = by_run ? "run,x,y\n" : "x,y\n";
  for (const LinePoint& own : points)
    csv += (by_run ? fmt::format("r{},", own.run) : "") + fmt::format("{},{}\n", own.x, own.y);
  RunSource source = source_of(csv);
  source.read.response = "y";
  options.law = "a + b*x";
  options.linear_residual = true;
  return fit(source, options);
}

}  // namespace isoloss
