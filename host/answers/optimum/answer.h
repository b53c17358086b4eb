// Answers to "what should I train", with intervals: what the estimate says, and how far the draws
// of its bootstrap spread.

#pragma once

#include <optional>
#include <vector>

#include "host/answers/fitted_law.h"
#include "host/answers/optimum/chosen_bits.h"
#include "host/answers/optimum/decoding.h"
#include "host/answers/optimum/serving.h"

namespace isoloss {

// By how much the loss falls, nats per token, for 1 % more of each; of the estimate.
struct Worth {
  double params = 0;
  double repeats = 0;  // tokens from the same stock
  double unique = 0;   // a larger stock, the tokens trained on held
};

// The models of a budget whose loss is within a share of the least: what a flat optimum leaves
// open.
struct FlatRange {
  double share = 0;  // 0.01: 1 % more loss
  // Ends of the range: the fewest parameters go with the most tokens. A limit ends it too; NaN
  // where the loss never rises so far on that side.
  Estimate least_N, most_N, least_D, most_D;
};

// One answer. Of N and D the FLOP are those of training, 6 N D.
struct Answer {
  double asked = 0;  // a budget, a size, tokens or a loss; tokens of demand; an overhead
  Estimate N, D, tokens_per_param, loss, flops, cost;
  std::optional<Estimate> saving;    // share of what the compute-optimal model of this loss costs
  std::optional<Estimate> shrink;    // N over that of the best model at the smaller budget
  std::optional<Estimate> epochs;    // D over the unique tokens, where the law reads them
  std::optional<Worth> worth;        // the same
  std::optional<Estimate> overhead;  // FLOP over the least that reach the loss, less 1
  std::optional<Estimate> optimal_for;  // tokens served for which it costs least; below 0: none
  std::optional<double> extrapolation;  // FLOP over the largest run's
  std::optional<Step> step;             // what a token takes, of the estimate
  std::optional<Estimate> all_params;   // of a mixture of experts, whose N is what a token meets
  std::optional<ChosenBits> bits;       // where they are a choice
  PlanEnd end = PlanEnd::interior;      // of the estimate
  double share_without = 0;  // of the draws, that have no such plan; intervals are of the rest
  std::vector<FlatRange> flat_ranges = {};  // of a training question, one a share that was asked
};

// Under which plans are sought.
struct PlanOptions {
  HeldInputs held;
  Limits limits;
  int num_threads = 0;
  std::optional<Cost> training = {};     // in FLOP, where it is not the law's k N D
  std::vector<double> flat_shares = {};  // of the flat ranges of training_answers(), ascending
};

// Of a plateau: from these FLOP on more compute gains nothing.
Warning saturated_warning(double flops, double loss, const HeldInputs& held);

// The plans of least loss for training alone, one for each value; see plan.h for `given`.
//
//   throws  InputError for a loss that the law never reaches, and as SurfaceProgram does
std::vector<Answer> training_answers(const FittedLaw& law, const PlanOptions& options, Given given,
                                     const std::vector<double>& values);

// What the model has to reach.
struct Quality {
  Given given = Given::loss;  // or params: the loss of the compute-optimal model of that size; or
                              // cost: the least loss for that budget, training and serving together
  double value = 0;
};

// The plans of least cost for each demand, and what they save against the model that is
// compute-optimal for the same loss.
std::vector<Answer> serving_answers(const FittedLaw& law, const PlanOptions& options,
                                    const Quality& quality, const std::vector<Demand>& demands,
                                    const Prices& prices);

// A model, trained or planned.
struct Model {
  double N = 0;
  double D = 0;
};

// What a model is good for: its loss, the training FLOP that the compute-optimal model of that loss
// would have saved, and the demand for which no other costs less.
//
//   source  the first-order condition of Sardana et al. 2024, arXiv:2401.00448, solved for the
//           demand: 3 D (L_N / L_D - 1) with the slopes of the loss by log N and log D
std::vector<Answer> model_answers(const FittedLaw& law, const PlanOptions& options,
                                  const std::vector<Model>& models);

// How small a model may be if training may cost more than the least, for each overhead (0.1 is
// 10 % more); `given` and `value` name the loss as in training_answers. The last answer is the
// critical size, which would need endless tokens.
//
//   source  de Vries 2023, "Go smol or go home"
std::vector<Answer> overhead_answers(const FittedLaw& law, const PlanOptions& options, Given given,
                                     double value, const std::vector<double>& overheads);

}  // namespace isoloss
