// What to train where bits are a choice too.
//
// A FLOP of P bits costs P / 16 of one in 16 bits, in training (by the wider of weights and
// activations) as in serving (by the weights as served): hardware does as many more of them. With
// equal bits of all kinds training costs 6 N D P / 16.
//
//   source  Kumar et al. 2024, arXiv:2411.04330

#pragma once

#include <vector>

#include "host/answers/optimum/optimum.h"

namespace isoloss {

// One answer a value or demand: the plan of least loss, or of least cost for a loss, over all bits
// that may be, which the estimate and every draw choose on their own. Weights are served in no more
// bits than they were trained in; in as many, nothing is quantised after training.
//
//   throws  InputError for a law that reads no bits but those held, for questions of sizes, tokens
//           and models, which name no loss and no cost, and as plans do
//   cost    that of the question without a choice, times the bits that may be
std::vector<Answer> bits_answers(const FittedLaw& law, const OptimumQuestion& question);

}  // namespace isoloss
