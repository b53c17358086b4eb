// Bits as a choice: properties that hold for any law of them; tests/apart/bits_test.py has the
// keys.

#include "host/answers/optimum/bits.h"

#include <cmath>

#include "tests/catch.h"
#include "tests/closed_form.h"
#include "tests/input_error.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

OptimumQuestion choosing(std::vector<double> bits, HeldInputs held = {}) {
  OptimumQuestion out;
  out.values = {1e20};
  out.bits = std::move(bits);
  out.plans.held = std::move(held);
  return out;
}

const HeldInputs kTrainedIn16{{"weight_bits", 16}, {"act_bits", 16}, {"kv_bits", 16}};

Answer answer_of(const OptimumQuestion& question) {
  return optimum(published("kumar2024"), question).answers.at(0);
}

}  // namespace

TEST_CASE("Bits that are held cost what they do, and 16 are what no choice is") {
  const Answer chosen = answer_of(choosing({16}));
  OptimumQuestion plain = choosing({}, kTrainedIn16);
  plain.plans.held["post_bits"] = 64;
  const Answer held = answer_of(plain);
  CHECK(chosen.N.value == held.N.value);
  CHECK(chosen.loss.value == held.loss.value);
  CHECK(is_near(answer_of(choosing({8})).N.value * answer_of(choosing({8})).D.value * 6 / 2, 1e20));
}

TEST_CASE("More bits to choose from never lose more") {
  const double few = answer_of(choosing({16})).loss.value;
  const double more = answer_of(choosing({16, 8})).loss.value;
  CHECK(more < few);
  CHECK(answer_of(choosing({16, 8, 4, 3})).loss.value <= more);
}

TEST_CASE("Every row of the models is one of the bits, the best of which is the answer") {
  const Answer got = answer_of(choosing({16, 8, 4}));
  REQUIRE(got.bits);
  CHECK(got.bits->models.size() == 6);
  for (const ModelOfBits& own : got.bits->models) {
    CHECK(*own.bits.post <= *own.bits.training);
    CHECK(own.loss.value >= got.loss.value);
  }
}

TEST_CASE("Memory and the time of a token follow the bits in which a model is served") {
  OptimumQuestion question = choosing({16, 4}, kTrainedIn16);
  question.values = {1e22};
  question.decoding = Decoding{};
  question.decoding->memory = 2e9, question.decoding->bandwidth = 1e11;
  const Answer got = answer_of(question);
  CHECK(got.bits->bits.served == 4);
  CHECK(got.N.value <= 4e9 * (1 + tolerance::kClosedForm));
  CHECK(is_near(got.step->seconds, got.N.value / 2 / 1e11));
}

TEST_CASE("Draws choose on their own") {
  FittedLaw law = published("kumar2024");
  for (int i = 1; i <= 20; ++i) {
    law.thetas.push_back(law.thetas[0]);
    // gamma_w: of weights that bear few bits, and of such that bear none.
    law.thetas.back()[5] *= i <= 5 ? 4 : 1;
  }
  const Answer got = optimum(law, choosing({16, 8, 4})).answers.at(0);
  CHECK(got.bits->share_alike == 0.75);
  CHECK(got.N.interval);
}

TEST_CASE("A choice of bits is of a budget or a loss, and of a law that reads them") {
  const auto message = [](OptimumQuestion question, const char* of = "kumar2024") {
    return refusal([&] { optimum(published(of), question); });
  };
  CHECK(message(choosing({8}), "besiroglu2024").find("no bits that are open") != std::string::npos);
  OptimumQuestion held = choosing({8}, kTrainedIn16);
  held.plans.held["post_bits"] = 4;
  CHECK(message(held).find("no bits that are open") != std::string::npos);
  OptimumQuestion sized = choosing({8});
  sized.given = Given::params;
  CHECK(message(sized).find("for a budget or a loss") != std::string::npos);
  OptimumQuestion narrow = choosing({8});
  narrow.plans.held["weight_bits"] = 4;
  CHECK(message(narrow).find("none of these bits may be") != std::string::npos);
}

}  // namespace isoloss
