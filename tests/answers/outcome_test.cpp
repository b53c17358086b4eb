// Answers are whole: each holds its question, what to know about it and how it ended.

#include <algorithm>
#include <fstream>

#include "host/answers/compare_optima.h"
#include "host/answers/count/count.h"
#include "host/answers/forecast/forecast.h"
#include "host/answers/optimum/optimum.h"
#include "host/answers/predict/asked_runs.h"
#include "host/answers/race/race.h"
#include "host/answers/verify/verify.h"
#include "tests/catch.h"
#include "tests/input_error.h"
#include "tests/scratch_folder.h"

namespace isoloss {
namespace {

// As if it were fitted to runs of so much compute.
FittedLaw fitted(double largest_flops, Status status = Status::converged) {
  FittedLaw out = published("besiroglu2024");
  out.largest_flops = largest_flops;
  out.status = status;
  if (const auto own = status_warning(status)) out.warnings = {*own};
  return out;
}

bool warns_of(const std::vector<Warning>& warnings, std::string_view name) {
  return std::any_of(warnings.begin(), warnings.end(),
                     [&](const Warning& own) { return own.name == name; });
}

OptimumQuestion for_budgets(std::vector<double> flops) {
  OptimumQuestion out;
  out.values = std::move(flops);
  return out;
}

ForecastQuestion three_years() {
  ForecastQuestion out;
  out.assumptions.compute.value = 1e22;
  out.assumptions.growth.first.value = 4;
  out.assumptions.num_years = 3;
  return out;
}

CompareOptimaQuestion beside(const char* recipe) {
  CompareOptimaQuestion out;
  out.budgets = {1e22};
  out.recipes = {&recipe_called(recipe)};
  return out;
}

}  // namespace

TEST_CASE("Answers of a sound law are sound, of one that is not they are not and say so") {
  const FittedLaw sound = fitted(1e22), unsound = fitted(1e22, Status::not_identifiable);
  CHECK(optimum(sound, for_budgets({1e22})).outcome() == Outcome::sound);
  CHECK(forecast(sound, three_years()).outcome() == Outcome::sound);
  CHECK(compare_optima(sound, beside("kaplan2020")).outcome() == Outcome::sound);
  const auto check = [](const auto& answer) {
    CHECK(answer.outcome() == Outcome::unsound);
    CHECK(warns_of(answer.warnings, "not_identifiable"));
  };
  check(optimum(unsound, for_budgets({1e22})));
  check(forecast(unsound, three_years()));
  check(compare_optima(unsound, beside("kaplan2020")));
}

TEST_CASE("Predictions hold their runs, the doubts of the fit and how they ended") {
  const FittedLaw law = fitted(1e22, Status::not_converged);
  const Predictions got = predict(law, runs_asked({{"N=1e9,2e9", "D=20e9"}, {}, {}}, law.law));
  CHECK(got.runs.num_rows == got.value.size());
  CHECK(got.outcome() == Outcome::unsound);
  CHECK(warns_of(got.warnings, "not_converged"));
}

TEST_CASE("Runs of files are predicted without their loss, and what was read warns") {
  const FittedLaw law = fitted(1e22);
  const ScratchFolder folder;
  const std::string path = folder.file("new.csv");
  std::ofstream(path) << "params,tokens\n1e9,2e10\n2e9,4e10\n";
  const NewRuns runs = read_new_runs({{path}, {}, {}}, law);
  CHECK(runs.values.at("params") == std::vector{1e9, 2e9});
  CHECK(predict(law, runs).value.at(1) < predict(law, runs).value.at(0));
}

TEST_CASE("Curves are raced from their source, by the column that holds the time") {
  RaceOptions options;
  options.num_resamples = 0;
  RunSource source{{ISOLOSS_SOURCE "/datasets/llama_curves.csv"}, {}, {}};
  source.read.where = "family == 'llama2'";
  const RaceResult got = race(source, options);
  CHECK(got.runs.num_runs() > 0);
  CHECK(got.options.time_column == "gpu_hours");
  source.read.where.clear();
  CHECK(warns_of(race(source, options).warnings, "mixed_groups"));
  options.time_column = "nothing";
  CHECK(refusal([&] { race(source, options); }).find("no column \"nothing\"") != std::string::npos);
}

TEST_CASE("A published fit that differs makes the outcome of all none") {
  Verdict good, bad;
  bad.comparisons = {{{}, 1, false}};
  CHECK(Verification{"cpu", {good}}.outcome() == Outcome::sound);
  CHECK(Verification{"cpu", {good, bad}}.outcome() == Outcome::none);
}

TEST_CASE("Counts have their defaults filled in and every convention that applies") {
  CountQuestion question;
  question.shape.layers = 2;
  question.shape.d_model = 8;
  question.shape.vocab = 100;
  question.shape.context = 16;
  const Counts got = count(question);
  CHECK(got.question.shape.d_ff == 32);
  CHECK(got.params.total() == 2 * 12 * 8 * 8 + 800);
  CHECK(got.conventions.front().over_6_total == 1);
  for (const ConventionFlops& own : got.conventions) CHECK(!own.convention->only_experts);
}

TEST_CASE("Counts convert there and back, each from the exponent that its paper has") {
  const CountConversion there = convert_counts({false, {1e6, 1e9}, {}, {}});
  const CountConversion back =
      convert_counts({true, {there.models[0].total, there.models[1].total}, {}, {}});
  CHECK(there.exponent == 0.73);
  CHECK(back.exponent == 0.5);
  for (std::size_t i = 0; i < 2; ++i)
    CHECK(back.models[i].non_embedding == Approx(there.models[i].non_embedding));
}

TEST_CASE("Far beyond the runs every answer warns, near them none does") {
  const FittedLaw near = fitted(1e23), far = fitted(1e18);
  CHECK(optimum(near, for_budgets({1e22})).warnings.empty());
  CHECK(warns_of(optimum(far, for_budgets({1e22})).warnings, "extrapolation"));
  CHECK(warns_of(forecast(far, three_years()).warnings, "extrapolation"));
  CHECK(warns_of(compare_optima(far, beside("kaplan2020")).warnings, "extrapolation"));
}

TEST_CASE("Without budgets the questions take those of the runs, and are refused without runs") {
  const std::vector<double> expected{1e22, 1e23, 1e24};
  CHECK(optimum(fitted(1e22), {}).question.values == expected);
  CompareOptimaQuestion question = beside("kaplan2020");
  question.budgets.clear();
  CHECK(compare_optima(fitted(1e22), question).question.budgets == expected);
  const FittedLaw law = published("besiroglu2024");
  CHECK(refusal([&] { optimum(law, {}); }).find("for which budget?") == 0);
  CHECK(refusal([&] { compare_optima(law, question); }).find("for which budget?") == 0);
}

TEST_CASE("A budget without an optimum makes the outcome none, whatever the law") {
  const FittedLaw law = fitted(1e22);
  OptimumQuestion question;
  question.kind = QuestionKind::serving;
  question.quality = {Given::params, 1e9};
  question.demands = {{1e12, 0}};
  CHECK(optimum(law, question).outcome() == Outcome::sound);
  question.plans.limits.max_params = 1e6;  // too small for the loss
  const Optimum got = optimum(law, question);
  CHECK(got.outcome() == Outcome::none);
  CHECK(warns_of(got.warnings, "no_optimum"));
}

TEST_CASE("Compute is what the law calls compute: C = k N D with its own k") {
  FittedLaw law = published("besiroglu2024");
  law.flops_per_token_param = 5;
  const Answer at = optimum(law, for_budgets({1e22})).answers[0];
  CHECK(5 * at.N.value * at.D.value == Approx(1e22));
}

}  // namespace isoloss
