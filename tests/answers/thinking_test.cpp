// Several samples a query: properties that hold whatever the law; tests/apart/thinking_test.py has
// the keys.

#include "host/answers/optimum/thinking.h"

#include <algorithm>
#include <cmath>

#include "tests/catch.h"
#include "tests/input_error.h"
#include "tests/planted_source.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

constexpr const char* kTask = "1/(1+exp(3*(loss-2.2)))";

ThinkingQuestion sampling(std::vector<double> samples, double exponent = 0.05) {
  ThinkingQuestion out;
  out.serving.kind = QuestionKind::serving;
  out.accuracy.formula = kTask;
  out.accuracy.exponent = exponent;
  out.target = 0.6;
  out.samples = std::move(samples);
  out.query = Query{500, 300};
  out.demands = {1e9};
  return out;
}

Thinking asked(const ThinkingQuestion& question) {
  return thinking(published("besiroglu2024"), question);
}

double cost_of_best(const ThinkingQuestion& question) {
  return asked(question).answers.at(0).cost.value;
}

// Draws that lie about the estimate.
FittedLaw with_spread() {
  FittedLaw law = published("besiroglu2024");
  for (int i = 1; i <= 40; ++i) {
    law.thetas.push_back(law.thetas[0]);
    law.thetas.back()[3] *= 1 + 0.004 * (i % 9 - 4);
    law.thetas.back()[4] *= 1 + 0.003 * (i % 7 - 3);
  }
  return law;
}

double best_samples(const ThinkingQuestion& question) {
  const ThinkingAnswer answer = asked(question).answers.at(0);
  return answer.models.at(answer.best.value()).samples;
}

TaskAccuracy task(const AccuracyOfLoss& asked, std::vector<double> samples = {1, 64}) {
  return TaskAccuracy(asked, {1.7, 12.5}, samples);
}

}  // namespace

TEST_CASE("One sample alone is the serving answer at the loss that it needs") {
  const FittedLaw law = published("besiroglu2024");
  const ThinkingQuestion question = sampling({1});
  const Thinking got = thinking(law, question);
  const double loss = 2.2 + std::log(1 / 0.6 - 1) / 3;
  CHECK(got.loss_of_one.value == Approx(loss).epsilon(tolerance::kClosedForm));
  const Answer served = serving_answers(law, {}, {Given::loss, loss}, {{500e9, 300e9}}, {}).at(0);
  const ThinkingAnswer& own = got.answers.at(0);
  CHECK(own.N.value == Approx(served.N.value).epsilon(tolerance::kOptimum));
  CHECK(own.D.value == Approx(served.D.value).epsilon(tolerance::kOptimum));
  CHECK(own.cost.value == Approx(served.cost.value).epsilon(tolerance::kOptimum));
  CHECK(own.saving_over_trained.value ==
        Approx(served.saving.value().value).epsilon(tolerance::kFlatOptimum));
  CHECK(own.saving.value == 0);
  CHECK(got.break_evens.empty());
}

TEST_CASE("Samples that gain more never cost more, and a free choice no more than a held one") {
  double last = INFINITY;
  for (const double exponent : {0.05, 0.2, 0.4, 0.8}) {
    const double free = cost_of_best(sampling({1, 4, 16, 64}, exponent));
    CHECK(free <= last);
    last = free;
    for (const double held : {1, 4, 16, 64})
      CHECK(free <= cost_of_best(sampling({held}, exponent)));
  }
}

TEST_CASE("Without demand the most samples cost least, for a huge one a single sample does") {
  ThinkingQuestion question = sampling({1, 4, 16, 64});
  question.demands = {0};
  CHECK(best_samples(question) == 64);
  question.demands = {1e15};
  CHECK(best_samples(question) == 1);
}

TEST_CASE("At the break-even demand both cost the same, below it samples cost less") {
  ThinkingQuestion question = sampling({1, 8});
  const BreakEven turn = asked(question).break_evens.at(0);
  CHECK(turn.samples == 8);
  const auto saving_at = [&](double demand) {
    question.demands = {demand};
    return asked(question).answers.at(0).models.at(1).saving.value;
  };
  CHECK(std::fabs(saving_at(turn.demand)) < tolerance::kSameOptimum);
  CHECK(saving_at(0.9 * turn.demand) > 0);
  CHECK(saving_at(1.1 * turn.demand) < 0);
  question.query.reset();  // then in tokens of a sample, of which no prompt is read once
  CHECK(asked(question).last_break_even()->demand > 0);
}

TEST_CASE("Draws choose on their own, whatever the number of threads") {
  const FittedLaw law = with_spread();
  ThinkingQuestion question = sampling({1, 2, 4, 8});
  question.target.reset();
  question.serving.quality = {Given::params, 7e9};
  const Thinking turn = thinking(law, question);
  question.demands = {turn.last_break_even()->demand};
  question.serving.plans.num_threads = 1;
  const Thinking one = thinking(law, question);
  question.serving.plans.num_threads = 2;
  const Thinking two = thinking(law, question);
  const ThinkingAnswer &a = one.answers.at(0), &b = two.answers.at(0);
  REQUIRE(a.N.interval);
  CHECK(a.N.interval->lower == b.N.interval->lower);
  CHECK(a.cost.interval->upper == b.cost.interval->upper);
  CHECK(a.saving.interval->lower == b.saving.interval->lower);
  CHECK(one.break_evens.at(0).demand == two.break_evens.at(0).demand);
  double sum = 0;
  for (const SampledModel& own : a.models) sum += own.share_best;
  CHECK(sum == Approx(1));
  CHECK(one.target.interval);
}

