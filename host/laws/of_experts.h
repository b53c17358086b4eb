// Laws of mixtures of experts.

#pragma once

#include "host/laws/law_entry.h"

namespace isoloss {

// Whether N is the parameters that a token meets, and the model has more: FLOP follow N, memory all
// of them.
inline bool is_of_experts(const LawEntry& law) {
  return law.reads(Input::E) || law.reads(Input::G);
}

}  // namespace isoloss
