#include "host/laws/tied_law.h"

#include "host/fit/fit.h"
#include "host/laws/law_choice.h"
#include "tests/catch.h"
#include "tests/input_error.h"
#include "tests/synthetic_runs.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

LawEntry chosen(const std::string& text, const ParamOverrides& overrides = {}) {
  return choose_law({text, overrides, true, ""}, {});
}

FitResult fitted(const RunTable& runs, const LawEntry& law) {
  FitOptions options;
  options.num_resamples = 0;
  options.num_threads = 2;
  return fit(runs, std::make_shared<const LawEntry>(law), options);
}

}  // namespace

TEST_CASE("A tied parameter has the value of the other, and the fit is that of such a formula") {
  const LawEntry law =
      chosen("chinchilla", parse_overrides({}, {}, std::vector<std::string>{"alpha=beta"}));
  CHECK(law.name == "chinchilla:alpha=beta");
  CHECK(law.num_params() == 4);
  const RunTable runs =
      planted_runs(find_law("chinchilla"), typical_theta(find_law("chinchilla")), 0.01, 3, 80);
  const FitResult tied = fitted(runs, law);
  const FitResult written = fitted(runs, chosen("E + A/N^beta + B/D^beta"));
  const FitResult free = fitted(runs, find_law("chinchilla"));
  CHECK(tied.objective == Approx(written.objective).epsilon(tolerance::kSameOptimum));
  CHECK(tied.objective > free.objective);
  CHECK(tied.params.back().name == "beta");
  // Equal exponents: half of the compute goes to either.
  CHECK(tied.N_exponent.value == Approx(0.5).epsilon(tolerance::kClosedForm));
}

TEST_CASE("Whichever of two parameters is tied to the other, the fit is the same") {
  const RunTable runs =
      planted_runs(find_law("chinchilla"), typical_theta(find_law("chinchilla")), 0.01, 4, 80);
  for (const auto& [one, other] : {std::pair("chinchilla:alpha=beta", "chinchilla:beta=alpha"),
                                   std::pair("chinchilla:A=B", "chinchilla:B=A")}) {
    const FitResult first = fitted(runs, chosen(one)), second = fitted(runs, chosen(other));
    CHECK(first.objective == Approx(second.objective).epsilon(tolerance::kSameOptimum));
    CHECK(first.N_exponent.value == Approx(second.N_exponent.value));
    CHECK(first.status == Status::converged);
  }
}

TEST_CASE("A planted tie of any scale is found again") {
  const LawEntry law = chosen("data_constrained:beta=alpha");
  Theta theta = typical_theta(find_law("data_constrained"));
  const LawEntry& whole = find_law("data_constrained");
  const int alpha = 3, beta = 4;
  REQUIRE(whole.params[alpha].name == "alpha");
  REQUIRE(whole.params[beta].name == "beta");
  theta[beta] = theta[alpha];
  const FitResult got = fitted(planted_runs(whole, theta, 0, 0, 96), law);
  for (const ParamEstimate& own : got.params)
    if (own.name == "alpha")
      CHECK(own.value == Approx(theta[alpha]).epsilon(tolerance::kSameRefit));
}

TEST_CASE("A tied parameter can be held and bounded by the name that is left") {
  const LawEntry law = chosen("chinchilla:alpha=beta",
                              parse_overrides({}, {}, std::vector<std::string>{"beta=0.3"}));
  CHECK(law.is_held(3));
  CHECK(law.num_free() == 3);
}

TEST_CASE("Ties that mean nothing are refused") {
  const auto fixed = [](const std::string& text, const std::string& law = "chinchilla") {
    return refusal([&] { chosen(law, parse_overrides({}, {}, std::vector<std::string>{text})); });
  };
  CHECK(fixed("alpha=gamma") ==
        "--fix: the law has no parameter \"gamma\"; its parameters are E, A, B, alpha, beta");
  CHECK(fixed("alpha=alpha").find("a parameter is what it is") != std::string::npos);
  CHECK(fixed("alpha=A").find("only one of the two has to be positive") != std::string::npos);
  CHECK(fixed("a=b", "E + A/N^a + B/D^b") ==
        "--fix a=b: a formula says itself what is one; write b in place of a in --law");
  CHECK(fixed("alpha=beta", "chinchilla:alpha=beta").find("no parameter \"alpha\"") !=
        std::string::npos);
  const std::vector<std::string> twice{"alpha=beta", "alpha=0.3"};
  CHECK(refusal([&] { parse_overrides({}, {}, twice); }).find("given twice") != std::string::npos);
  CHECK(refusal([&] {
          parse_overrides(std::vector<std::string>{"alpha=0:1"}, {},
                          std::vector<std::string>{"alpha=beta"});
        }) == "alpha is what beta is; start or bound beta");
}

TEST_CASE("Ties of ties are found whichever comes first") {
  const auto tied = [](const char* text) { return chosen(text).num_params(); };
  CHECK(tied("chinchilla:B=A:E=B") == 3);
  CHECK(tied("chinchilla:E=B:B=A") == 3);
  const LawEntry law =
      chosen("chinchilla", parse_overrides({}, {}, std::vector<std::string>{"E=B", "B=A"}));
  CHECK(law.param_names() == std::vector<std::string>{"A", "alpha", "beta"});
  CHECK(refusal([] {
          chosen("chinchilla:alpha=beta:beta=alpha");
        }).find("a parameter is what it is") != std::string::npos);
}

TEST_CASE("Two parameters whose ranges do not meet cannot be one") {
  LawEntry law = find_law("chinchilla");
  law.box.bounds[3] = {0.1, 0.2};
  law.box.bounds[4] = {0.3, 0.4};
  CHECK(refusal([&] {
          tied_law(law, {{"alpha", "beta"}});
        }).find("no value in common") != std::string::npos);
}

}  // namespace isoloss
