// What to train where tokens can be generated, and the same budget pays for that.

#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "host/answers/optimum/answer.h"
#include "host/answers/optimum/corpus_search.h"
#include "host/answers/uncertain.h"

namespace isoloss {

// No text is worth more than so many times a real one.
inline constexpr double kMostWorth = 100;

struct SyntheticQuestion {
  double generation = 0;  // FLOP a generated token; >= 0
  // Real tokens that a generated one is worth; <= kMostWorth. Absent, of a law that reads
  // `synthetic_tokens` and says itself what they are worth.
  std::optional<Uncertain> worth;
  double real_tokens = 0;       // that there are
  std::vector<double> budgets;  // FLOP; of none those of default_budgets()
  PlanOptions plans;            // what else is held, the largest model, the threads
  int num_samples = 4000;       // of the worth, for laws without draws
  std::uint64_t seed = 1;       // of the worth
};

// The plan of the same budget that generates nothing.
struct PlanWithout {
  Estimate N, trained, loss;
};

// What one budget buys. Tokens of a corpus count once, those trained on at every pass.
struct SyntheticAnswer {
  double budget = 0;
  Estimate N, trained, real, generated, passes, loss;
  Estimate share;  // of the budget, that goes into generation
  PlanWithout without;
  // The least worth of a token for which generating pays; infinite: none. Absent where the law says
  // what it is.
  std::optional<Estimate> break_even;
  PlanEnd end = PlanEnd::interior;      // of the estimate; at_max_params or none
  double share_paying = NAN;            // of the samples: generating pays; NaN without any
  double share_without = 0;             // of them: no plan
  std::optional<double> extrapolation;  // FLOP of training over the largest run's
  // Of the estimate: what the loss would be with so many generated tokens, ascending.
  std::vector<double> curve_generated, curve_loss;
};

struct Synthetic {
  SyntheticQuestion question;          // with the default budgets filled in
  Weighing weighing = Weighing::once;  // of the law
  std::vector<SyntheticAnswer> answers;
  Status status = Status::converged;  // of the law
  std::vector<Warning> warnings;      // of the law, then of the answers

  // none if an answer is, else the law's.
  Outcome outcome() const;
};

// At each budget the model, the generated tokens and the passes over them and the real ones that
// lose least; see corpus_search.h for what they cost and are worth. Each draw of the law comes with
// a worth of its own; of a law without draws there are num_samples if the worth has a range.
//
//   throws  InputError for no budget where the law knows no runs, for a worth above kMostWorth, for
//           none, or one beside that of the law, for a cost of training other than k N D, and as
//           SurfaceProgram does
//   cost    each budget some 1,000 evaluations of the law a draw, of one that weighs repetition
//           10,000; a tenth of that a sample of the worth alone
//   source  the law of repeated data: Muennighoff et al. 2023, arXiv:2305.16264, section 3
Synthetic synthetic(const FittedLaw& law, const SyntheticQuestion& question);

}  // namespace isoloss
