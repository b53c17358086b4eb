#include "host/answers/race/speeds.h"

#include <fmt/format.h>

#include <cmath>
#include <set>

#include "fits/math.h"
#include "host/base/error.h"
#include "host/base/parse_number.h"
#include "host/base/text.h"
#include "host/base/time_left.h"

namespace isoloss {
namespace {

constexpr double kSameSize = 0.01;  // relative: 6.7B is no 7B

bool is_size_of(const std::string& name, const Curve& curve) {
  const Number size = parse_number(name);
  return size.kind == Number::Kind::value &&
         std::fabs(size.value - curve.params) <= kSameSize * curve.params;
}

std::string names_of(const std::vector<Curve>& curves) {
  std::vector<std::string> names;
  for (const Curve& curve : curves)
    names.push_back(fmt::format("{} ({:g})", curve.run, curve.params));
  return listed(names);
}

// Entry of the speeds for a curve; a run's own name goes before its size.
std::string key_of(const Curve& curve, const std::vector<Curve>& curves,
                   const std::map<std::string, double>& speeds) {
  if (speeds.contains(curve.run)) return curve.run;
  for (const auto& [name, speed] : speeds)
    if (is_size_of(name, curve)) return name;
  throw InputError("", 0, "", fmt::format("no ``tokens-per-second`` of {}", printable(curve.run)),
                   "give one a run or a size, of " + names_of(curves));
}

}  // namespace

void add_hours(std::vector<Curve>& curves, const std::map<std::string, double>& speeds) {
  std::set<std::string> used;
  for (Curve& curve : curves) {
    const std::string key = key_of(curve, curves, speeds);
    used.insert(key);
    const double log_tokens_an_hour = log(speeds.at(key) * kSecondsAnHour);
    std::vector<double>& hours = curve.log_budget[static_cast<std::size_t>(Budget::time)];
    for (const double log_tokens : curve.log_tokens)
      hours.push_back(log_tokens - log_tokens_an_hour);
  }
  for (const auto& [name, speed] : speeds)
    if (!used.contains(name))
      throw InputError("", 0, "",
                       fmt::format("``tokens-per-second`` {} is of no curve", shown(name)),
                       "the curves are " + names_of(curves));
}

}  // namespace isoloss
