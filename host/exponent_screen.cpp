// Screening by variable projection: for fixed exponents the law is linear in its weights, so the
// least relative squared error over a whole grid of exponents needs only weighted inner products.
//
// Columns are divided by the loss (relative error), centred on 1 / L and scaled to unit norm over
// the runs as they are, which keeps the error to 4e-13 where raw normal equations lose 1e-8. E >= 0
// and weights > 0 are kept to: host/simd/exponent_cells.h. Source: Golub & Pereyra 1973, "The
// differentiation of pseudo-inverses and nonlinear least squares problems whose variables
// separate".

#include <algorithm>
#include <cmath>
#include <limits>

#include "host/screen.h"
#include "host/simd/exponent_cells.h"

namespace isoloss {
namespace {

// Exponents grow quadratically from the least to the largest: dense where published ones lie.
constexpr double kLeastExponent = 0.02;
constexpr double kLargestExponent = 2.0;
// A weight that the screen puts at zero starts at this share of the loss.
constexpr double kSmallShare = 1e-3;

// The columns of one term's exponents: x^-exponent / L = scale * column + offset / L.
struct Axis {
  int weight = 0;
  int exponent = 0;
  std::vector<double> exponents, offset, scale;  // one an exponent
  std::vector<double> columns;                   // exponents x num_runs
};

class ExponentScreen : public Screen {
 public:
  ExponentScreen(const LawEntry& law, const RunsView& runs, int exponents_an_axis, SimdLevel level);
  void best_starts(const double* moments, int num_basins,
                   std::vector<ScreenedStart>& out) const override;

 private:
  Axis make_axis(const Term& term, const RunsView& runs) const;
  void fill_products(int run);
  CellScales scales() const;
  ScreenedStart start_at(const double* moments, int cell) const;
  int best_of_quadrant(const std::vector<double>& errors, int quadrant) const;

