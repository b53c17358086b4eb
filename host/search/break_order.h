// The order of a broken power's breaks. Exchanged breaks are the same law, so an optimum of n
// breaks is there n! times: by the order of their places, every refit calls the same break the
// first.

#pragma once

#include "host/laws/law_entry.h"

namespace isoloss {

// Exchanges breaks so that their places, logs of x, rise; equal ones stay in their order. Leaves
// theta (kMaxParams entries, search coordinates) as it is if the law has no breaks, and where a box
// that tells them apart would not hold the exchanged ones. Returns whether any moved.
bool order_breaks(const LawEntry& law, const Box& box, double* theta);

}  // namespace isoloss
