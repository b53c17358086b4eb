#include "host/answers/race/token_law.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "fits/math.h"
#include "host/base/root.h"

namespace isoloss {
namespace {

constexpr double kLeastBeta = 0.01;
constexpr double kLargestBeta = 3;
constexpr int kGrid = 60;
constexpr double kBetaTolerance = 1e-12;

double grid_beta(int k) {
  return kLeastBeta * exp(log(kLargestBeta / kLeastBeta) * k / (kGrid - 1));
}

double mean_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

double TokenLaw::loss(double log_tokens) const {
  return E + B_at_last * exp(beta * (log_last - log_tokens));
}

TokenLawFit::TokenLawFit(std::vector<double> log_tokens) : log_tokens_(std::move(log_tokens)) {
  for (int k = 0; k < kGrid; ++k) grid_.push_back(column_of(grid_beta(k)));
}

TokenLawFit::Column TokenLawFit::column_of(double beta) const {
  Column out{beta, {}, 0, 0};
  out.values.reserve(num_rows());
  for (const double log_tokens : log_tokens_)
    out.values.push_back(exp(beta * (log_tokens_.back() - log_tokens)));
  out.mean = mean_of(out.values);
  for (const double value : out.values)
    out.centred_square += (value - out.mean) * (value - out.mean);
  return out;
}

// Regression on a constant and the column; where E or B would be negative, on what is left.
TokenLawFit::Line TokenLawFit::line_of(const Column& column, std::span<const double> loss) const {
  const double mean = mean_of(loss);
  double product = 0, square = 0;
  for (std::size_t i = 0; i < loss.size(); ++i) {
    product += (column.values[i] - column.mean) * (loss[i] - mean);
    square += (loss[i] - mean) * (loss[i] - mean);
  }
  const double B = std::max(product / column.centred_square, 0.0);
  const double E = mean - B * column.mean;
  if (E >= 0) return {E, B, square - B * product};
  const auto num = static_cast<double>(loss.size());
  const double full_product = product + num * mean * column.mean;
  const double full_square = column.centred_square + num * column.mean * column.mean;
  const double through_zero = full_product / full_square;
  return {0, through_zero, square + num * mean * mean - through_zero * full_product};
}

// Half the derivative of the least sum of squares by beta: E and B are at their optimum.
double TokenLawFit::slope(double beta, std::span<const double> loss) const {
  const Column column = column_of(beta);
  const Line line = line_of(column, loss);
  double sum = 0;
  for (std::size_t i = 0; i < loss.size(); ++i)
    sum += (line.E + line.B * column.values[i] - loss[i]) * column.values[i] *
           (log_tokens_.back() - log_tokens_[i]);
  return line.B * sum;
}

TokenLaw TokenLawFit::fit(std::span<const double> loss) const {
  int best = 0;
  double least = INFINITY;
  for (int k = 0; k < kGrid; ++k) {
    const double squares = line_of(grid_[static_cast<std::size_t>(k)], loss).squares;
    if (squares < least) {
      least = squares;
      best = k;
    }
  }
  const double low = grid_beta(std::max(best - 1, 0));
  const double high = grid_beta(std::min(best + 1, kGrid - 1));
  const double slope_low = slope(low, loss), slope_high = slope(high, loss);
  double beta = grid_beta(best);
  if (slope_low < 0 && slope_high > 0)
    beta = root_between([&](double at) { return slope(at, loss); }, {low, slope_low},
                        {high, slope_high}, kBetaTolerance);
  const Line line = line_of(column_of(beta), loss);
  const bool at_end = beta <= kLeastBeta || beta >= grid_beta(kGrid - 1);
  return {line.E, line.B, beta, log_tokens_.back(), at_end || line.E <= 0 || line.B <= 0};
}

}  // namespace isoloss
