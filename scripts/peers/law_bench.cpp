// What an evaluation of each law costs: objective, gradient and Hessian over 240 runs, on one
// thread, beside chinchilla's, per parameter; of a law that sums over the nodes of a learning
// rate's history, per node too. Prints a table; exit code 1 if a gate fails.

#include <fmt/format.h>

#include <algorithm>

#include "host/laws/law_choice.h"
#include "host/laws/registry.h"
#include "host/search/problem.h"
#include "scripts/peers/seconds_of.h"
#include "tests/synthetic_runs.h"

namespace {

using namespace isoloss;

constexpr int kRuns = 240;
constexpr int kEvaluations = 300;
constexpr int kRepetitions = 25;
constexpr double kMostPerParam = 10;  // of a law, in units of chinchilla's
constexpr double kMostFormula = 3;    // of chinchilla as a formula

double microseconds(const LawEntry& law) {
  const Theta planted = typical_theta(law);
  const Problem problem(planted_runs(law, planted, 0.01, 1, kRuns), law);
  const Theta theta = law.to_search(planted, problem.centre());
  const LawKernels kernels = law.kernels(simd_level());
  Evaluation<kMaxParams> room[2];  // of any size
  double best = 1e9;
  for (int repetition = 0; repetition < kRepetitions; ++repetition)
    best = std::min(best, seconds_of([&] {
                      for (int i = 0; i < kEvaluations; ++i)
                        kernels.evaluate(kernels.tape, problem.view(), 1e-3, theta.data(), room);
                    }));
  return best / kEvaluations * 1e6;
}

// Points that the law is summed over at every run: the nodes of a learning rate's history.
int points_a_run(const LawEntry& law) {
  const auto is_node = [](const LawInput& input) { return input.is_history(); };
  return std::any_of(law.inputs.begin(), law.inputs.end(), is_node) ? kHistoryNodes : 1;
}

}  // namespace

int main() {
  const double chinchilla = microseconds(find_law("chinchilla"));
  bool passes = true;
  fmt::print("| law | parameters | us | a parameter, relative to chinchilla |\n");
  fmt::print("| --- | ---: | ---: | ---: |\n");
  for (const LawEntry& law : all_laws()) {
    const double own = microseconds(law);
    const int points = points_a_run(law);
    const double ratio = own / law.num_params() / points / (chinchilla / 5);
    passes = passes && ratio <= kMostPerParam;
    fmt::print("| {} | {} | {:.2f} | {:.1f}{} |\n", law.name, law.num_params(), own, ratio,
               points == 1 ? "" : fmt::format(" for each of {} nodes", points));
  }
  LawRequest request;
  request.text = "E + A/N^alpha + B/D^beta";
  const LawEntry formula = choose_law(request, {});
  const double as_formula = microseconds(formula) / chinchilla;
  passes = passes && as_formula <= kMostFormula;
  fmt::print("\nchinchilla as a formula: {:.1f} times its own code (at most {})\n", as_formula,
             kMostFormula);
  fmt::print("every law at most {} times chinchilla a parameter: {}\n", kMostPerParam,
             passes ? "PASS" : "FAIL");
  return passes ? 0 : 1;
}
