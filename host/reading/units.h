// FileUnits of a file's columns, converted on reading and never later.

#pragma once

#include <array>

#include "host/reading/quantity.h"
#include "host/reading/read_options.h"

namespace isoloss {

// Factors that turn the numbers of a file into params, tokens, FLOP and nats per token; one a
// quantity, 1 where no unit was given.
struct FileUnits {
  std::array<double, kNumQuantities> factor;

  // 1 for a header that is read under its own name.
  double of(Quantity quantity) const {
    return index_of(quantity) < kNumQuantities ? factor[index_of(quantity)] : 1;
  }
};

// Reads options.unit:
//
//   loss           nats; bits (per token); bpb:R and bpc:R, bits per byte or character at R bytes
//   or
//                  characters per token
//   params, tokens, flops, unique_tokens
//                  k, M, B (or G) and T
//   throws         InputError for another quantity or unit, with a list of the usual ones
FileUnits parse_units(const ReadOptions& options);

}  // namespace isoloss
