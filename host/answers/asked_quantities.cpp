#include "host/answers/asked_quantities.h"

#include "host/base/number_text.h"

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

}  // namespace isoloss
