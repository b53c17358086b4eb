#include "host/answers/coverage/design.h"

#include <fmt/format.h>

#include "host/base/error.h"

namespace isoloss {

Design design_of(const RunSource& source, const std::optional<FittedLaw>& truth,
                 FitOptions options) {
  options.num_resamples = 0;
  options.progress = nullptr;
  FittedLaw fitted = fit(source, options);
  if (truth && truth->law.formula != fitted.law.formula)
    refuse(fmt::format("the truth is a fit of {}, and {} is what is fitted", truth->law.name,
                       fitted.law.name),
           "fit the law of the truth");
  return {fitted, truth ? *truth : fitted};
}

}  // namespace isoloss
