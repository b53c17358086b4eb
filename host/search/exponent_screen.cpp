// Screening by variable projection: for fixed exponents the law is linear in its weights, so the
// least relative squared error over a whole grid of exponents needs only weighted inner products.
//
// Columns are divided by the loss (relative error), centred on 1 / L and scaled to unit norm over
// the runs as they are, which keeps the error to 4e-13 where raw normal equations lose 1e-8. The
// columns of all exponents span few dimensions to the screen's precision: 6 or 7 columns of an
// orthonormal basis stand for 32. E >= 0 and weights > 0 are kept to: host/simd/exponent_cells.h.
// Source: Golub & Pereyra 1973, "The differentiation of pseudo-inverses and nonlinear least squares
// problems whose variables separate".

#include <algorithm>
#include <cmath>

#include "fits/math.h"
#include "host/search/column_basis.h"
#include "host/search/screen.h"
#include "host/simd/exponent_cells.h"

namespace isoloss {
namespace {

// Exponents grow quadratically from the least to the largest: dense where published ones lie.
constexpr double kLeastExponent = 0.02;
constexpr double kLargestExponent = 2.0;
// A weight that the screen puts at zero starts at this share of the loss.
constexpr double kSmallShare = 1e-3;
// Part of a unit column that its basis may miss: a start needs no more.
constexpr double kRankTolerance = 1e-5;

// The columns of one term's exponents: x^-exponent / L = scale * column + offset / L.
struct Axis {
  int weight = 0;
  int exponent = 0;
  std::vector<double> exponents, offset, scale;  // one an exponent
  std::vector<Column> basis;
  std::vector<double> coefficients;  // basis x exponents
};

class ExponentScreen : public Screen {
 public:
  ExponentScreen(const LawEntry& law, const RunsView& runs, int exponents_an_axis, SimdLevel level);
  void best_starts(const double* moments, int num_basins,
                   std::vector<ScreenedStart>& out) const override;

 private:
  Axis make_axis(const Term& term, const RunsView& runs) const;
  ExponentGrid make_grid() const;
  void fill_products(int run);
  ScreenedStart start_at(const CellTables& tables, int cell) const;

