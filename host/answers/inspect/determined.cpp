#include "host/answers/inspect/determined.h"

#include <cmath>

namespace isoloss {
namespace {

constexpr double kRough = 0.5;  // half an interval's width, of the value

Determination determination_of(double value, const std::optional<Interval>& interval) {
  if (!interval || !std::isfinite(interval->lower) || !std::isfinite(interval->upper))
    return Determination::open;
  const double half_width = (interval->upper - interval->lower) / 2;
  return half_width > kRough * std::fabs(value) ? Determination::rough : Determination::determined;
}

// A log parameter whose interval reaches down to zero has no lower end.
Determined of_param(const ParamEstimate& param, bool is_log) {
  const bool is_one_sided = is_log && param.profile && param.profile->lower <= 0;
  return {param.name, param.value, param.profile,
          is_one_sided ? Determination::open : determination_of(param.value, param.profile)};
}

// At the largest budget that the fit has. Without a profile it is open.
Determined of_exponent(const FitResult& fit) {
  const std::optional<Interval>& profile = fit.N_exponent.constrained_profile;
  return {"N_exponent", fit.N_exponent.value, profile,
          determination_of(fit.N_exponent.value, profile)};
}

}  // namespace

const char* determination_name(Determination how) {
  switch (how) {
    case Determination::determined:
      return "determined";
    case Determination::rough:
      return "rough";
    default:
      return "open";
  }
}

std::vector<Determined> determined_quantities(const FitResult& squared) {
  std::vector<Determined> out;
  for (std::size_t k = 0; k < squared.params.size(); ++k)
    if (!squared.params[k].fixed)
      out.push_back(of_param(squared.params[k], squared.law->is_log(static_cast<int>(k))));
  if (squared.law->optimum != nullptr) out.push_back(of_exponent(squared));
  return out;
}

}  // namespace isoloss
