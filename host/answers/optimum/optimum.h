// "What should I train?", whole: the question, its answers, what to know about them and how they
// ended.

#pragma once

#include <optional>
#include <vector>

#include "host/answers/optimum/answer.h"
#include "host/answers/optimum/compute_cost.h"
#include "host/answers/optimum/decoding.h"
#include "host/answers/optimum/device.h"

namespace isoloss {

enum class QuestionKind { training, serving, overhead, models };

// One kind of question at a time; what belongs to another kind is not read.
struct OptimumQuestion {
  QuestionKind kind = QuestionKind::training;
  Given given = Given::cost;    // of training: what the values are
  std::vector<double> values;   // FLOP, parameters, tokens or nats per token; of no FLOP: those of
                                // default_budgets(), where the law knows its runs
  Quality quality;              // of serving and overhead: what is to be reached
  std::vector<Demand> demands;  // of serving
  Prices prices;                // the same
  std::vector<double> overheads;  // 0.1: 10 % more FLOP than the least
  std::vector<Model> models;
  std::vector<double> bits;        // of training and serving, where they are a choice: see bits.h
  bool has_recorded_cost = false;  // of training: FLOP cost what those of the law's runs did
  std::optional<Decoding> decoding = {};  // what the limits follow, and what tokens take
  const Device* device = nullptr;         // of which it is
  PlanOptions plans{{}, {}, 0, {}, {0.001, 0.005, 0.01}};
};

struct Optimum {
  OptimumQuestion question;     // with the default budgets filled in
  std::vector<Answer> answers;  // one a value, demand, overhead (then the critical size) or model
  std::optional<ComputeCost> cost;    // where it is recorded
  Status status = Status::converged;  // of the law
  std::vector<Warning> warnings;      // of the law, then of the answers

  // none if an answer is, else the law's.
  Outcome outcome() const;
};

// The model that has the least loss at each budget, or costs least for a loss, training alone or
// serving too.
//
//   returns  one answer a row, with intervals from the law's draws
//   throws   InputError for a loss that the law never reaches, for no budget where the law knows no
//            runs, and as Asker and cost_of_compute() do
//   cost     a root of one equation a draw: 1 s for 7 demands and 4,000 draws on two cores
//   source   Hoffmann et al. 2022, section 3.4; Sardana et al. 2024, section 3
Optimum optimum(const FittedLaw& law, const OptimumQuestion& question);

}  // namespace isoloss