  int num_;  // exponents an axis
  int constant_weight_;
  Column inverse_loss_;
  double target_offset_ = 0;  // target 1 = y + target_offset / L
  double typical_loss_ = 0;
  Axis first_, second_;
  ExponentGrid grid_;
};

ExponentScreen::ExponentScreen(const LawEntry& law, const RunsView& runs, int exponents_an_axis,
                               SimdLevel level)
    : Screen(level), num_(exponents_an_axis), constant_weight_(law.terms[0].weight) {
  num_runs_ = runs.num_runs;
  double sum = 0;
  for (int i = 0; i < num_runs_; ++i) {
    inverse_loss_.push_back(isoloss::exp(-runs.log_loss[i]));
    sum += inverse_loss_.back();
  }
  target_offset_ = sum / dot(inverse_loss_, inverse_loss_);
  typical_loss_ = num_runs_ / sum;
  first_ = make_axis(law.terms[1], runs);
  second_ = make_axis(law.terms[2], runs);
  grid_ = make_grid();
  num_moments_ = grid_.layout.num_moments();
  products_.resize(static_cast<std::size_t>(num_runs_) * static_cast<std::size_t>(num_moments_));
  for (int i = 0; i < num_runs_; ++i) fill_products(i);
}

Axis ExponentScreen::make_axis(const Term& term, const RunsView& runs) const {
  Axis axis;
  axis.weight = term.weight;
  axis.exponent = term.exponent;
  const double* log_x = term.input == Input::N ? runs.log_N : runs.log_D;
  const double ones = dot(inverse_loss_, inverse_loss_);
  std::vector<Column> columns;
  for (int j = 0; j < num_; ++j) {
    const double t = static_cast<double>(j) / (num_ - 1);
    axis.exponents.push_back(kLeastExponent + (kLargestExponent - kLeastExponent) * t * t);
    Column column;
    for (int i = 0; i < num_runs_; ++i)
      column.push_back(isoloss::exp(-axis.exponents.back() * log_x[i]) *
                       inverse_loss_[static_cast<std::size_t>(i)]);
    axis.offset.push_back(dot(column, inverse_loss_) / ones);
    add_multiple(column, -axis.offset.back(), inverse_loss_);
    axis.scale.push_back(std::max(std::sqrt(dot(column, column)), 1e-300));
    scale(column, 1 / axis.scale.back());
    columns.push_back(std::move(column));
  }
  axis.basis = orthonormal_basis(columns, kRankTolerance);
  if (axis.basis.size() > kMaxRank) axis.basis.resize(kMaxRank);
  for (const Column& direction : axis.basis)
    for (const Column& column : columns) axis.coefficients.push_back(dot(column, direction));
  return axis;
}

ExponentGrid ExponentScreen::make_grid() const {
  ExponentGrid grid;
  grid.num = num_;
  grid.target_offset = target_offset_;
  for (int a = 0; a < 2; ++a) {
    const Axis& axis = a == 0 ? first_ : second_;
    grid.layout.rank[a] = static_cast<int>(axis.basis.size());
    grid.coefficients[a] = axis.coefficients.data();
    grid.scale[a] = axis.scale.data();
    grid.offset[a] = axis.offset.data();
  }
  return grid;
}

void ExponentScreen::fill_products(int run) {
  const auto i = static_cast<std::size_t>(run);
  double* row = &products_[i * static_cast<std::size_t>(num_moments_)];
  const MomentLayout& layout = grid_.layout;
  const double e = inverse_loss_[i];
  const double y = 1 - target_offset_ * e;
  row[MomentLayout::ee] = e * e;
  row[MomentLayout::ey] = e * y;
  row[MomentLayout::yy] = y * y;
  for (int a = 0; a < 2; ++a) {
    const Axis& axis = a == 0 ? first_ : second_;
    for (int k = 0; k < layout.rank[a]; ++k) {
      const double u = axis.basis[static_cast<std::size_t>(k)][i];
      row[layout.with_e(a) + k] = u * e;
      row[layout.with_y(a) + k] = u * y;
      for (int l = 0; l <= k; ++l)
        row[layout.squares(a) + packed(k, l)] = u * axis.basis[static_cast<std::size_t>(l)][i];
    }
  }
  int place = layout.cross();
  for (const Column& u : first_.basis)
    for (const Column& v : second_.basis) row[place++] = u[i] * v[i];
}

ScreenedStart ExponentScreen::start_at(const CellTables& tables, int cell) const {
  const int lane = cell % num_ % kNumLanes;
  const auto j = static_cast<std::size_t>(cell / num_);
  const auto k = static_cast<std::size_t>(cell % num_);
  double solved[4][kNumLanes];
  kernels_.solve_cells(grid_, tables, cell / num_, cell % num_ - lane, solved[0]);
  const double least = kSmallShare * typical_loss_;
  ScreenedStart start;
  start.error = solved[0][lane];
  const auto set = [&](int param, double value) {
    start.theta[static_cast<std::size_t>(param)] = value;
  };
  set(constant_weight_, isoloss::log(std::max(solved[1][lane], least)));
  set(first_.weight, isoloss::log(std::max(solved[2][lane] / first_.scale[j], least)));
  set(second_.weight, isoloss::log(std::max(solved[3][lane] / second_.scale[k], least)));
  set(first_.exponent, first_.exponents[j]);
  set(second_.exponent, second_.exponents[k]);
  return start;
}

// The best cell of each quadrant of the grid, best first: distinct basins if there are any.
void ExponentScreen::best_starts(const double* moments, int num_basins,
                                 std::vector<ScreenedStart>& out) const {
  CellTables tables;
  kernels_.fill_tables(grid_, moments, tables);
  const auto add_best = [&](const CellRange& range) {
    out.push_back(start_at(tables, kernels_.best_cell(grid_, tables, range)));
  };
  out.clear();
  if (num_basins <= 1) return add_best({0, num_, 0, num_});
  const int half = num_ / 2;
  for (const int j : {0, half})
    for (const int k : {0, half}) add_best({j, j + half, k, k + half});
  std::stable_sort(out.begin(), out.end(), [](const ScreenedStart& a, const ScreenedStart& b) {
    return a.error < b.error;
  });
  if (static_cast<int>(out.size()) > num_basins) out.resize(static_cast<std::size_t>(num_basins));
}

}  // namespace

bool can_screen_exponents(const LawEntry& law) {
  return law.terms.size() == 3 && law.terms[0].constant() && !law.terms[1].constant() &&
         !law.terms[2].constant();
}

std::unique_ptr<Screen> make_exponent_screen(const LawEntry& law, const RunsView& runs,
                                             int exponents_an_axis, SimdLevel level) {
  return std::make_unique<ExponentScreen>(law, runs, exponents_an_axis, level);
}

}  // namespace isoloss
