#include "host/laws/tied_law.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/base/text.h"
#include "host/laws/placed_law.h"

namespace isoloss {
namespace {

std::size_t place_of(const LawEntry& law, const std::string& name) {
  const std::vector<std::string> names = law.param_names();
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end())
    refuse(fmt::format("``fix``: the law has no parameter {}", shown(name)),
           near_or_all(name, names, "its parameters are"));
  return static_cast<std::size_t>(found - names.begin());
}

void require_alike(const LawEntry& law, std::size_t param, std::size_t to) {
  const LawParam &own = law.params[param], &other = law.params[to];
  require(param != to, fmt::format("``fix`` {0}={0}: a parameter is what it is", own.name),
          "tie two of them");
  require(
      own.scale == other.scale,
      fmt::format("``fix`` {}={}: only one of the two has to be positive", own.name, other.name),
      "tie two weights, or two exponents");
}

// What moves with a unit does not do so by two rules at once.
bool moves(const LawEntry& law, std::size_t param) {
  return !law.unit_inputs(static_cast<int>(param)).empty();
}

// Each parameter one place up where it stood behind the one that is gone.
ParamPlaces places_without(std::size_t num, std::size_t param, std::size_t to) {
  ParamPlaces out;
  for (std::size_t k = 0; k < num; ++k) {
    const std::size_t at = k == param ? to : k;
    out.push_back(static_cast<int>(at > param ? at - 1 : at));
  }
  return out;
}

void place_params(const LawEntry& law, const ParamPlaces& places, LawEntry& out) {
  for (std::size_t k = 0; k < places.size(); ++k) {
    const int place = places[k];
    const Bounds& box = law.box.bounds[k];
    const bool is_tied = std::count(places.begin(), places.end(), place) > 1;
    if (!is_tied) out.box.bounds[place] = box;
    out.box.is_log[place] = law.box.is_log[k];
  }
}

LawEntry tied(const LawEntry& law, const Tie& tie) {
  const std::size_t param = place_of(law, tie.param), to = place_of(law, tie.to);
  require_alike(law, param, to);
  const ParamPlaces places = places_without(law.params.size(), param, to);
  LawEntry out;
  out.name = fmt::format("{}:{}={}", law.name, tie.param, tie.to);
  out.formula = fmt::format("{}, {} = {}", law.formula, tie.param, tie.to);
  out.source = law.source;
  out.response = law.response;
  out.inputs = law.inputs;
  out.params = law.params;
  out.params.erase(out.params.begin() + static_cast<std::ptrdiff_t>(param));
  place_params(law, places, out);
  const Bounds &own = law.box.bounds[param], &other = law.box.bounds[to];
  const Bounds both{std::max(own.lower, other.lower), std::min(own.upper, other.upper)};
  require(both.lower < both.upper,
          fmt::format("``fix`` {}={}: the two have no value in common", tie.param, tie.to),
          fmt::format("their ranges do not meet: isoloss laws {}", split_ties(law.name).law));
  out.box.bounds[places[to]] = both;
  add_placed_shifts(law, places, out);
  out.may_centre = law.may_centre && !moves(law, param) && !moves(law, to);
  out.may_centre_response = law.may_centre_response &&
                            law.response_shift(static_cast<int>(param)) == nullptr &&
                            law.response_shift(static_cast<int>(to)) == nullptr;
  if (law.optimum)
    out.optimum = [of = law.optimum, places](const double* theta, double log_ND) {
      return of(theta_at(places, theta).data(), log_ND);
    };
  const auto placed = [&places](const LazyProgram::Trace& of) {
    return [of, places](Graph& to_graph) { return write_placed(of, places, to_graph); };
  };
  out.prediction = placed(law.prediction);
  out.log_prediction = placed(law.log_prediction);
  return out.with_log_residual();
}

}  // namespace

LawEntry tied_law(const LawEntry& law, const std::vector<Tie>& ties) {
  LawEntry out = law;
  std::map<std::string, std::string> is_now;  // of those that are gone
  const auto now = [&](std::string name) {
    for (auto at = is_now.find(name); at != is_now.end(); at = is_now.find(name)) name = at->second;
    return name;
  };
  for (const Tie& tie : ties) {
    const Tie own{tie.param, now(tie.to)};
    out = tied(out, own);
    is_now[own.param] = own.to;
  }
  return out;
}

NamedTies split_ties(std::string_view text) {
  NamedTies out;
  std::size_t end = text.find(':');
  out.law = std::string(text.substr(0, end));
  while (end != std::string_view::npos) {
    text.remove_prefix(end + 1);
    end = text.find(':');
    const std::string_view own = text.substr(0, end);
    const std::size_t equals = std::min(own.find('='), own.size());
    out.ties.push_back({std::string(trim(own.substr(0, equals))),
                        std::string(trim(own.substr(std::min(equals + 1, own.size()))))});
  }
  return out;
}

}  // namespace isoloss
