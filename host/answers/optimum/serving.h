// What it costs to train and to serve a model, in FLOP or in money.

#pragma once

#include "host/answers/optimum/plan.h"

namespace isoloss {

// The tokens that a model will read and write after training, over its life.
struct Demand {
  double input_tokens = 0;
  double output_tokens = 0;

  double tokens() const { return input_tokens + output_tokens; }
};

// What FLOP cost. The defaults count them as they are.
struct Prices {
  double train_utilisation = 1;   // share of the hardware's peak in training, 0 .. 1
  double input_utilisation = 1;   // in reading prompts
  double output_utilisation = 1;  // in writing answers
  double serving_factor = 1;      // of a served FLOP: 0.5 where 8 bits run twice as fast
  double train_price = 1;         // a FLOP of hardware at its peak
  double serve_price = 1;
  bool is_money = false;  // prices are in a currency; else in FLOP

  // Whether a cost is anything but plain FLOP.
  bool are_given() const;
};

// Of a FLOP, from the price of an hour of an accelerator and its peak, FLOP a second.
double price_of_flop(double price_of_hour, double peak_flops);

// N (6 D p_t / u_t + 2 f p_s (D_in / u_in + D_out / u_out)).
//   source  Sardana et al. 2024, arXiv:2401.00448, equation 6
Cost cost_of(const Demand& demand, const Prices& prices, double flops_per_token_param = 6);

}  // namespace isoloss
