// Parts of what an optimum says of itself.

#pragma once

#include <string>
#include <vector>

#include "host/report/document.h"
#include "host/report/optimum.h"

namespace isoloss {

// What is held, what training and bits cost, the device and the limits.
void add_circumstances(const Optimum& got, std::vector<Pair>& out);
// What FLOP of training and of serving cost.
void add_prices(const Prices& prices, std::vector<Pair>& out);

// N and D with their intervals, and with a mark where a limit holds them.
Cell params_cell(const Answer& answer);
Cell tokens_cell(const Answer& answer);

// The answer in a sentence: of many answers the first and the last.
std::string optimum_sentence(const Optimum& got);

// "23.1, bandwidth": milliseconds a token.
Cell step_cell(const Answer& answer);

// The bits of an answer, and the best model of all bits that were weighed.
Cell bits_cell(const Answer& answer);
void add_models_of_bits(const FittedLaw& law, const Optimum& got, Document& out);

}  // namespace isoloss
