// The best models of all budgets of a design and the power law through them.

#pragma once

#include <cstddef>
#include <vector>

#include "host/answers/isoflop/slice_curve.h"

namespace isoloss {

// The runs of one budget, by their place in the table.
struct IsoflopSlice {
  double budget = 0;
  std::vector<std::size_t> rows;
  bool is_one_budget = true;  // of its rows, whose budgets differ less than their sizes
};

// Everything that stays when losses change.
struct IsoflopDesign {
  CurveKind curve = CurveKind::parabola;
  std::vector<IsoflopSlice> slices;  // by budget, ascending
  std::vector<double> log_size;      // by run
  std::vector<double> weight;        // the same
};

// log size = log coefficient + exponent * log budget; NaN without two budgets.
struct LogLine {
  double exponent = 0;
  double log_coefficient = 0;
  double at(double log_budget) const { return log_coefficient + exponent * log_budget; }
};
// As host/base/records.h has it.
void fields(auto& visit, LogLine& of) { visit(of.exponent, of.log_coefficient); }

struct IsoflopMinima {
  std::vector<SliceLeast> leasts;  // one a slice
  LogLine line;                    // through those without a fault, each counted once
  std::size_t num_used = 0;
};
// As host/base/records.h has it.
void fields(auto& visit, IsoflopMinima& of) { visit(of.leasts, of.line, of.num_used); }

SliceCurve curve_of(const IsoflopDesign& design, std::size_t slice,
                    const std::vector<double>& loss);
IsoflopMinima minima_of(const IsoflopDesign& design, const std::vector<double>& loss);

// The line of least squares; x and y: as many of each.
LogLine line_through(const std::vector<double>& x, const std::vector<double>& y);

}  // namespace isoloss
