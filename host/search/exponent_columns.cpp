#include "host/search/exponent_columns.h"

#include <algorithm>
#include <cmath>

#include "fits/math.h"
#include "host/base/stop.h"

namespace isoloss {
namespace {

// Part of a unit column that its basis may miss: a start needs no more.
constexpr double kRankTolerance = 1e-5;

}  // namespace

ExponentColumns::ExponentColumns(const LawEntry& law, const RunsView& runs, int exponents_an_axis) {
  grid_.num = exponents_an_axis;
  grid_.num_runs = runs.num_runs;
  double sum = 0;
  for (int i = 0; i < runs.num_runs; ++i) {
    inverse_loss_.push_back(isoloss::exp(-runs.target[i]));
    sum += inverse_loss_.back();
  }
  grid_.target_offset = sum / dot(inverse_loss_, inverse_loss_);
  grid_.typical_loss = runs.num_runs / sum;
  grid_.constant_weight = law.terms[0].weight;
  for (const int a : {0, 1}) {
    const Term& term = law.terms[static_cast<std::size_t>(a) + 1];
    places_[a] = law.place_of(term.input);
    show_axis(a, term, runs);
  }
  products_.resize(static_cast<std::size_t>(runs.num_runs) *
                   static_cast<std::size_t>(grid_.layout.num_moments()));
  StopWatch watch;
  for (int i = 0; i < runs.num_runs; ++i) {
    watch.look();
    fill_products(i);
  }
  grid_.products = products_.data();
}

ExponentColumns::Axis ExponentColumns::make_axis(int a, const RunsView& runs) const {
  Axis axis;
  const double* log_x = runs.input_at(places_[a], 0);
  const double ones = dot(inverse_loss_, inverse_loss_);
  std::vector<Column> columns;
  for (int j = 0; j < grid_.num; ++j) {
    // Exponents grow quadratically: dense where published ones lie.
    const double t = static_cast<double>(j) / (grid_.num - 1);
    axis.exponents.push_back(kLeastExponent + (kLargestExponent - kLeastExponent) * t * t);
    Column column;
    for (int i = 0; i < grid_.num_runs; ++i)
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

void ExponentColumns::show_axis(int a, const Term& term, const RunsView& runs) {
  axes_[a] = make_axis(a, runs);
  grid_.layout.rank[a] = static_cast<int>(axes_[a].basis.size());
  grid_.coefficients[a] = axes_[a].coefficients.data();
  grid_.scale[a] = axes_[a].scale.data();
  grid_.offset[a] = axes_[a].offset.data();
  grid_.exponents[a] = axes_[a].exponents.data();
  grid_.weight[a] = term.weight;
  grid_.exponent[a] = term.exponent;
}

void ExponentColumns::fill_products(int run) {
  const auto i = static_cast<std::size_t>(run);
  const MomentLayout& layout = grid_.layout;
  double* row = &products_[i * static_cast<std::size_t>(layout.num_moments())];
  const double e = inverse_loss_[i];
  const double y = 1 - grid_.target_offset * e;
  row[MomentLayout::ee] = e * e;
  row[MomentLayout::ey] = e * y;
  row[MomentLayout::yy] = y * y;
  for (const int a : {0, 1}) {
    const std::vector<Column>& basis = axes_[a].basis;
    for (int k = 0; k < layout.rank[a]; ++k) {
      const double u = basis[static_cast<std::size_t>(k)][i];
      row[layout.with_e(a) + k] = u * e;
      row[layout.with_y(a) + k] = u * y;
      for (int l = 0; l <= k; ++l)
        row[layout.squares(a) + packed(k, l)] = u * basis[static_cast<std::size_t>(l)][i];
    }
  }
  int place = layout.cross();
  for (const Column& u : axes_[0].basis)
    for (const Column& v : axes_[1].basis) row[place++] = u[i] * v[i];
}

bool can_screen_exponents(const LawEntry& law) {
  return law.has_own_kernels() && !law.is_overridden && law.terms.size() == 3 &&
         law.terms[0].constant() && !law.terms[1].constant() && !law.terms[2].constant();
}

}  // namespace isoloss
