#include "host/formula/overrides.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <string_view>

#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/base/option_error.h"
#include "host/base/parse_number.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

constexpr double kOpen = std::numeric_limits<double>::infinity();

// One flag as it was typed.
struct Typed {
  const char* flag;
  const char* example;
  const std::string& text;

  [[noreturn]] void fail(const std::string& what) const {
    const InputError error("", 0, "", fmt::format("``{}`` {}: {}", flag, printable(text), what),
                           fmt::format("write ``{}`` {}", flag, example));
    throw OptionError(error, flag, text);
  }
  std::pair<std::string, std::string_view> split() const {
    const std::size_t equals = text.find('=');
    const std::string_view name = trim(std::string_view(text).substr(0, equals));
    if (equals == std::string::npos || name.empty()) fail("no parameter with an =");
    return {std::string(name), std::string_view(text).substr(equals + 1)};
  }
  double number(std::string_view part) const {
    const Number number = parse_number(part);
    if (number.kind == Number::Kind::value) return number.value;
    fail(fmt::format("{} is not a number", shown(trim(part))));
  }
};

template <class Value>
void insert_once(const Typed& typed, std::map<std::string, Value>& out, const std::string& name,
                 const Value& value) {
  if (!out.emplace(name, value).second) typed.fail(fmt::format("{} is given twice", name));
}

void parse_bound(const std::string& text, ParamOverrides& out) {
  const Typed typed{"bound", "alpha=0:1", text};
  const auto [name, range] = typed.split();
  const std::size_t colon = range.find(':');
  if (colon == std::string_view::npos) typed.fail("a bound has two ends with a : between them");
  const std::string_view left = trim(range.substr(0, colon));
  const std::string_view right = trim(range.substr(colon + 1));
  if (left.empty() && right.empty()) typed.fail("both ends are left out");
  const double lower = left.empty() ? -kOpen : typed.number(left);
  const double upper = right.empty() ? kOpen : typed.number(right);
  if (!(lower < upper)) typed.fail("the lower end is not below the upper");
  insert_once(typed, out.bound, name, {lower, upper});
}

void parse_value(const Typed& typed, std::map<std::string, double>& out) {
  const auto [name, value] = typed.split();
  insert_once(typed, out, name, typed.number(value));
}

bool is_name(std::string_view text) {
  const auto is_letter = [](char c) {
    return std::isalpha(static_cast<unsigned char>(c)) || c == '_';
  };
  return !text.empty() && is_letter(text.front()) && parse_number(text).kind != Number::Kind::value;
}

void parse_fix(const Typed& typed, ParamOverrides& out) {
  const auto [name, value] = typed.split();
  if (out.fix.count(name) + out.tie.count(name) > 0)
    typed.fail(fmt::format("{} is given twice", name));
  if (is_name(trim(value))) {
    out.tie[name] = std::string(trim(value));
  } else {
    out.fix[name] = typed.number(value);
  }
}

// What two flags say of one parameter.
void require_consistent(const ParamOverrides& overrides) {
  for (const auto& [name, value] : overrides.start) {
    const auto bound = overrides.bound.find(name);
    if (bound == overrides.bound.end()) continue;
    if (value < bound->second.first || value > bound->second.second) {
      refuse(fmt::format("``start`` {}={} is outside ``bound``", name, value),
             "a search starts inside the bound");
    }
  }
  for (const auto& [name, value] : overrides.fix) {
    const auto bound = overrides.bound.find(name);
    if (bound != overrides.bound.end() &&
        (value < bound->second.first || value > bound->second.second)) {
      refuse(fmt::format("``fix`` {}={} is outside ``bound``", name, value),
             "leave one of them out");
    }
    if (overrides.start.count(name) > 0) {
      refuse(fmt::format("{} has both ``fix`` and ``start``", name), "leave one of them out");
    }
  }
  for (const auto& [name, to] : overrides.tie)
    if (overrides.start.count(name) + overrides.bound.count(name) > 0)
      refuse(fmt::format("{} is what {} is", name, to), "start or bound " + to);
}

template <class Value>
void require_names(const char* flag, const std::map<std::string, Value>& given,
                   std::span<const std::string> names) {
  const std::vector<std::string> known(names.begin(), names.end());
  for (const auto& [name, value] : given) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const InputError error("", 0, "",
                           fmt::format("``{}``: the law has no parameter {}", flag, shown(name)),
                           near_or_all(name, known, "its parameters are"));
    throw OptionError(error, flag, name);
  }
}

