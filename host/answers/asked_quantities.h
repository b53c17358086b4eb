// What a fit is asked for, as one list: its parameters, the exponent of the best model, and N, D
// and L of the best model at each budget.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/fit/interval_method.h"
#include "host/fit/result.h"

namespace isoloss {

struct AskedQuantity {
  std::string name;  // "alpha", "N_exponent", "N at 1e23"
  Estimate own;
  const ParamEstimate* param = nullptr;  // of the fit; null for what follows from parameters
  bool is_count = false;                 // of parameters or tokens
  bool is_log = false;                   // above zero, and compared by ratios
};

// Free parameters, and what follows from them where the law has an optimum; of a fit that is not
// identifiable no budgets, and an exponent that is no number. The fit must outlive them.
std::vector<AskedQuantity> asked_quantities(const FitResult& fit);

// The estimates of the fit itself, in the same order.
std::vector<Estimate*> asked_estimates(FitResult& fit);

struct MethodInterval {
  AskedQuantity asked;
  IntervalMethod method;
  Interval interval;
};

// Those of the methods of options.intervals, by quantity: of a fit whose intervals are withheld
// none, and linearised ones only where rows are independent.
std::vector<MethodInterval> asked_intervals(const FitResult& fit);

// By a method, as host/fit/interval_by.h.
std::optional<Interval> interval_of(IntervalMethod method, const AskedQuantity& asked,
                                    const FitResult& fit);

}  // namespace isoloss
