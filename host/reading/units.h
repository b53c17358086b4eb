// Units of a file's columns, converted on reading and never later.

#pragma once

#include <string>

#include "host/reading/column_names.h"

namespace isoloss {

// Factors that turn the numbers of a file into params, tokens, FLOP and nats per token; one a
// quantity, 1 where no unit was given.
struct Units {
  std::array<double, kNumQuantities> factor;
};

// Reads options.unit:
//
//   loss                   nats; bits (per token); bpb:R and bpc:R, bits per byte or character at R
//                          bytes or characters per token
//   params, tokens, flops  k, M, B (or G) and T
//   throws                 InputError for another quantity or unit, with a list of those there are
Units parse_units(const ReadOptions& options);

}  // namespace isoloss
