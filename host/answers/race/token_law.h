// The law of one curve over its tokens, fitted by least squares.

#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace isoloss {

// L(D) = E + B / D^beta, the law power_constant over tokens, written with B' = B / D_last^beta for
// the tokens D_last of the curve's last row.
struct TokenLaw {
  double E = 0;          // nats per token
  double B_at_last = 0;  // B', nats per token
  double beta = 0;
  double log_last = 0;    // log D_last
  bool at_bound = false;  // beta is at an end of its range, or E or B is 0

  double loss(double log_tokens) const;
};

// Fits the law to curves with the same tokens: the least sum of squared residuals of the loss, with
// E >= 0, B >= 0 and beta in 0.01 .. 3. For a fixed beta E and B follow in closed form; the least
// over a grid of beta is refined to a root of the derivative, so that the optimum is the global one
// but for valleys narrower than the grid's step, a tenth of beta.
class TokenLawFit {
 public:
  // log_tokens: ascending, not all equal.
  explicit TokenLawFit(std::vector<double> log_tokens);

  // loss: one entry a row; cost: the grid's 60 products with the rows and some 8 powers a row.
  TokenLaw fit(std::span<const double> loss) const;

  std::size_t num_rows() const { return log_tokens_.size(); }

 private:
  // (D / D_last)^-beta of one beta at every row.
  struct Column {
    double beta;
    std::vector<double> values;
    double mean;
    double centred_square;  // sum of (value - mean)^2
  };
  struct Line {
    double E, B;
    double squares;  // sum of squared residuals
  };
  Column column_of(double beta) const;
  Line line_of(const Column& column, std::span<const double> loss) const;
  double slope(double beta, std::span<const double> loss) const;

  std::vector<double> log_tokens_;
  std::vector<Column> grid_;
};

}  // namespace isoloss
