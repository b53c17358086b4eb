#include "host/answers/asked_quantities.h"

#include <algorithm>

#include "host/base/number_text.h"
#include "host/fit/interval_by.h"

namespace isoloss {

std::vector<AskedQuantity> asked_quantities(const FitResult& fit) {
  std::vector<AskedQuantity> out;
  for (std::size_t k = 0; k < fit.params.size(); ++k) {
    const ParamEstimate& own = fit.params[k];
    if (!own.fixed)
      out.push_back({own.name, own, &own, false, fit.law->is_log(static_cast<int>(k))});
  }
  if (fit.law->optimum == nullptr) return out;
  out.push_back({"N_exponent", fit.N_exponent, nullptr, false, false});
  for (const OptimumEstimate& own : fit.optima) {
    const std::string at = " at " + flops_text(own.C);
    out.push_back({"N" + at, own.N, nullptr, true, true});
    out.push_back({"D" + at, own.D, nullptr, true, true});
    out.push_back({"L" + at, own.L, nullptr, false, true});
  }
  return out;
}

std::vector<MethodInterval> asked_intervals(const FitResult& fit) {
  std::vector<MethodInterval> out;
  if (fit.bootstrap.withheld || fit.status == Status::not_identifiable) return out;
  for (const AskedQuantity& asked : asked_quantities(fit))
    for (const IntervalMethod method : fit.options.intervals) {
      if (method == IntervalMethod::linearised && !fit.profile.left_out.empty()) continue;
      if (const auto own = interval_of(method, asked, fit)) out.push_back({asked, method, *own});
    }
  return out;
}

std::optional<Interval> interval_of(IntervalMethod method, const AskedQuantity& asked,
                                    const FitResult& fit) {
  const double confidence = fit.options.confidence;
  if (asked.param == nullptr) return interval_by(method, asked.own, confidence, asked.is_log);
  const int free_rows = static_cast<int>(fit.residuals.size()) - fit.law->num_free();
  return interval_by(method, *asked.param, confidence, asked.is_log, std::max(1, free_rows));
}

}  // namespace isoloss
