// What holds the size of a model: a limit, or the device that serves it.

#pragma once

#include <optional>
#include <vector>

#include "host/answers/optimum/chosen_bits.h"
#include "host/answers/optimum/decoding.h"
#include "host/answers/optimum/device.h"
#include "host/report/document.h"

namespace isoloss {

struct Holding {
  double max_params = 0;  // infinite: none
  const std::optional<Decoding>& decoding;
  const Device* device = nullptr;
  bool are_bits_chosen = false;
};

// Of a question about optima.
template <class Question>
Holding holding_of(const Question& asked) {
  return {asked.plans.limits.max_params, asked.decoding, asked.device, !asked.bits.empty()};
}

// The device, what it serves and from which batch on something else binds there; the largest model
// that may be.
void add_holding(const Holding& by, std::vector<Pair>& out);

// "bandwidth", "peak" or "memory"; "interior", "at_max_params" and so on, as JSON has it.
const char* name_of(BoundBy bound);
const char* name_of(PlanEnd end);

// What a FLOP of few bits costs.
void add_bits_cost(const Holding& by, std::vector<Pair>& out);

// "8", or "8 to 4" of weights that are served in fewer bits than they are trained in; behind it the
// share of the draws that choose the same, if there are any.
Cell bits_cell(const Bits& bits, std::optional<double> share_alike);

}  // namespace isoloss
