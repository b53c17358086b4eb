// Corpora of real and generated tokens: one budget pays for the generation and for the training.
//
// A corpus of u real tokens and G generated ones has T = u + G tokens, which are worth S = u + w G
// real ones. Training passes over the whole of it p times, on p T tokens that are worth p S, and
// costs k N p T + c G in all. A law that reads unique tokens is evaluated at U = S, D = p S; for
// any other each token is seen once, p = 1, and the law is evaluated at D = S.
//
// A law that reads `synthetic_tokens` weighs them itself: it is evaluated at D = u + G, and each
// token is seen once.
//
// Of all u and G of the same N, p and S the cost is least at an end, for cost and worth are linear
// in both: nothing is generated, or all of the real tokens are taken, or none of them, which pays
// only where a generated token is worth more than a real one.

#pragma once

#include <limits>
#include <vector>

#include "host/answers/optimum/loss_surface.h"
#include "host/answers/optimum/plan.h"

namespace isoloss {

// How a law sees the tokens of a corpus.
enum class Weighing {
  once,           // by what they are worth, each once
  repeated,       // by what they are worth, each as often as pays; it reads unique tokens
  by_generation,  // it reads how many of them are generated
};

// What holds for every row.
struct CorpusTerms {
  double budget = 0;       // FLOP
  double training = 6;     // k: FLOP a parameter and token
  double generation = 0;   // c: FLOP a generated token; >= 0
  double real_tokens = 0;  // there are so many
  double max_params = std::numeric_limits<double>::infinity();
  Weighing weighing = Weighing::once;
};

// A corpus and the model that is trained on it. Of no plan log_L is NaN.
struct CorpusPlan {
  double real = 0;  // tokens in it
  double generated = 0;
  double passes = 1;
  double log_N = NAN;
  double log_L = NAN;

  bool is_none() const { return std::isnan(log_L); }
  double N() const;
  double L() const;
  double trained() const { return passes * (real + generated); }
};

// Rows of a law under one budget, each with a worth of its own. Not shared between threads.
class CorpusSearch {
 public:
  CorpusSearch(LossSurface surface, const CorpusTerms& terms);

  // The passes of least loss over `real` tokens and, a row each, exp(log_G) generated ones, each
  // worth exp(log_w) real ones; of a law that weighs generated tokens itself the best share of the
  // real ones. Where the largest model leaves FLOP, they are left over.
  //
  //   cost  one evaluation of the law; some 20 where passes or shares are sought
  const std::vector<CorpusPlan>& at(double real, const std::vector<double>& log_G,
                                    const std::vector<double>& log_w);

  // The generated tokens of least loss, from exp(log_least) on, a row each, to as many as
  // log_most() says.
  //
  //   cost  some 100 times that of at()
  std::vector<CorpusPlan> best(double real, const std::vector<double>& log_least,
                               const std::vector<double>& log_w);

  // Log of the least worth of a generated token with which some number of them reaches a loss; -20
  // if less would do, infinite if no worth up to e^20 does.
  //
  //   cost  some 400 times that of at()
  std::vector<double> log_worth_to_reach(double real, const std::vector<double>& log_least,
                                         const std::vector<double>& log_loss);

  // Log of the most tokens that may be generated: a model of one parameter is left, and a
  // billionth of the budget.
  double log_most() const;

 private:
  void set_corpora(double real, const std::vector<double>& log_G, const std::vector<double>& log_w);
  void begin_at_generated();
  // times: what is trained on over log_tokens_, the passes over a corpus or, of a law that weighs
  // generated tokens, all tokens over the generated ones.
  void evaluate(const std::vector<double>& log_times);
  std::vector<double> best_times();
  // The least worth at so many generated tokens.
  std::vector<double> log_worth_at(double real, const std::vector<double>& log_G,
                                   const std::vector<double>& log_loss);

  LossSurface surface_;
  CorpusTerms terms_;
  std::size_t num_;
  double log_max_params_;
  std::vector<double> log_left_, log_tokens_, log_worth_;  // of FLOP / k, T and S
  std::vector<double> log_most_times_;
  std::vector<double> log_N_, log_D_;
  Slopes slopes_;
  std::vector<CorpusPlan> plans_;
};

}  // namespace isoloss
