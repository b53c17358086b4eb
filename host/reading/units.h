// Units of a file's columns, converted on reading and never later.

#pragma once

#include <array>

#include "host/reading/quantity_names.h"
#include "host/reading/read_options.h"

namespace isoloss {

// How the numbers of a column become params, tokens, FLOP or nats per token.
struct FileUnit {
  enum class Kind { factor, log10, log, perplexity };
  Kind kind = Kind::factor;
  double factor = 1;
  bool is_given = false;  // by the user

  double converted(double number) const;
};

// One a quantity.
struct FileUnits {
  std::array<FileUnit, kNumQuantities> units;

  // Leaves a header that is read under its own name as it is.
  FileUnit of(Quantity quantity) const {
    return index_of(quantity) < kNumQuantities ? units[index_of(quantity)] : FileUnit();
  }
};

// Reads options.unit:
//
//   loss           nats; bits (per token); ppl, perplexity per token; bpb:R and bpc:R, bits per
//   byte
//                  or character, and nats_per_byte:R, at R bytes or characters per token
//   params, tokens, flops, unique_tokens
//                  k, M, B (or G) and T; a number, such as the tokens of one batch
//   all of them    log10 and log, where the file has logarithms
//   throws         InputError for another quantity or unit, with a list of the usual ones
FileUnits parse_units(const ReadOptions& options);

}  // namespace isoloss
