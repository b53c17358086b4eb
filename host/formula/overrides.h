// What a user says about parameters of a law, built in or written: --bound, --start and --fix.
//
// All numbers are in shown units: exp(theta) of a parameter on a log scale.

#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "fits/law.h"

namespace isoloss {

// theta of a linear parameter that nobody bounds: near the end of double.
inline constexpr double kUnbounded = 1e300;
// The same of the log of a positive parameter, whose lower end stands for zero.
inline constexpr double kUnboundedLog = 690;

struct ParamOverrides {
  // An end that the user left out is infinite and stands for the law's own.
  std::map<std::string, std::pair<double, double>> bound;
  std::map<std::string, double> start;
  std::map<std::string, double> fix;
  std::map<std::string, std::string> tie;  // to another parameter, whose value it has

  bool empty() const { return bound.empty() && start.empty() && fix.empty() && tie.empty(); }
};

// From the texts of flags: alpha=0:1, alpha=0: or alpha=:1; alpha=0.3; beta=0.37 or beta=alpha.
//
//   throws  InputError, naming the flag, for what has not this form, a bound whose lower end is not
//           below its upper, a start or fixed value outside the bound, and for a parameter that is
//           bounded, started or fixed twice, or fixed and also bounded or started
ParamOverrides parse_overrides(std::span<const std::string> bounds,
                               std::span<const std::string> starts,
                               std::span<const std::string> fixes);

// What `over` says wins over what `under` says.
ParamOverrides merged(const ParamOverrides& over, const ParamOverrides& under);

// Throws InputError, which lists the names, if an override is of none of them.
void require_params(const ParamOverrides& overrides, std::span<const std::string> names);

// One parameter with its overrides, in theta.
struct ParamSetting {
  Bounds bounds;
  std::optional<double> start;
  std::optional<double> fixed;
};

// The setting of a parameter whose own box is `own`.
//
//   throws  InputError if a start lies outside the box, if a box is empty or a number is not
//           positive on a log scale. A lower bound of 0 there is `own`'s, which stands for 0.
ParamSetting setting_of(const std::string& name, Scale scale, Bounds own,
                        const ParamOverrides& overrides);

}  // namespace isoloss
