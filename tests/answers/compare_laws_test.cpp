#include "host/answers/compare_laws/compare_laws.h"

#include <fmt/format.h>

#include <cmath>
#include <memory>

#include "host/answers/compare_laws/information.h"
#include "host/answers/compare_laws/mean_answer.h"
#include "host/answers/predict/prediction.h"
#include "host/fit/fit.h"
#include "tests/catch.h"
#include "tests/figure4.h"
#include "tests/input_error.h"
#include "tests/planted_source.h"
#include "tests/synthetic_runs.h"
#include "tests/tolerance.h"
#include "tests/two_threads.h"

namespace isoloss {
namespace {

RunSource figure4_source() {
  RunSource out;
  out.paths = {ISOLOSS_SOURCE "/datasets/chinchilla_figure4.csv"};
  out.read.drop_highest_loss = 5;
  return out;
}

// Of a law fitted to some runs and asked for others, without the machinery of folds.
double error_by_hand(const std::string& law, const RunTable& runs, const Fold& fold) {
  FitOptions options;
  options.law = law;
  options.num_resamples = 0;
  FittedRuns made{rows_of(runs, fold.fitted), {}};
  made.fit = fit(made.runs, options);
  const FittedLaw fitted = law_of_fit(std::make_shared<const FittedRuns>(std::move(made)));
  const RunTable rest = rows_of(runs, fold.held_out);
  const Predictions said = predict(fitted, new_runs(rest, fitted.law));
  double sum = 0;
  for (std::size_t i = 0; i < rest.num_runs(); ++i)
    sum += std::fabs(said.value[i] / rest.loss[i] - 1);
  return sum / static_cast<double>(rest.num_runs());
}

}  // namespace

TEST_CASE("Held-out errors on figure 4 are those of separate fits") {
  const CompareLaws got = compare_laws(
      figure4_source(), {{"chinchilla", "coupled", "kaplan"}, {}, {}}, two_threads(200));
  const RunTable runs = figure4();
  REQUIRE(got.laws.size() == 3);
  REQUIRE(got.question.holdouts.size() == 3);
  for (const ComparedLaw& law : got.laws) {
    REQUIRE(law.error);
    for (std::size_t h = 0; h < got.question.holdouts.size(); ++h) {
      const Fold fold = folds_of(runs, got.question.holdouts[h]).front();
      CHECK(law.by_holdout[h]->mean_absolute ==
            Approx(error_by_hand(law.name, runs, fold)).epsilon(tolerance::kSameRefit));
    }
  }
}

TEST_CASE("Laws are ranked by their errors, and the best one has no excess") {
  const CompareLaws got = compare_laws(
      figure4_source(), {{"kaplan_params", "chinchilla", "kaplan"}, {}, {}}, two_threads(200));
  double weights = 0, last = 0;
  for (const ComparedLaw& law : got.laws) {
    CHECK(law.excess.value >= last);
    last = law.excess.value;
    weights += law.weight;
  }
  CHECK(got.laws.front().excess.value == 0);
  CHECK(got.laws.back().name == "kaplan_params");
  CHECK(got.laws.back().excess.interval->lower > 0);
  CHECK(weights == Approx(1));
  CHECK(got.outcome() == Outcome::sound);
}

TEST_CASE("The law that made the runs predicts best, and a formula like it alike") {
  const LawEntry& law = find_law("chinchilla");
  const RunTable runs = planted_runs(law, typical_theta(law), 0.003, 3, 120);
  const CompareLaws got = compare_laws(
      source_of(runs), {{"kaplan", "chinchilla", "E + A/N^alpha + B/D^beta"}, {}, {1e23}},
      two_threads(200));
  REQUIRE(got.laws.size() == 3);
  CHECK(got.laws.back().name == "kaplan");
  CHECK(got.laws.back().excess.interval->lower > 0);
  CHECK(got.laws[1].error->rms == Approx(got.laws[0].error->rms).epsilon(tolerance::kSameRefit));
  REQUIRE(got.means.size() == 1);
  double least = INFINITY, most = 0;
  for (const ComparedLaw& own : got.laws) {
    REQUIRE(own.answers.at(0));
    least = std::fmin(least, own.answers[0]->N.value);
    most = std::fmax(most, own.answers[0]->N.value);
  }
  CHECK(got.means[0].N.value > least);
  CHECK(got.means[0].N.value < most);
  CHECK(got.means[0].N.interval->lower < got.means[0].N.value);
  CHECK(got.means[0].N.interval->upper > got.means[0].N.value);
}

TEST_CASE("Answers do not depend on the number of threads") {
  FitOptions options = two_threads(200);
  const CompareLawsQuestion question{
      {"chinchilla", "coupled"}, {{HoldoutKind::top, "params", 0.2}}, {}};
  const CompareLaws two = compare_laws(figure4_source(), question, options);
  options.num_threads = 1;
  const CompareLaws one = compare_laws(figure4_source(), question, options);
  for (std::size_t i = 0; i < one.laws.size(); ++i) {
    CHECK(one.laws[i].error->rms == two.laws[i].error->rms);
    CHECK(one.laws[i].excess.value == two.laws[i].excess.value);
  }
}

TEST_CASE("Of all laws those that the columns do not allow are passed over with the reason") {
  const LawEntry& law = find_law("chinchilla");
  const RunTable runs = planted_runs(law, typical_theta(law), 0.01, 1, 60);
  CompareLawsQuestion question;
  question.holdouts = {{HoldoutKind::top, "compute", 0.2}};
  FitOptions options = two_threads(200);
  options.num_resamples = 20;
  const CompareLaws got = compare_laws(source_of(runs), question, options);
  const auto is_passed = [&](const char* name) {
    for (const PassedLaw& own : got.passed)
      if (own.name == name) return !own.reason.empty();
    return false;
  };
  CHECK(is_passed("data_constrained"));
  CHECK(is_passed("accuracy_sigmoid"));
  CHECK_FALSE(is_passed("farseer"));
  CHECK(got.laws.size() + got.passed.size() == all_laws().size());
}

TEST_CASE("Folds that leave nearly all runs, searched from the optimum of all, are separate fits") {
  RunSource source = figure4_source();
  source.read.where = "params > 1e9";
  const CompareLaws got = compare_laws(
      source, {{"coupled", "farseer"}, {{HoldoutKind::each, "params", 0}}, {}}, two_threads(0));
  const RunTable runs = read_runs(source.paths[0], [&] {
    ReadOptions read = source.read;
    read.inputs = {{"params"}, {"tokens"}};
    return read;
  }());
  const std::vector<Fold> folds = folds_of(runs, {HoldoutKind::each, "params", 0});
  REQUIRE(folds.size() > 6);
  for (const ComparedLaw& law : got.laws) {
    REQUIRE(law.folds.size() == folds.size());
    for (const std::size_t place : {std::size_t{0}, folds.size() / 2, folds.size() - 1}) {
      INFO(law.name << " without " << folds[place].label);
      CHECK(law.folds[place].mean_absolute ==
            Approx(error_by_hand(law.name, runs, folds[place])).epsilon(tolerance::kSameRefit));
    }
  }
}

TEST_CASE("AICc and BIC of normal errors are those of their formulas") {
  // n = 10, three parameters and the variance, sum of squares 0.5, computed apart.
  const Information got = information_of(10, 3, 0.5);
  CHECK(got.aicc == Approx(10 * std::log(0.05) + 8 + 40.0 / 5).epsilon(tolerance::kClosedForm));
  CHECK(got.bic == Approx(10 * std::log(0.05) + 4 * std::log(10)).epsilon(tolerance::kClosedForm));
  CHECK(std::isnan(information_of(5, 3, 0.5).aicc));
}

TEST_CASE("Laws have AICc where the objective is squared, and else the reason why not") {
  FitOptions options = two_threads(0);
  CHECK(compare_laws(figure4_source(), {{"chinchilla", "kaplan"}, {}, {}}, options)
            .no_information.find("states none") != std::string::npos);
  options.residual_loss = {ResidualKind::squared, 1e-3, 2};
  CHECK(compare_laws(figure4_source(), {{"chinchilla", "kaplan"}, {}, {}}, options)
            .no_information.find("counts one side more") != std::string::npos);
  options.residual_loss = {ResidualKind::squared};
  const CompareLaws got =
      compare_laws(figure4_source(), {{"kaplan", "chinchilla", "coupled"}, {}, {}}, options);
  CHECK(got.no_information.empty());
  double sum = 0;
  for (const ComparedLaw& law : got.laws) {
    REQUIRE(law.information);
    sum += law.information->weight;
    FitOptions alone = options;
    alone.law = law.name;
    alone.num_resamples = 0;
    const FitResult by_hand = fit(figure4(), alone);
    CHECK(law.information->aicc ==
          Approx(information_of(240, by_hand.law->num_free(), 2 * by_hand.objective).aicc)
              .epsilon(tolerance::kSameRefit));
  }
  CHECK(sum == Approx(1));
  CHECK(got.laws.back().name == "kaplan");
  CHECK(got.laws.back().information->weight < 1e-3);
}

TEST_CASE("AICc is the same from the optima that folds were searched from") {
  RunSource source = figure4_source();
  source.read.where = "params > 1e9";
  FitOptions options = two_threads(0);
  options.residual_loss.kind = ResidualKind::squared;
  const std::vector<std::string> laws{"chinchilla", "coupled"};
  const CompareLaws near =
      compare_laws(source, {laws, {{HoldoutKind::each, "params", 0}}, {}}, options);
  const CompareLaws far =
      compare_laws(source, {laws, {{HoldoutKind::top, "params", 0.2}}, {}}, options);
  for (const ComparedLaw& law : near.laws)
    for (const ComparedLaw& same : far.laws)
      if (same.name == law.name)
        CHECK(law.information->aicc ==
              Approx(same.information->aicc).epsilon(tolerance::kSameRefit));
}

TEST_CASE("Rows of one run are not independent, and have no AICc") {
  FitOptions options = two_threads(0);
  options.residual_loss.kind = ResidualKind::squared;
  options.num_resamples = 0;
  std::string csv = "run,params,tokens,loss\n";
  const RunTable runs = figure4();
  for (std::size_t i = 0; i < runs.num_runs(); ++i)
    csv += fmt::format("r{},{},{},{}\n", i / 2, runs.params[i], runs.tokens[i], runs.loss[i]);
  const CompareLaws got = compare_laws(source_of(csv), {{"chinchilla", "kaplan"}, {}, {}}, options);
  CHECK(got.no_information.find("not independent") != std::string::npos);
  CHECK(!got.laws.front().information);
  for (const ComparedLaw& law : got.laws) CHECK(law.r2_within.value() < law.error->r2);
}

TEST_CASE("R^2 within runs takes each run's own mean off") {
  HeldOut held{{0, 1, 2, 3, 4}, {0.1, -0.1, 0.2, 0.2, 9}, {1, 3, 10, 14, 7}, {}};
  const Units units{{0, 0, 1, 1, 2}, 3, true};
  // Squares about the means 2 and 12: 2 + 8; misses 0.02 + 0.08. A row alone does not count.
  CHECK(r2_within_runs(held, units).value() ==
        Approx(1 - 0.1 / 10).epsilon(tolerance::kClosedForm));
  CHECK_FALSE(r2_within_runs({{0}, {0.1}, {1}, {}}, {{0}, 1, true}));
}

TEST_CASE("One law alone, a law named twice and a law without its column are refused") {
  for (const std::vector<std::string>& laws : {std::vector<std::string>{"chinchilla"},
                                               {"chinchilla", "chinchilla"},
                                               {"chinchilla", "data_constrained"},
                                               {"chinchilla", "nothing_such"}})
    CHECK_THROWS_AS(compare_laws(figure4_source(), {laws, {}, {}}, two_threads(200)), InputError);
}

TEST_CASE("A mixture holds what laws disagree in") {
  const Estimate got =
      mixture_of({{0.75, 1, {1, 1, 1, 1}}, {0.25, 5, {5, 5, 5, 5, 5, 5, 5, 5}}}, 0.9);
  CHECK(got.value == Approx(std::pow(5, 0.25)));
  CHECK(got.interval->lower == 1);
  CHECK(got.interval->upper == 5);
  const Estimate without = mixture_of({{0.5, 2, {}}, {0.5, 8, {NAN}}}, 0.9);
  CHECK(without.value == Approx(4));
  CHECK(without.interval->lower == 2);
  CHECK(without.interval->upper == 8);
}

TEST_CASE("Losses that do not vary have no R^2, and no law that is sound") {
  std::string csv = "params,tokens,loss\n";
  for (int i = 0; i < 5; ++i)
    for (int j = 0; j < 5; ++j)
      csv += fmt::format("{},{},3\n", 1e8 * (1 << i), 1e10 * std::pow(3, j));
  CompareLawsQuestion question;
  question.laws = {"chinchilla", "kaplan"};
  FitOptions options;
  options.num_resamples = 0;
  const CompareLaws got = compare_laws(source_of(csv), question, options);
  for (const ComparedLaw& law : got.laws)
    if (law.error) CHECK(std::isnan(law.error->r2));
  CHECK(got.outcome() == Outcome::unsound);
}

}  // namespace isoloss
