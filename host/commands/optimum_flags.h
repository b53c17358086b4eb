// The flags of `isoloss optimum`: what is asked of a law, what it costs, what fits.

#pragma once

#include <string>
#include <vector>

#include "host/answers/optimum/best_pair.h"
#include "host/answers/optimum/optimum.h"
#include "host/answers/optimum/synthetic.h"
#include "host/commands/law_flags.h"
#include "host/commands/limit_flags.h"
#include "host/commands/thinking_flags.h"

namespace isoloss {

// A group of flags in --help.
inline constexpr const char* kServingGroup = "Serving";
inline constexpr const char* kSyntheticGroup = "Synthetic data";

struct OptimumFlags {
  LawFlags law;
  bool list = false;
  // As typed.
  std::vector<std::string> params, tokens, loss, served, overhead, choose_bits;
  std::string quality_of, compute_from, compute_formula, requests, input_tokens, output_tokens;
  std::string train_price, serve_price, train_peak, serve_peak;
  LimitFlags limits;
  std::string synthetic_cost, synthetic_worth;
  Prices prices;
  ThinkingFlags thinking;

  void add(CommandLine& line);

 private:
  void add_question(CommandLine& line);
  void add_serving(CommandLine& line);
  void add_synthetic(CommandLine& line);
};

// What is asked of a cost by --compute-formula. Throws InputError for a question beside it.
PairQuestion pair_question(const OptimumFlags& flags);

// What is asked of generated tokens, but for what depends on the law, which add_plans() adds.
// Throws InputError for a question beside it, for what is missing and for what makes no sense.
SyntheticQuestion synthetic_question(const OptimumFlags& flags);
void add_plans(const OptimumFlags& flags, const FittedLaw& law, SyntheticQuestion& question);
// The law that is asked; --seed and --confidence are the question's too.
FittedLaw law_of_synthetic(const OptimumFlags& flags);

// What is asked, from what was typed. Throws InputError, with what to do, for values that make no
// sense and for questions that exclude each other.
OptimumQuestion optimum_question(const OptimumFlags& flags, const FittedLaw& law);

// A budget, in FLOP; tokens of a demand. Throw InputError for what can be neither: another unit.
double budget_flops(const std::string& text);
double demand_tokens(const char* flag, const std::string& text);

// The same checks of what was read already.
void require_budget(const std::string& text, double flops);
void require_tokens(const char* flag, const std::string& text, double tokens);

}  // namespace isoloss