TEST_CASE("The accuracy of the loss that is needed is the one that was asked") {
  AccuracyOfLoss by_law{"0.05 + 0.9/(1+exp(4*(loss-2)))", {}, 0.5};
  const AccuracyOfLoss by_formula{"1 - (1 - exp(-loss))^(samples^0.6)"};
  for (const double samples : {1, 4, 64})
    for (const double accuracy : {0.3, 0.6, 0.9}) {
      const double loss = task(by_law).loss_for(accuracy, samples);
      if (std::isfinite(loss))
        CHECK(task(by_law).of(loss, samples) == Approx(accuracy).epsilon(tolerance::kClosedForm));
      const double own = task(by_formula).loss_for(accuracy, samples);
      if (std::isfinite(own))
        CHECK(task(by_formula).of(own, samples) ==
              Approx(accuracy).epsilon(tolerance::kClosedForm));
    }
  CHECK(std::isnan(task(by_law).loss_for(0.95, 1)));  // above what any loss of the range reaches
  by_law.exponent = 2;
  CHECK(std::isinf(task(by_law).loss_for(0.3, 64)));  // 0.3^4096 is below the floor
}

TEST_CASE("An accuracy comes from a fit of accuracies or of errors too") {
  std::string accuracies = "loss,hellaswag\n", errors = "loss,error\n";
  for (int i = 0; i < 30; ++i) {
    const double loss = 1.8 + 0.06 * i;
    const double noise = 1 + 1e-4 * (i % 3 - 1);
    accuracies +=
        fmt::format("{},{}\n", loss, noise * (0.25 + 0.7 / (1 + std::exp(3 * (loss - 2.5)))));
    errors += fmt::format("{},{}\n", loss, noise * (0.9 - 2 * std::exp(-0.8 * loss)));
  }
  const auto fitted = [](const char* law, const std::string& csv, const char* response) {
    FitOptions options;
    options.law = law;
    options.num_resamples = 0;
    RunSource source = source_of(csv);
    source.read.response = response;
    return std::make_shared<const FittedLaw>(fit(source, options));
  };
  const TaskAccuracy sigmoid = task({"", fitted("accuracy_sigmoid", accuracies, "hellaswag"), 0.3});
  CHECK(sigmoid.of(2.5, 1) == Approx(0.6).epsilon(tolerance::kPrinted));
  const TaskAccuracy error = task({"", fitted("overtraining_error", errors, "error"), 0.3});
  CHECK(error.of(2.5, 1) == Approx(0.1 + 2 * std::exp(-2.0)).epsilon(tolerance::kPrinted));
  const auto law = std::make_shared<const FittedLaw>(published("besiroglu2024"));
  CHECK(refusal([&] {
          task({"", law, 0.3});
        }).find("predicts loss from params") != std::string::npos);
}

TEST_CASE("Samples that are right by chance need no model, and none is sought") {
  ThinkingQuestion question = sampling({1, 4, 16}, 1);
  question.accuracy.formula = "0.25 + 0.75/(1+exp(3*(loss-2.2)))";
  const Thinking got = asked(question);
  CHECK_FALSE(got.answers.at(0).models.at(0).is_by_chance);
  CHECK(got.answers.at(0).models.at(2).is_by_chance);
  const auto is_it = [](const Warning& own) { return own.name == "accurate_by_chance"; };
  CHECK(std::any_of(got.warnings.begin(), got.warnings.end(), is_it));
}

TEST_CASE("An accuracy out of reach is none, with more samples it may be within") {
  ThinkingQuestion question = sampling({1}, 0.5);
  question.target = 0.95;
  CHECK(asked(question).outcome() == Outcome::none);
  question.samples = {1, 64};
  const Thinking got = asked(question);
  CHECK(got.outcome() == Outcome::sound);
  CHECK(std::isinf(got.break_evens.at(0).demand));
}

TEST_CASE("A limit holds for the models of all samples") {
  ThinkingQuestion question = sampling({1, 4});
  const double free = asked(question).answers.at(0).models.at(1).N.value;
  question.serving.plans.limits.max_params = 0.8 * free;
  const SampledModel held = asked(question).answers.at(0).models.at(1);
  CHECK(held.end == PlanEnd::at_max_params);
  CHECK(held.N.value == Approx(0.8 * free).epsilon(tolerance::kClosedForm));
}

TEST_CASE("What is no accuracy is refused with advice") {
  const auto message = [](const AccuracyOfLoss& own) { return refusal([&] { task(own); }); };
  const auto has = [&](const AccuracyOfLoss& own, const char* part) {
    INFO(message(own));
    CHECK(message(own).find(part) != std::string::npos);
  };
  has({"1/(1+exp(3*(params-2.2)))", {}, 0.5}, "\"params\" is neither the loss nor the samples");
  has({"0.8 + 0*samples"}, "does not read the loss");
  has({"1/(1+exp(-3*(loss-2.2)))", {}, 0.5}, "rises with the loss");
  has({"log(1.75 - loss)", {}, 0.5}, "is no number");
  has({"100/(1+exp(0.01*(loss-2.2)))", {}, 0.5}, "0.8, not 80");
  has({kTask}, "give --sample-exponent");
  has({kTask, {}, -0.5}, "must be above 0");
  has({"exp(-loss/samples)", {}, 0.5}, "beside a formula of the samples");
  has({"exp(-loss*samples)"}, "falls with more samples");
  has({"1/(1+", {}, 0.5}, "--accuracy");
}

}  // namespace isoloss
