// Runs of a broken power less a floor, where everything but places and widths is linear.
//
// With a floor a given, z = log(L - a) is a sum of columns: 1, log x and a hinge for each break
// (Caballero et al. 2022, arXiv:2210.14891). A row is weighed by (L - a) / L, which makes an error
// of z one of log L.

#pragma once

#include <vector>

#include "fits/evaluation.h"
#include "host/search/column_basis.h"

namespace isoloss {

// As theta has it.
struct Break {
  double slope = 0;  // change of the exponent
  double place = 0;  // log of x, in search coordinates
  double width = 0;  // log of the width in log x
};

// A place to start a search from; error: of log L, squared and summed.
struct BrokenStart {
  double log_floor = 0;
  double log_weight = 0;
  double exponent = 0;
  std::vector<Break> breaks;
  double error = 0;
};

// The runs in the order of x, at one floor.
struct FlooredRuns {
  double log_floor = 0;
  Column log_x;
  Column z;            // log(L - a)
  Column root_weight;  // of each row of a least-squares problem in z

  std::size_t num() const { return log_x.size(); }
};

// Floors as shares of the least loss. Planted ones are often above nine tenths of it.
std::vector<double> floor_shares();

// The runs of a law of log residuals; target: log L. share: floor over the least loss, below one.
FlooredRuns runs_above(const RunsView& runs, double share);

// The hinge f log(1 + e^u) at each run, u = (log x - d) / f. It is the same at every floor, and
// most of what a column costs.
struct Hinge {
  double f = 0;
  Column u;
  Column softplus;  // log(1 + e^u)

  // Of softplus by u.
  Column slope() const;
};
Hinge hinge_at(const Column& log_x, double place, double width);
std::vector<Hinge> hinges_of(const Column& log_x, const std::vector<Break>& breaks);

// Rows of a column, each times its root weight: 1, log x, and a hinge with its derivatives by d and
// by log f.
struct HingeColumns {
  Column hinge, by_place, by_width;
};
Column weighted(const FlooredRuns& runs, const Column& column);
std::vector<Column> line_columns(const FlooredRuns& runs);
Column hinge_column(const FlooredRuns& runs, const Hinge& hinge);
HingeColumns hinge_columns(const FlooredRuns& runs, const Hinge& hinge, const Column& slope);

// Sets weight, exponent, slopes and error of a start whose places and widths are given; false if
// its columns are dependent.
bool solve_slopes(const FlooredRuns& runs, BrokenStart& start);

// num places spread like the runs: quantiles of log x.
std::vector<double> quantile_places(const Column& log_x, int num);

}  // namespace isoloss
