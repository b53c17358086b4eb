// Thinking time: a query is answered by several samples of a model, and training, serving and
// sampling share one cost. A smaller model that samples more may be as accurate for less.
//
// With k samples a query an accuracy needs the loss L_k that host/answers/optimum/task_accuracy.h
// gives. For each k the answer is the model that reaches L_k at the least cost of training and
// serving; a prompt is read once, what is written is written k times. The best k costs least.
//
//   source  serving: Sardana et al. 2024, arXiv:2401.00448; samples: Brown et al. 2024,
//           arXiv:2407.21787

#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "host/answers/optimum/optimum.h"
#include "host/answers/optimum/task_accuracy.h"

namespace isoloss {

// Tokens of a query with one sample.
struct Query {
  double input_tokens = 0;   // read once
  double output_tokens = 0;  // written for each sample
};

struct ThinkingQuestion {
  OptimumQuestion serving;  // prices, limits, what is held; its quality, unless there is
                            // a target, is that of the model that answers at once
  AccuracyOfLoss accuracy;
  std::optional<double> target = {};  // 0 .. 1
  std::vector<double> samples;        // whole numbers, ascending
  std::optional<Query> query = {};    // none: demands are tokens of one sample of all queries
  std::vector<double> demands;        // queries, or those tokens
};

// The model that costs least with so many samples a query.
struct SampledModel {
  double samples = 1;
  PlanEnd end = PlanEnd::none;  // of the estimate
  bool is_by_chance = false;    // so many samples of any model are as accurate: no model is sought
  Estimate accuracy;            // of one sample
  Estimate loss, N, D, flops, cost;
  double served = 0;         // tokens read and written
  Estimate saving;           // share of the cost of one sample, its own best model
  double share_best = 0;     // of the draws, in which it costs least
  double share_without = 0;  // of the draws, that have no such model
};

// Of one demand.
struct ThinkingAnswer {
  double asked = 0;
  std::vector<SampledModel> models;     // one a number of samples
  std::optional<std::size_t> best;      // of the estimate; nothing where none reaches the accuracy
  Estimate N, D, loss, flops, cost;     // the best of each draw, whatever its samples
  Estimate saving;                      // of its cost against one sample
  Estimate saving_over_trained;         // against one sample of the compute-optimal model
  Estimate N_of_one, D_of_one;          // the best model with one sample
  std::optional<double> extrapolation;  // training FLOP over the largest run's
  double share_without = 0;             // of the draws, that have none
};

// Up to which demand more samples cost less than one, as the estimate has it: infinite at any, 0 at
// none.
struct BreakEven {
  double samples = 1;
  double demand = 0;
};

struct Thinking {
  ThinkingQuestion question;
  Estimate target;                      // the accuracy
  Estimate loss_of_one;                 // that one sample needs; NaN where the range has none
  std::vector<ThinkingAnswer> answers;  // one a demand
  std::vector<BreakEven> break_evens;   // of more than one sample, those that reach the accuracy
  Status status = Status::converged;    // of the law, or of the accuracy's
  std::vector<Warning> warnings;        // of the law, then of the answers

  // Of the break-evens the one of the largest demand; null for none.
  const BreakEven* last_break_even() const;
  // none if an answer is, else the law's.
  Outcome outcome() const;
};

//   throws  InputError as TaskAccuracy and serving_answers() do, and for a quality whose accuracy
//           is not between 0 and 1
//   cost    that of a serving question, times the numbers of samples and demands
Thinking thinking(const FittedLaw& law, const ThinkingQuestion& question);

// What a number of queries, or of tokens of one sample, comes to with so many samples.
Demand demand_of(const ThinkingQuestion& question, double asked, double samples);

}  // namespace isoloss
