// What to train: the model size and tokens that lose least for a budget, or cost least for a loss,
// training alone or training and serving, within limits.
//
// Everything is exact minimisation of the law itself; no power law is fitted to optima.

#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "host/answers/optimum/loss_surface.h"

namespace isoloss {

// Logs of losses that differ by no more are the same.
inline constexpr double kLevel = 1e-12;

// Cost of a model of N parameters trained on D tokens: N (train D + serve). In FLOP, or in any
// other unit that FLOP are paid in.
struct Cost {
  double train = 6;  // a parameter and training token
  double serve = 0;  // a parameter: 2 a token served, over all tokens; >= 0
  // Of training as recorded FLOP go: train N^N_power D^D_power. Both are 1 beside serving.
  double N_power = 1, D_power = 1;

  double operator()(double N, double D) const;
};

// What fits: a device's memory, the tokens that there are.
struct Limits {
  double max_params = std::numeric_limits<double>::infinity();
  double max_tokens = std::numeric_limits<double>::infinity();
};

// Unique tokens that differ from row to row.
struct Stock {
  std::vector<double> tokens;  // one a row; empty: what the limits and the law's held inputs say
  bool repeats = false;  // the law, which reads them, weighs repetition; else each is seen once
};

// What a plan is asked by.
enum class Given { cost, params, tokens, loss };

enum class PlanEnd {
  interior,       // a stationary point
  at_max_params,  // held by a limit
  at_max_tokens,
  saturated,  // more compute gains nothing: the least that reaches the loss
  none,       // no such model: the loss keeps falling to an end of the range, or is never reached
};

// One answer; NaN where there is none.
struct Plan {
  double log_N = NAN;
  double log_D = NAN;
  double log_L = NAN;
  double log_cost = NAN;
  PlanEnd end = PlanEnd::none;

  double N() const;
  double D() const;
  double L() const;
  double cost() const;
  double tokens_per_param() const;
};

// One plan for each parameter vector. `value` is what Given says, one for each: cost (in the unit
// of `cost`), parameters, tokens or a loss in nats per token. Of a cost, the plan of least loss; of
// the others, the plan of least loss at that cost at which its N, D or loss is the value asked,
// which for a loss is the plan of least cost.
//
// Where the loss of a cost is level to its last digits, as it is far beyond the data that a law of
// repeated data has, the plan is that of the least cost which reaches it.
//
//   thetas  plain units
//   stock   seen once it takes the place of limits.max_tokens
//   cost    some 110 evaluations of the law a row for a cost, ten times that for the others; the
//           rows are shared between threads, and give the same digits however many there are
//   source  for serving: Sardana et al. 2024, arXiv:2401.00448
std::vector<Plan> plans(const SurfaceProgram& law, const std::vector<Theta>& thetas,
                        const Cost& cost, const Limits& limits, Given given,
                        const std::vector<double>& value, int num_threads = 0,
                        const Stock& stock = {});

// Share of the rows behind the first, the draws, that have no plan; 0 without draws.
double share_without(const std::vector<Plan>& plans);

// The smallest, or the largest, model that reaches the loss of each row at its cost: on the line of
// equal cost, left or right of the best. NaN where even the best misses the loss, or all that way
// along the line reaches it.
//
//   best       plans of the same rows at these costs
//   log_loss   to reach
//   source     of the smallest: de Vries 2023, "Go smol or go home"
enum class Side { smallest, largest };
std::vector<Plan> models_of_loss(const SurfaceProgram& law, const std::vector<Theta>& thetas,
                                 const Cost& cost, Side side, const std::vector<Plan>& best,
                                 const std::vector<double>& log_loss, int num_threads = 0);

// Log of the critical model size: what would reach the loss with endless tokens.
std::vector<double> log_critical_params(const SurfaceProgram& law, const std::vector<Theta>& thetas,
                                        const std::vector<double>& log_loss, int num_threads = 0);

}  // namespace isoloss
