#include "host/search/pair_screen.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "fits/math.h"
#include "host/search/exponent_columns.h"

namespace isoloss {
namespace {

constexpr int kNodes = 32;              // of the Chebyshev interpolation
constexpr double kMissedShare = 1e-14;  // part of a unit column that the basis may miss

// The runs of a problem as the screen sees them: everything carries the square root of the weight.
struct Target {
  Column constant;    // sqrt(weight) / L
  Column rest;        // the target sqrt(weight) less its projection on the constant
  double projection;  // target = rest + projection * constant
  double typical_loss;
};

Target make_target(const RunsView& runs) {
  Target out;
  double sum = 0;
  for (int i = 0; i < runs.num_runs; ++i) {
    const double root = std::sqrt(runs.weight[i]);
    out.constant.push_back(root * isoloss::exp(-runs.target[i]));
    out.rest.push_back(root);
    sum += isoloss::exp(-runs.target[i]);
  }
  out.projection = dot(out.rest, out.constant) / dot(out.constant, out.constant);
  add_multiple(out.rest, -out.projection, out.constant);
  out.typical_loss = runs.num_runs / sum;
  return out;
}

// A column of one exponent: unit, orthogonal to the constant.
struct UnitColumn {
  Column values;
  double norm;    // of the column before it was scaled to unit norm
  double offset;  // its projection on the constant, in units of the constant
};

// log_x: num_runs, the input of the column's term.
UnitColumn make_column(const RunsView& runs, const Target& target, const double* log_x,
                       double exponent) {
  UnitColumn out;
  for (int i = 0; i < runs.num_runs; ++i)
    out.values.push_back(isoloss::exp(-exponent * log_x[i]) *
                         target.constant[static_cast<std::size_t>(i)]);
  out.offset = dot(out.values, target.constant) / dot(target.constant, target.constant);
  add_multiple(out.values, -out.offset, target.constant);
  out.norm = std::sqrt(dot(out.values, out.values));
  scale(out.values, 1 / out.norm);
  return out;
}

// An axis of exponents as coefficients on an orthonormal basis.
struct ScreenAxis {
  std::vector<Column> basis;  // rank columns over the runs
  int num = 0;
  Column exponents;     // num
  Column coefficients;  // num x rank
  Column fit, cost;     // num: inner product with the target; offset / norm

  std::size_t rank() const { return basis.size(); }
};

// Chebyshev nodes in [-1, 1] and their barycentric weights (Berrut & Trefethen 2004).
struct Nodes {
  double at[kNodes];
  double weight[kNodes];

  Nodes() {
    for (int m = 0; m < kNodes; ++m) {
      const double angle = (2 * m + 1) * std::numbers::pi / (2 * kNodes);
      at[m] = std::cos(angle);
      weight[m] = (m % 2 == 0 ? 1 : -1) * std::sin(angle);
    }
  }