template <class Value>
std::optional<Value> found(const std::map<std::string, Value>& given, const std::string& name) {
  const auto at = given.find(name);
  if (at == given.end()) return {};
  return at->second;
}

// theta of a shown value.
double theta_of(const std::string& name, Scale scale, double value) {
  if (scale == Scale::linear) return value;
  if (value > 0) return std::log(value);
  refuse(fmt::format("{} is positive in this law and cannot be {}", name, value),
         "give it a positive number");
}

// A weight's own box is for runs in units of their own size. Beside an end that the user gives, in
// whatever unit the runs are, its other end must not hold it.
double open_upper(Scale scale, Bounds own) {
  constexpr double kStandsForZero = -40;
  constexpr double kAnyUnit = 80;  // a factor of 5e34
  const bool is_weight = scale == Scale::log && own.lower <= kStandsForZero;
  return is_weight ? std::min(own.upper + kAnyUnit, std::max(own.upper, kUnboundedLog)) : own.upper;
}

Bounds box_of(const std::string& name, Scale scale, Bounds own,
              const std::optional<std::pair<double, double>>& bound) {
  if (!bound) return own;
  Bounds out = own;
  const auto& [lower, upper] = *bound;
  const bool is_own_zero = scale == Scale::log && lower == 0;
  if (lower > -kOpen && !is_own_zero) out.lower = theta_of(name, scale, lower);
  out.upper = upper < kOpen ? theta_of(name, scale, upper) : open_upper(scale, own);
  if (out.lower < out.upper) return out;
  const auto shown_end = [&](double theta) {
    return scale == Scale::log ? std::exp(theta) : theta;
  };
  refuse(fmt::format("the bound of {} leaves nothing between {:.5g} and {:.5g}", name,
                     shown_end(out.lower), shown_end(out.upper)),
         "give both ends");
}

}  // namespace

ParamOverrides parse_overrides(std::span<const std::string> bounds,
                               std::span<const std::string> starts,
                               std::span<const std::string> fixes) {
  ParamOverrides out;
  for (const std::string& text : bounds) parse_bound(text, out);
  for (const std::string& text : starts) parse_value({"start", "alpha=0.3", text}, out.start);
  for (const std::string& text : fixes) parse_fix({"fix", "beta=0.37", text}, out);
  require_consistent(out);
  return out;
}

ParamOverrides merged(const ParamOverrides& over, const ParamOverrides& under) {
  ParamOverrides out = over;
  out.bound.insert(under.bound.begin(), under.bound.end());
  out.start.insert(under.start.begin(), under.start.end());
  out.fix.insert(under.fix.begin(), under.fix.end());
  // A start that the law's author gives does not hold against the user's box or fixed value.
  for (const auto& [name, value] : under.start) {
    if (over.start.count(name) > 0) continue;
    const auto bound = over.bound.find(name);
    const bool is_outside =
        bound != over.bound.end() && (value < bound->second.first || value > bound->second.second);
    if (is_outside || over.fix.count(name) > 0) out.start.erase(name);
  }
  return out;
}

void require_params(const ParamOverrides& overrides, std::span<const std::string> names) {
  require_names("bound", overrides.bound, names);
  require_names("start", overrides.start, names);
  require_names("fix", overrides.fix, names);
}

ParamSetting setting_of(const std::string& name, Scale scale, Bounds own,
                        const ParamOverrides& overrides) {
  ParamSetting out;
  out.bounds = about_option("bound", name,
                            [&] { return box_of(name, scale, own, found(overrides.bound, name)); });
  if (const auto value = found(overrides.fix, name))
    out.fixed = about_option("fix", name, [&] { return theta_of(name, scale, *value); });
  const auto value = found(overrides.start, name);
  if (!value) return out;
  out.start = about_option("start", name, [&] { return theta_of(name, scale, *value); });
  if (*out.start >= out.bounds.lower && *out.start <= out.bounds.upper) return out;
  const InputError error("", 0, "",
                         fmt::format("{} cannot start at {}, outside its bound", name, *value),
                         fmt::format("widen the bound: ``bound`` {}=LOWER:UPPER", name));
  throw OptionError(error, "start", name);
}

}  // namespace isoloss
