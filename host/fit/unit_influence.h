// How far each unit of the bootstrap, a run or a row, moves an estimate: the infinitesimal
// jackknife.
//
// The influence of unit u on the parameters is -H^-1 times the gradient of its part of the
// objective, H the Gauss-Newton curvature of the whole (Huber 1981, "Robust statistics", section
// 6.3); on a quantity that follows from the parameters, times its gradient.

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "host/fit/refitter.h"
#include "host/fit/result.h"
#include "host/reading/run_table.h"

namespace isoloss {

class ColumnQr;

// Whether a loss is curved where the residuals are, so that an estimate moves smoothly with the
// runs: least squares are, a Huber loss with 20 rows within delta for each parameter, and no
// absolute one.
bool is_curved(const ResidualLoss& loss, int num_inside, int num_params);

// What the influences on one quantity tell of it.
struct QuantityInfluence {
  // Its standard error whatever the variance of each unit, and whatever rows of one run have in
  // common: root of the sum of squares, times that of G / (G - 1) (n - 1) / (n - p), for G units, n
  // rows and p free parameters (White 1980, Econometrica 48:817; Liang & Zeger 1986, Biometrika
  // 73:13; factor: CR1 of Cameron & Miller 2015, Journal of Human Resources 50:317).
  // Nothing where the curvature is known but for a factor: see UnitInfluence::of.
  std::optional<double> standard_error;
  // Of BCa intervals: a sixth of the skewness of the sum (Efron 1987, Journal of the American
  // Statistical Association 82:171, section 4).
  double acceleration = 0;
  // Of the quantity, by the free parameters, and the influence of each unit.
  std::vector<double> gradient = {}, of_unit = {};
};

class UnitInfluence {
 public:
  // Of the free parameters that are not at a bound. Nothing with as many parameters as rows or
  // units, of fewer than 5 runs, and where the Jacobian has no full rank. The curvature of a Huber
  // loss is told by the rows within delta; where those are fewer than 20 a parameter, and of
  // absolute residuals, every row counts the same, and the curvature is known but for a factor. Nor
  // is a standard error given where a parameter is at its bound.
  //
  //   cost  one pass over the runs, and runs x params^2
  static std::optional<UnitInfluence> of(const RunTable& runs, const FitResult& fit,
                                         const Units& units);

  // `quantity` takes parameters in plain units. Nothing where it depends on none of them or is not
  // a number beside the fit. cost: 2 of it a parameter, and units x params
  std::optional<QuantityInfluence> on(const std::function<double(const Theta&)>& quantity) const;

  std::size_t num_units() const { return of_unit_.front().size(); }
  std::size_t num_params() const { return params_.size(); }
  // Of a unit on the place-th free parameter.
  double on_param(std::size_t unit, std::size_t place) const { return of_unit_[place][unit]; }
  // Of the squared standard error, where that is told.
  std::optional<double> factor() const { return factor_; }
  // What a move of the free parameters changes a unit's influence on a quantity by, negated: an
  // entry a parameter and unit, unit by unit. cost: units x params^2
  std::vector<double> undone_by_moves(const std::vector<double>& gradient) const;

  // Of Student's t for the standard error: units less one where rows of a run go together, else
  // rows less free parameters.
  int degrees_of_freedom() const { return degrees_of_freedom_; }

 private:
  UnitInfluence() = default;

  Theta at_{};
  std::vector<std::size_t> params_;           // those that are free
  std::vector<std::vector<double>> of_unit_;  // by parameter: an entry a unit
  std::optional<double> factor_;              // of the squared standard error
  std::shared_ptr<const ColumnQr> factors_;   // of the curvature
  // sqrt(curvature) times the gradient of each row by parameter, and the units of the rows.
  std::vector<std::vector<double>> curved_;
  std::vector<std::uint32_t> unit_of_row_;
  int degrees_of_freedom_ = 1;
};

}  // namespace isoloss
