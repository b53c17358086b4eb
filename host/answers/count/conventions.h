// What papers call the training FLOP of a token: one table, a row a convention.

#pragma once

#include <span>

#include "host/answers/count/transformer.h"

namespace isoloss {

struct Convention {
  const char* key;     // for JSON
  const char* name;    // for people
  const char* counts;  // what it counts, in a few words
  const char* source;
  bool only_experts;  // says nothing new of a dense model
  // Training FLOP a token of a resolved shape. Where the paper has no such part (experts, gated
  // blocks, grouped queries), the weights that a token meets are counted as they are.
  double (*flops)(const TransformerShape&);

  bool applies_to(const TransformerShape& shape) const {
    return !only_experts || shape.experts > 0;
  }
};

// The first is 6 N with all parameters, which the others are compared with.
std::span<const Convention> conventions();

}  // namespace isoloss
