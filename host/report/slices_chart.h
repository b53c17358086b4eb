// The loss over sizes at equal compute: curves of a law, their least, and the runs of each budget.

#pragma once

#include <vector>

#include "host/fit/result.h"
#include "host/reading/run_table.h"
#include "host/report/document.h"

namespace isoloss {

// A law at parameters.
struct SlicedLaw {
  const LawEntry& law;
  const Theta& theta;
  double flops_per_token_param = 0;

  bool is_of_sizes() const;  // it reads N and D alone
  // At N parameters trained with C FLOP.
  double loss(double N, double C) const;
};

SlicedLaw sliced(const FitResult& fit);

// A budget with its best model and the runs that cost about as much, with labels; there may be
// none.
struct Slice {
  double flops = 0;
  Estimate N, loss;
  Trace runs = {};
};

// At the budgets that the runs form, with those runs, and at those that the user asked for; without
// either at some from the least run's to the largest. Of a fit whose law has optima.
std::vector<Slice> slices_of(const RunTable& runs, const FitResult& fit);

// Nothing without slices.
std::vector<Chart> slices_chart(const SlicedLaw& law, std::vector<Slice> slices);

}  // namespace isoloss
