// The warning of draws that have no answer.

#pragma once

#include <cmath>
#include <optional>

#include "host/base/warnings.h"

namespace isoloss {

// Of answers with a share_without, of which the largest counts.
template <class Answers>
std::optional<Warning> draws_without_warning(const Answers& answers) {
  double share = 0;
  for (const auto& answer : answers) share = std::fmax(share, answer.share_without);
  if (!(share >= threshold_of<"draws_without">)) return std::nullopt;
  return warning<"draws_without">(100 * share);
}

}  // namespace isoloss