  // Weights that interpolate at t from values at the nodes: kNodes entries that sum to one.
  void interpolation(double t, double* out) const {
    double sum = 0;
    for (int m = 0; m < kNodes; ++m) {
      const double distance = t - at[m];
      out[m] = weight[m] / (distance == 0 ? 1e-300 : distance);
      sum += out[m];
    }
    for (int m = 0; m < kNodes; ++m) out[m] /= sum;
  }
};

ScreenAxis make_axis(const RunsView& runs, const Target& target, const double* log_x, int num) {
  const double middle = 0.5 * (kLeastExponent + kLargestExponent);
  const double half = 0.5 * (kLargestExponent - kLeastExponent);
  const Nodes nodes;
  std::vector<Column> columns;
  Column node_cost;
  for (const double node : nodes.at) {
    UnitColumn column = make_column(runs, target, log_x, middle + half * node);
    node_cost.push_back(column.offset / column.norm);
    columns.push_back(std::move(column.values));
  }
  ScreenAxis axis;
  axis.basis = orthonormal_basis(columns, kMissedShare);
  axis.num = num;
  const std::size_t rank = axis.rank();
  Column node_coefficients;  // kNodes x rank
  Column target_coefficients;
  for (const Column& column : columns)
    for (const Column& direction : axis.basis) node_coefficients.push_back(dot(column, direction));
  for (const Column& direction : axis.basis)
    target_coefficients.push_back(dot(target.rest, direction));
  Column own(rank);
  for (int j = 0; j < num; ++j) {
    const double t = -1 + 2.0 * j / (num - 1);
    axis.exponents.push_back(middle + half * t);
    double weights[kNodes];
    nodes.interpolation(t, weights);
    std::fill(own.begin(), own.end(), 0.0);
    double cost = 0;
    for (std::size_t m = 0; m < kNodes; ++m) {
      for (std::size_t k = 0; k < rank; ++k) own[k] += weights[m] * node_coefficients[m * rank + k];
      cost += weights[m] * node_cost[m];
    }
    scale(own, 1 / std::sqrt(dot(own, own)));
    axis.fit.push_back(dot(own, target_coefficients));
    axis.cost.push_back(cost);
    axis.coefficients.insert(axis.coefficients.end(), own.begin(), own.end());
  }
  return axis;
}

// The second axis on the basis of the first: first.rank() x second.num.
Column on_basis(const ScreenAxis& first, const ScreenAxis& second) {
  Column mixing;  // first.rank() x second.rank()
  for (const Column& a : first.basis)
    for (const Column& b : second.basis) mixing.push_back(dot(a, b));
  const auto num = static_cast<std::size_t>(second.num);
  Column out(first.rank() * num);
  for (std::size_t row = 0; row < first.rank(); ++row)
    for (std::size_t k = 0; k < second.rank(); ++k)
      for (std::size_t j = 0; j < num; ++j)
        out[row * num + j] +=
            mixing[row * second.rank() + k] * second.coefficients[j * second.rank() + k];
  return out;
}

const double* input_of(const LawEntry& law, const RunsView& runs, const Term& term) {
  return runs.input_at(law.place_of(term.input), 0);
}

ScreenedStart start_at_pair(const LawEntry& law, const RunsView& runs, const Target& target,
                            double first_exponent, double second_exponent) {
  const Term& first = law.terms[1];
  const Term& second = law.terms[2];
  const UnitColumn p = make_column(runs, target, input_of(law, runs, first), first_exponent);
  const UnitColumn q = make_column(runs, target, input_of(law, runs, second), second_exponent);
  const double rho = dot(p.values, q.values);
  const double p_fit = dot(p.values, target.rest);
  const double q_fit = dot(q.values, target.rest);
  const double a = (p_fit - rho * q_fit) / (1 - rho * rho) / p.norm;
  const double b = (q_fit - rho * p_fit) / (1 - rho * rho) / q.norm;
  const double constant = target.projection - a * p.offset - b * q.offset;
  const double least = detail::kSmallShare * target.typical_loss;
  ScreenedStart out;
  out.error = dot(target.rest, target.rest) - a * p.norm * p_fit - b * q.norm * q_fit;
  out.theta[law.terms[0].weight] = isoloss::log(std::max(constant, least));
  out.theta[first.weight] = isoloss::log(std::max(a, least));
  out.theta[second.weight] = isoloss::log(std::max(b, least));
  out.theta[first.exponent] = first_exponent;
  out.theta[second.exponent] = second_exponent;
  return out;
}

}  // namespace

bool screen_exponent_pairs(const LawEntry& law, const RunsView& runs, int num_exponents,
                           SearchEngine& engine, ScreenedStart& out) {
  const Target target = make_target(runs);
  const ScreenAxis first =
      make_axis(runs, target, input_of(law, runs, law.terms[1]), num_exponents);
  const ScreenAxis second =
      make_axis(runs, target, input_of(law, runs, law.terms[2]), num_exponents);
  const Column second_on_first = on_basis(first, second);
  PairScreen screen{};
  screen.rank = static_cast<int>(first.rank());
  screen.num_first = num_exponents;
  screen.num_second = num_exponents;
  screen.first = first.coefficients.data();
  screen.second = second_on_first.data();
  screen.first_fit = first.fit.data();
  screen.second_fit = second.fit.data();
  screen.first_cost = first.cost.data();
  screen.second_cost = second.cost.data();
  screen.target_constant = target.projection;
  const PairCell best = engine.best_pair(screen);
  if (best.first < 0) return false;
  out = start_at_pair(law, runs, target, first.exponents[static_cast<std::size_t>(best.first)],
                      second.exponents[static_cast<std::size_t>(best.second)]);
  return true;
}

}  // namespace isoloss