  MomentLayout layout_;
  int num_;  // exponents an axis
  int constant_weight_;
  std::vector<double> inverse_loss_;
  double target_offset_ = 0;  // target 1 = y + target_offset / L
  double typical_loss_ = 0;
  Axis first_, second_;
};

ExponentScreen::ExponentScreen(const LawEntry& law, const RunsView& runs, int exponents_an_axis,
                               SimdLevel level)
    : Screen(level), num_(exponents_an_axis), constant_weight_(law.terms[0].weight) {
  layout_.num_exponents = num_;
  num_runs_ = runs.num_runs;
  double sum_e = 0;
  double sum_ee = 0;
  for (int i = 0; i < num_runs_; ++i) {
    inverse_loss_.push_back(std::exp(-runs.log_loss[i]));
    sum_e += inverse_loss_.back();
    sum_ee += inverse_loss_.back() * inverse_loss_.back();
  }
  target_offset_ = sum_e / sum_ee;
  typical_loss_ = num_runs_ / sum_e;
  first_ = make_axis(law.terms[1], runs);
  second_ = make_axis(law.terms[2], runs);
  num_moments_ = layout_.num_moments();
  products_.resize(static_cast<std::size_t>(num_runs_) * static_cast<std::size_t>(num_moments_));
  for (int i = 0; i < num_runs_; ++i) fill_products(i);
}

Axis ExponentScreen::make_axis(const Term& term, const RunsView& runs) const {
  Axis axis;
  axis.weight = term.weight;
  axis.exponent = term.exponent;
  const double* log_x = term.input == Input::N ? runs.log_N : runs.log_D;
  for (int j = 0; j < num_; ++j) {
    const double t = static_cast<double>(j) / (num_ - 1);
    axis.exponents.push_back(kLeastExponent + (kLargestExponent - kLeastExponent) * t * t);
    std::vector<double> column;
    double dot = 0;
    double ones = 0;
    for (int i = 0; i < num_runs_; ++i) {
      const double e = inverse_loss_[static_cast<std::size_t>(i)];
      column.push_back(std::exp(-axis.exponents.back() * log_x[i]) * e);
      dot += column.back() * e;
      ones += e * e;
    }
    double norm = 0;
    for (std::size_t i = 0; i < column.size(); ++i) {
      column[i] -= dot / ones * inverse_loss_[i];
      norm += column[i] * column[i];
    }
    norm = std::max(std::sqrt(norm), 1e-300);
    for (double& value : column) value /= norm;
    axis.offset.push_back(dot / ones);
    axis.scale.push_back(norm);
    axis.columns.insert(axis.columns.end(), column.begin(), column.end());
  }
  return axis;
}

void ExponentScreen::fill_products(int run) {
  const auto i = static_cast<std::size_t>(run);
  double* row = &products_[i * static_cast<std::size_t>(num_moments_)];
  const double e = inverse_loss_[i];
  const double y = 1 - target_offset_ * e;
  const auto value = [&](const Axis& axis, int j) {
    return axis.columns[static_cast<std::size_t>(j * num_runs_ + run)];
  };
  row[MomentLayout::ee] = e * e;
  row[MomentLayout::ey] = e * y;
  row[MomentLayout::yy] = y * y;
  for (int j = 0; j < num_; ++j) {
    for (int a = 0; a < 2; ++a) {
      const double p = value(a == 0 ? first_ : second_, j);
      row[layout_.column(a, MomentLayout::column_e) + j] = p * e;
      row[layout_.column(a, MomentLayout::column_y) + j] = p * y;
      row[layout_.column(a, MomentLayout::square) + j] = p * p;
    }
    for (int k = 0; k < num_; ++k)
      row[layout_.pairs() + j * num_ + k] = value(first_, j) * value(second_, k);
  }
}

CellScales ExponentScreen::scales() const {
  return {{first_.scale.data(), second_.scale.data()},
          {first_.offset.data(), second_.offset.data()},
          target_offset_};
}

ScreenedStart ExponentScreen::start_at(const double* moments, int cell) const {
  const int lane = cell % num_ % kNumLanes;
  double solved[4][kNumLanes];
  kernels_.solve_cells(layout_, scales(), moments, cell / num_, cell % num_ - lane, solved[0]);
  const double least = kSmallShare * typical_loss_;
  ScreenedStart start;
  start.error = solved[0][lane];
  const auto set = [&](int param, double value) {
    start.theta[static_cast<std::size_t>(param)] = value;
  };
  set(constant_weight_, std::log(std::max(solved[1][lane], least)));
  set(first_.weight, std::log(std::max(solved[2][lane], least)));
  set(second_.weight, std::log(std::max(solved[3][lane], least)));
  set(first_.exponent, first_.exponents[static_cast<std::size_t>(cell / num_)]);
  set(second_.exponent, second_.exponents[static_cast<std::size_t>(cell % num_)]);
  return start;
}

int ExponentScreen::best_of_quadrant(const std::vector<double>& errors, int quadrant) const {
  const int half = num_ / 2;
  const int first_row = quadrant / 2 * half;
  const int first_column = quadrant % 2 * half;
  int best = first_row * num_ + first_column;
  for (int j = first_row; j < (quadrant / 2 == 0 ? half : num_); ++j) {
    for (int k = first_column; k < (quadrant % 2 == 0 ? half : num_); ++k) {
      const int cell = j * num_ + k;
      if (errors[static_cast<std::size_t>(cell)] < errors[static_cast<std::size_t>(best)])
        best = cell;
    }
  }
  return best;
}

// The best cell of each quadrant of the grid, best first: distinct basins if there are any.
void ExponentScreen::best_starts(const double* moments, int num_basins,
                                 std::vector<ScreenedStart>& out) const {
  std::vector<double> errors(static_cast<std::size_t>(num_ * num_));
  kernels_.cell_errors(layout_, scales(), moments, errors.data());
  for (double& error : errors)
    if (!std::isfinite(error)) error = std::numeric_limits<double>::infinity();
  out.clear();
  if (num_basins <= 1) {
    const auto best = std::min_element(errors.begin(), errors.end());
    out.push_back(start_at(moments, static_cast<int>(best - errors.begin())));
    return;
  }
  for (int quadrant = 0; quadrant < 4; ++quadrant)
    out.push_back(start_at(moments, best_of_quadrant(errors, quadrant)));
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
