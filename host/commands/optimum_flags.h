// The flags of `isoloss optimum`: what is asked of a law, what it costs, what fits.

#pragma once

#include <string>
#include <vector>

#include "host/answers/optimum/best_pair.h"
#include "host/answers/optimum/optimum.h"
#include "host/commands/law_flags.h"

namespace isoloss {

// Groups of flags in --help.
inline constexpr const char* kServingGroup = "Serving";
inline constexpr const char* kLimitsGroup = "Limits";

struct OptimumFlags {
  LawFlags law;
  bool list = false;
  // As typed.
  std::vector<std::string> params, tokens, loss, served, overhead, choose_bits;
  std::string quality_of, compute_from, compute_formula, requests, input_tokens, output_tokens;
  std::string max_params, memory, total_per_active, train_price, serve_price, train_peak,
      serve_peak;
  std::string served_on, max_latency, bandwidth, peak, batch, cache, bits;
  Prices prices;

  void add(CommandLine& line);

 private:
  void add_question(CommandLine& line);
  void add_serving(CommandLine& line);
  void add_limits(CommandLine& line);
};

// What is asked of a cost by --compute-formula. Throws InputError for a question beside it.
PairQuestion pair_question(const OptimumFlags& flags);

// What is asked, from what was typed. Throws InputError, with what to do, for values that make no
// sense and for questions that exclude each other.
OptimumQuestion optimum_question(const OptimumFlags& flags, const FittedLaw& law);

// What fits and how fast it answers: the limits of the plans, and of what they follow. Throws
// InputError for what makes no sense, for what changes nothing and where nothing fits.
void add_limits(const OptimumFlags& flags, const LawEntry& law, OptimumQuestion& question);

// More are no choice of bits.
inline constexpr double kMostBits = 64;

// Whether N is what a token meets, and memory holds more.
bool is_of_experts(const LawEntry& law);

// A budget, in FLOP; tokens of a demand. Throw InputError for what can be neither: another unit.
double budget_flops(const std::string& text);
double demand_tokens(const char* flag, const std::string& text);

// The same checks of what was read already.
void require_budget(const std::string& text, double flops);
void require_tokens(const char* flag, const std::string& text, double tokens);

}  // namespace isoloss
