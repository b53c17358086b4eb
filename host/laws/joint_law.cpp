#include "host/laws/joint_law.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/base/text.h"
#include "host/laws/placed_law.h"

namespace isoloss {
namespace {

const std::string kOf = " of ";  // stands in no name of a parameter

bool is_among(std::span<const std::string> names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void require_shared(const LawEntry& law, std::span<const std::string> shared) {
  const std::vector<std::string> names = law.param_names();
  for (const std::string& name : shared) {
    if (is_among(names, name)) continue;
    throw InputError("", 0, "",
                     fmt::format("{} has no parameter {} to share", law.name, shown(name)),
                     near_or_all(name, names, "its parameters are"));
  }
}

void require_room(std::size_t num_params) {
  if (num_params <= kMaxParams) return;
  throw InputError(
      "", 0, "",
      fmt::format("these groups have more than {} parameters together, the most that one fit has",
                  kMaxParams),
      "share more of them, or keep fewer groups with ``where``");
}

// Adds the parameters of one group, but those shared ones that are there already.
void add_params(const LawEntry& of, const std::string& group, std::span<const std::string> shared,
                JointLaw& out) {
  LawEntry& whole = out.law;
  ParamPlaces places;
  for (std::size_t k = 0; k < of.params.size(); ++k) {
    const bool is_shared = is_among(shared, of.params[k].name);
    if (is_shared && !out.places.empty()) {
      places.push_back(out.places.front()[k]);
      continue;
    }
    const int place = whole.num_params();
    places.push_back(place);
    whole.params.push_back(of.params[k]);
    if (!is_shared) whole.params.back().name += kOf + printable(group);
    require_room(whole.params.size());
    whole.box.bounds[place] = of.box.bounds[k];
    whole.box.is_log[place] = of.box.is_log[k];
  }
  out.places.push_back(std::move(places));
}

// A weight may move with a centre only if everything that it moves by is shared as it is: else
// what one group takes off, another does not.
bool moves_alike(const LawEntry& law, std::span<const std::string> shared) {
  const auto is_shared = [&](int k) {
    return is_among(shared, law.params[static_cast<std::size_t>(k)].name);
  };
  for (const Term& term : law.terms)
    if (!term.constant() && is_shared(term.weight) && !is_shared(term.exponent)) return false;
  for (const Shift& shift : law.shifts)
    if (shift.by >= 0 && is_shared(shift.param) && !is_shared(shift.by)) return false;
  return true;
}

bool responds_alike(const LawEntry& law, std::span<const std::string> shared) {
  return std::none_of(law.response_shifts.begin(), law.response_shifts.end(),
                      [&](const ResponseShift& shift) {
                        const auto name = [&](int k) -> const std::string& {
                          return law.params[static_cast<std::size_t>(k)].name;
                        };
                        return shift.over >= 0 && is_among(shared, name(shift.param)) &&
                               !is_among(shared, name(shift.over));
                      });
}

LazyProgram::Trace sum_over_groups(LazyProgram::Trace law, std::vector<ParamPlaces> places,
                                   int num_inputs) {
  return [law = std::move(law), places = std::move(places), num_inputs](Graph& to) {
    NodeId sum = to.constant(0);
    for (std::size_t g = 0; g < places.size(); ++g) {
      const NodeId is_in = to.input(num_inputs + static_cast<int>(g));
      const NodeId loss = write_placed(law, places[g], to);
      sum = to.add(sum, to.multiply(is_in, loss));
    }
    return sum;
  };
}

// Parameters of all groups have the sizes that the law's own have.
void add_sizes(const LawEntry& of, JointLaw& out) {
  if (!of.param_sizes) return;
  out.law.param_sizes = [sizes = of.param_sizes, places = out.places,
                         num = out.law.params.size()](const DataSizes& data) {
    const std::vector<LogSizes> own = sizes(data);
    std::vector<LogSizes> all(num);
    for (const ParamPlaces& group : places)
      for (std::size_t k = 0; k < group.size(); ++k)
        all[static_cast<std::size_t>(group[k])] = own[k];
    return all;
  };
}

}  // namespace

Theta JointLaw::of_group(std::size_t group, const Theta& theta) const {
  return theta_at(places[group], theta.data());
}

std::optional<std::string> param_of_group(const std::string& name) {
  const std::size_t end = name.find(kOf);
  return end == std::string::npos ? std::nullopt : std::optional(name.substr(0, end));
}

std::string group_column(const std::string& group) { return "is of " + group; }

JointLaw joint_law(const LawEntry& law, std::span<const std::string> groups,
                   std::span<const std::string> shared) {
  require_shared(law, shared);
  JointLaw out;
  LawEntry& whole = out.law;
  whole.name = law.name + " by group";
  whole.formula = law.formula;
  whole.source = law.source;
  whole.response = law.response;
  whole.inputs = law.inputs;
  whole.is_overridden = law.is_overridden;
  whole.may_centre = law.may_centre && moves_alike(law, shared);
  whole.may_centre_response = law.may_centre_response && responds_alike(law, shared);
  for (const std::string& group : groups) {
    add_params(law, group, shared, out);
    add_placed_shifts(law, out.places.back(), whole);
    whole.inputs.push_back({"in " + printable(group), group_column(group), "", Axis::linear, -1});
  }
  add_sizes(law, out);
  whole.prediction = sum_over_groups(law.prediction, out.places, law.num_inputs());
  whole.log_prediction = [of = whole.prediction](Graph& to) { return to.make(Op::log, of(to)); };
  if (law.log_residual) {
    whole = whole.with_log_residual();
  } else {
    whole = whole.with_linear_residual(law.unit);
  }
  return out;
}

}  // namespace isoloss
