#include "host/answers/coverage/design.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/base/error.h"

namespace isoloss {
namespace {

// A formula may be fitted with its parameters on other scales.
bool is_same_law(const LawEntry& one, const LawEntry& other) {
  const auto same = [](const LawParam& a, const LawParam& b) {
    return a.name == b.name && a.scale == b.scale;
  };
  return one.formula == other.formula && std::equal(one.params.begin(), one.params.end(),
                                                    other.params.begin(), other.params.end(), same);
}

}  // namespace

Design design_of(const RunSource& source, const std::optional<FittedLaw>& truth,
                 FitOptions options) {
  options.num_resamples = 0;
  options.progress = nullptr;
  FittedLaw fitted = fit(source, options);
  if (truth && !is_same_law(truth->law, fitted.law))
    refuse(fmt::format("the truth is a fit of {}, and {} is what is fitted", truth->law.name,
                       fitted.law.name),
           "fit the law of the truth");
  return {fitted, truth ? *truth : fitted};
}

}  // namespace isoloss
