#include "host/answers/asked_quantities.h"

#include <algorithm>
#include <utility>

#include "host/base/number_text.h"
#include "host/fit/interval_by.h"

namespace isoloss {

namespace {

// Calls take(name, estimate, param, is_count, is_log) for each; param is null for what follows from
// parameters.
template <class Fit, class Take>
void each_asked(Fit& fit, const Take& take) {
  for (std::size_t k = 0; k < fit.params.size(); ++k)
    if (!fit.params[k].fixed)
      take(fit.params[k].name, fit.params[k], &fit.params[k], false,
           fit.law->is_log(static_cast<int>(k)));
  if (fit.law->optimum == nullptr) return;
  take("N_exponent", fit.N_exponent, nullptr, false, false);
  for (auto& own : fit.optima) {
    const std::string at = " at " + flops_text(own.C);
    take("N" + at, own.N, nullptr, true, true);
    take("D" + at, own.D, nullptr, true, true);
    take("L" + at, own.L, nullptr, false, true);
  }
}

}  // namespace

std::vector<AskedQuantity> asked_quantities(const FitResult& fit) {
  std::vector<AskedQuantity> out;
  each_asked(fit, [&](std::string name, const Estimate& own, const ParamEstimate* param,
                      bool is_count, bool is_log) {
    out.push_back({std::move(name), own, param, is_count, is_log});
  });
  return out;
}

std::vector<Estimate*> asked_estimates(FitResult& fit) {
  std::vector<Estimate*> out;
  each_asked(fit, [&](const std::string&, Estimate& own, const ParamEstimate*, bool, bool) {
    out.push_back(&own);
  });
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
