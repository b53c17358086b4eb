#include "host/answers/asked_quantities.h"

#include <algorithm>

#include "host/base/number_text.h"
#include "host/fit/interval_by.h"

namespace isoloss {

std::vector<AskedQuantity> asked_quantities(const FitResult& fit) {
  std::vector<AskedQuantity> out;
  for (const ParamEstimate& own : fit.params)
    if (!own.fixed) out.push_back({own.name, own, &own, false});
  if (fit.law->optimum == nullptr) return out;
  out.push_back({"N_exponent", fit.N_exponent, nullptr, false});
  for (const OptimumEstimate& own : fit.optima) {
    const std::string at = " at " + flops_text(own.C);
    out.push_back({"N" + at, own.N, nullptr, true});
    out.push_back({"D" + at, own.D, nullptr, true});
    out.push_back({"L" + at, own.L, nullptr, false});
  }
  return out;
}

std::optional<Interval> interval_of(IntervalMethod method, const AskedQuantity& asked,
                                    const FitResult& fit) {
  const double confidence = fit.options.confidence;
  if (asked.param == nullptr) return interval_by(method, asked.own, confidence);
  const int free_rows = static_cast<int>(fit.residuals.size()) - fit.law->num_free();
  return interval_by(method, *asked.param, confidence, std::max(1, free_rows));
}

}  // namespace isoloss
