// What each school would train for a budget, in one count of parameters and judged by one law.

#pragma once

#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/answers/isoflop/isoflop.h"
#include "host/answers/optimum/answer.h"
#include "host/answers/optimum/decoding.h"
#include "host/answers/optimum/device.h"

namespace isoloss {

// What is lent to a law that says nothing of tokens that are seen again, or of bits.
inline constexpr std::string_view kRepetitionRecipe = "muennighoff2023", kBitsRecipe = "kumar2024";

// The recipes that are compared unless others are named.
inline constexpr std::array<std::string_view, 5> kComparedRecipes{
    "kaplan2020", "hoffmann2022_approach1", "hoffmann2022_approach2", "hoffmann2022",
    "besiroglu2024"};

enum class School {
  recipe,     // of the literature
  isoflop,    // approach 2 of Hoffmann et al. on the user's own runs
  own,        // least loss by the user's own law
  served,     // least training and serving by it, at the loss of `own`
  limited,    // least loss by it of a model that a device holds and that answers in time
  repeated,   // least loss by it with further terms, of tokens that are seen again
  quantised,  // the same, of weights of fewer bits once they are trained
};

// What further terms say: host/answers/borrowed_terms.h.
struct TermsLoss {
  double loss = NAN;      // of the model
  double own_loss = NAN;  // of the model of School::own
};

// One row: what a school would train. NaN where it has no answer.
struct ComparedModel {
  School school = School::own;
  const Recipe* recipe = nullptr;  // of School::recipe
  double served_tokens = 0;        // of School::served
  double N = NAN;                  // as the comparison counts
  double D = NAN;
  std::optional<Interval> N_interval = {};  // of School::isoflop, by its own resamples
  bool is_converted = false;                // the recipe counts otherwise
  Estimate loss{NAN, {}, {}};               // by the user's own law, as all that follows
  Estimate overhead{NAN, {}, {}};           // of training, see model_answers()
  double flops = NAN;                       // k N D; not always the budget
  bool is_saturated = false;                // of School::own: more compute gains nothing
  double lifetime_flops = NAN;              // with the largest demand served
  std::optional<TermsLoss> terms = {};      // of School::repeated and School::quantised

  bool has_answer() const;
};

struct ComparedBudget {
  double flops = 0;
  std::vector<ComparedModel> models;
};

// What is compared; the user's own law is apart.
struct CompareOptimaQuestion {
  std::vector<double> budgets;          // FLOP; none: the law's default budgets
  std::vector<const Recipe*> recipes;   // rows in this order
  std::vector<double> served_tokens;    // demands, each a row
  std::optional<double> unique_tokens;  // for School::repeated
  std::optional<double> post_bits;      // for School::quantised
  std::optional<Decoding> decoding;     // for School::limited
  const Device* device = nullptr;       // the same, of which it is
  bool is_device_left_out = false;      // for want of what a mixture of experts holds in all
  bool counts_total = true;             // of the user's own law: all parameters, or without
                                        // embeddings
  HeldInputs held;                      // of every law; each takes what it reads
  std::optional<Isoflop> isoflop;       // of the user's own runs, of params, asked at the budgets
  std::string isoflop_failure;          // why there is none, where the runs name their budgets
  int num_threads = 0;
};

struct OptimaComparison {
  CompareOptimaQuestion question;  // with the default budgets filled in
  std::vector<ComparedBudget> budgets;
  Status status = Status::converged;  // of the own law
  std::vector<Warning> warnings;      // of the own law, then of the rows
  bool lacks_terms = false;  // rows with further terms were asked and the own law takes none

  // none if a school has no answer, else the law's.
  Outcome outcome() const;
};

// One table for each budget. A recipe spends the budget in its own count: its N is then converted
// as host/answers/count/count_conversion.h says and its D kept.
//
//   throws  InputError for an input that no law reads, for no budget where the law knows no runs,
//           and as SurfaceProgram does
//   cost    for each row some 1,100 evaluations of the law a draw
OptimaComparison compare_optima(const FittedLaw& law, const CompareOptimaQuestion& question);

// Recipes that need no input but those held.
std::vector<const Recipe*> answerable_recipes(const HeldInputs& held);

}  // namespace isoloss
