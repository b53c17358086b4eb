// The columns of an exponent screen: for fixed exponents the law is linear in its weights, so the
// least relative squared error over a whole grid of exponents needs only weighted inner products.
//
// Columns are divided by the loss (relative error), centred on 1 / L and scaled to unit norm over
// the runs as they are, which keeps the error to 4e-13 where raw normal equations lose 1e-8. The
// columns of all exponents span few dimensions to the screen's precision: 6 or 7 columns of an
// orthonormal basis stand for 32. E >= 0 and weights > 0 are kept to: fits/exponent_cells.h.
// Source: Golub & Pereyra 1973, "The differentiation of pseudo-inverses and nonlinear least squares
// problems whose variables separate".

#pragma once

#include <vector>

#include "fits/exponent_cells.h"
#include "host/base/aligned.h"
#include "host/laws/law_entry.h"
#include "host/search/column_basis.h"

namespace isoloss {

// The exponents that screens look at.
inline constexpr double kLeastExponent = 0.02;
inline constexpr double kLargestExponent = 2.0;

// True if the law is a constant and two terms with exponents, compared by its log.
bool can_screen_exponents(const LawEntry& law);

class ExponentColumns {
 public:
  // exponents_an_axis: a multiple of 2 kNumLanes, so that quadrants are whole groups of lanes.
  // Cost: rank x exponents x runs.
  ExponentColumns(const LawEntry& law, const RunsView& runs, int exponents_an_axis);
  ExponentColumns(const ExponentColumns&) = delete;  // the grid points into it
  ExponentColumns& operator=(const ExponentColumns&) = delete;

  const ExponentGrid& grid() const { return grid_; }

 private:
  // The columns of one term's exponents: x^-exponent / L = scale * column + offset / L.
  struct Axis {
    std::vector<double> exponents, offset, scale;  // one an exponent
    std::vector<Column> basis;
    AlignedDoubles coefficients;  // basis x exponents
  };

  Axis make_axis(int a, const RunsView& runs) const;
  void show_axis(int a, const Term& term, const RunsView& runs);
  void fill_products(int run);

  ExponentGrid grid_;
  Column inverse_loss_;
  int places_[2];  // of each axis' input among the law's
  Axis axes_[2];
  AlignedDoubles products_;  // num_runs x num_moments
};

}  // namespace isoloss
