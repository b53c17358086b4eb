// The loss along the runs of one budget, and where it is least.

#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace isoloss {

enum class CurveKind {
  parabola,  // Hoffmann et al. 2022, arXiv:2203.15556, section 3.2
  cubic,
  akima,  // through the mean of each size: Porian et al. 2024, arXiv:2406.19146
};

// Runs of one budget: the log of what varies, the loss, and what each weighs.
struct SlicePoints {
  std::vector<double> x, loss, weight;
};

// Why a budget has no best model.
enum class SliceFault {
  none,
  too_few,   // different sizes, for such a curve
  no_least,  // the curve falls to an end of the sizes or has a top between them
  outside,   // the least of the parabola lies beyond the sizes
  no_budget  // the budgets differ as the sizes do: of runs of other tokens, say
};

std::string_view fault_text(SliceFault fault);

struct SliceLeast {
  SliceFault fault = SliceFault::none;
  double x = 0;     // of the least; where it lies outside too
  double loss = 0;  // there, on the curve
};
// As host/base/records.h has it.
void fields(auto& visit, SliceLeast& of) { visit(of.fault, of.x, of.loss); }

// A curve through the runs of one budget.
class SliceCurve {
 public:
  // Fits by least squares; `too_few` where there are not enough different x.
  SliceCurve(CurveKind kind, const SlicePoints& points);

  const SliceLeast& least() const { return least_; }
  double at(double x) const;
  double slope(double x) const;
  // How much the curve follows point i: the diagonal of the hat matrix.
  double leverage(std::size_t i) const;

 private:
  void fit_polynomial(int degree, const SlicePoints& points);
  void fit_akima(const SlicePoints& points);
  void find_least(double lower, double upper);

  // c_0 p_0 + c_1 p_1 + ..., polynomials that are orthogonal over the runs: no normal equations are
  // solved. p_k+1 = (x - shift_k) p_k - ratio_k p_k-1 (Forsythe 1957, J. SIAM 5:74).
  std::vector<double> coefficient_, shift_, ratio_, norm_;
  // Knots of the piecewise cubic, with values and slopes.
  std::vector<double> knot_, value_, slope_;
  std::vector<double> x_, weight_;
  CurveKind kind_;
  std::size_t num_points_ = 0;
  SliceLeast least_;
};

std::string_view name_of(CurveKind kind);

}  // namespace isoloss
