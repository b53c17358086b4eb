#include "host/answers/inspect/determined.h"

#include <cmath>

#include "fits/math.h"
#include "host/fit/constrained_profile.h"
#include "host/fit/run_search.h"

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

// At the largest budget that the runs have. Without a profile it is open.
Determined of_exponent(const RunTable& runs, const FitResult& fit) {
  Determined out{"N_exponent", fit.N_exponent.value, {}, Determination::open};
  const Problem problem(runs, *fit.law);
  const Units units = units_of(runs, fit.options.group_by_run);
  const FitOptions searched = in_unit_of(*fit.law, fit.options);
  const auto profiles = ConstrainedProfiles::of(problem, units, searched, fit);
  if (profiles == nullptr) return out;
  const double log_ND = isoloss::log(runs.largest_flops() / fit.options.flops_per_token_param);
  const auto exponent = [&](const Theta& theta) {
    return fit.law->optimum(theta.data(), log_ND).N_exponent;
  };
  out.interval = profiles->interval(exponent, false);
  out.how = determination_of(out.value, out.interval);
  return out;
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

std::vector<Determined> determined_quantities(const RunTable& runs, const FitResult& squared) {
  std::vector<Determined> out;
  for (std::size_t k = 0; k < squared.params.size(); ++k)
    if (!squared.params[k].fixed)
      out.push_back(of_param(squared.params[k], squared.law->is_log(static_cast<int>(k))));
  if (squared.law->optimum != nullptr) out.push_back(of_exponent(runs, squared));
  return out;
}

}  // namespace isoloss
