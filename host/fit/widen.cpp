#include "host/fit/widen.h"

#include <fmt/format.h>

#include <limits>

#include "host/formula/overrides.h"

namespace isoloss {
namespace {

constexpr double kOpen = std::numeric_limits<double>::infinity();
constexpr double kFactor = 4;
constexpr double kFirst = 3;               // where a bound of zero goes
constexpr double kFarthestExponent = 200;  // an exponent beyond it is none

// Where the lower bound of a linear parameter goes; none if it stays.
std::optional<double> moved_out(double bound, double outwards) {
  if (bound == 0) return outwards * kFirst;
  if (bound * outwards < 0 || bound * outwards > kFarthestExponent) return {};
  return kFactor * bound;
}

}  // namespace

bool is_default_bound(const LawEntry& law, int k, double theta_k) {
  const LawParam& param = law.params[static_cast<std::size_t>(k)];
  const bool is_lower = theta_k <= law.box.bounds[k].lower;
  return is_lower ? !param.lower_is_users : !param.upper_is_users;
}

bool is_zero_below(const LawEntry& law, int k) {
  return law.shown(k, law.box.bounds[k].lower) == 0;
}

bool is_held_by_default(const LawEntry& law, const Theta& theta, const Theta& estimate, int but) {
  for (int k = 0; k < law.num_params(); ++k) {
    const auto own = static_cast<std::size_t>(k);
    const Bounds& bounds = law.box.bounds[k];
    const bool is_below = theta[own] <= bounds.lower;
    if (k == but || law.is_held(k) || (!is_below && theta[own] < bounds.upper)) continue;
    const bool stood_there =
        is_below ? estimate[own] <= bounds.lower : estimate[own] >= bounds.upper;
    const bool is_zero = is_below && is_zero_below(law, k);
    if (!is_zero && !stood_there && is_default_bound(law, k, theta[own])) return true;
  }
  return false;
}

std::optional<LawEntry> widened(const LawEntry& law, const PolishedFit& fit) {
  if (!law.with_bounds) return {};
  ShownBounds wider;
  std::map<std::string, std::string> left;  // bounds, as a flag gives them
  for (int k = 0; k < law.num_params(); ++k) {
    const auto index = static_cast<std::size_t>(k);
    const LawParam& param = law.params[index];
    const Bounds& box = law.box.bounds[k];
    const double theta = fit.theta[index];
    if (param.is_widened) left[param.name] = param.default_bound;
    if (!fit.at_bound[index] || !is_default_bound(law, k, theta)) continue;
    const bool is_lower = theta <= box.lower;
    std::optional<double> end;
    if (!law.is_log(k)) end = moved_out(is_lower ? box.lower : box.upper, is_lower ? -1 : 1);
    if (law.is_log(k) && is_lower) end = -kUnbounded;  // a sign of its own
    if (!end) continue;
    wider[param.name] = is_lower ? std::pair{*end, kOpen} : std::pair{-kOpen, *end};
    const double shown = law.shown(k, is_lower ? box.lower : box.upper);
    left.emplace(param.name, is_lower ? fmt::format("{}={:g}:", param.name, shown)
                                      : fmt::format("{}=:{:g}", param.name, shown));
  }
  if (wider.empty()) return {};
  LawEntry out = law.with_bounds(wider);
  if (!law.log_residual) out = out.with_linear_residual(law.unit);
  for (LawParam& param : out.params)
    if (param.is_widened) param.default_bound = left[param.name];
  return out;
}

}  // namespace isoloss
