#include "host/law_overrides.h"

#include <algorithm>
#include <cmath>

#include "host/error.h"

namespace isoloss {
namespace {

// The points of a law's grid that lie in the box, or the one in the middle of both.
Grid within(const Grid& grid, const Bounds& box) {
  const double first = std::clamp(grid.first, box.lower, box.upper);
  const double last = std::clamp(grid.last, box.lower, box.upper);
  const double steps = std::floor((last - first) / grid.step);
  if (steps < 1) return {(first + last) / 2, (first + last) / 2, 1};
  return {first, last, (last - first) / steps};
}

// The inputs in whose unit the parameter is.
void keep_unit(LawEntry& law, int param) {
  const auto keep = [&](Input input) {
    law.is_plain[static_cast<std::size_t>(info_of(input).centred_with)] = true;
  };
  for (const Term& term : law.terms)
    if (term.weight == param && !term.constant()) keep(term.input);
  for (const Shift& shift : law.shifts)
    if (shift.param == param) keep(shift.input);
}

void apply(LawEntry& law, int k, const ParamSetting& setting) {
  const auto index = static_cast<std::size_t>(k);
  LawParam& param = law.params[index];
  Bounds& box = law.box.bounds[index];
  const Bounds own = box;
  box = setting.fixed ? Bounds{*setting.fixed, *setting.fixed} : setting.bounds;
  if (box.lower != own.lower || box.upper != own.upper) {
    keep_unit(law, k);
    param.starts = within(param.starts, box);
  }
  if (!setting.start) return;
  param.starts = {*setting.start, *setting.start, 1};
  law.has_asked_start = true;
}

}  // namespace

LawEntry with_overrides(const LawEntry& law, const ParamOverrides& overrides) {
  std::vector<std::string> names;
  for (const LawParam& param : law.params) names.push_back(param.name);
  require_params(overrides, names);
  LawEntry out = law;
  for (int k = 0; k < law.num_params(); ++k) {
    const LawParam& param = law.params[static_cast<std::size_t>(k)];
    apply(out, k, setting_of(param.name, param.scale, law.box.bounds[k], overrides));
  }
  if (out.num_free() == 0)
    throw InputError("", 0, "", "every parameter is fixed: there is nothing to fit",
                     "leave out one --fix");
  return out;
}

}  // namespace isoloss
