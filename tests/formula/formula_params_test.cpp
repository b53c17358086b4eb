// Scales, boxes, starts and linearity of a formula's parameters.

#include <fmt/format.h>

#include <cmath>

#include "tests/catch.h"
#include "tests/formula_laws.h"
#include "tests/formula_value.h"
#include "tests/input_error.h"
#include "tests/nist_formulas.h"

namespace isoloss {

TEST_CASE("Exponents of a scaling law have the boxes of the built-in laws, the rest no end") {
  const FormulaLaw chinchilla = law(kChinchilla);
  for (const char* name : {"E", "A", "B"}) {
    CHECK(is_box(param(chinchilla, name), Scale::log, -kUnboundedLog, kUnboundedLog));
    CHECK(param(chinchilla, name).meaning == "coefficient");
  }
  for (const char* name : {"alpha", "beta"}) {
    CHECK(is_box(param(chinchilla, name), Scale::linear, 0, 3));
    CHECK(param(chinchilla, name).starts.lower == 0);
    CHECK(param(chinchilla, name).starts.upper == 2);
    CHECK(param(chinchilla, name).meaning == "exponent");
  }
  const FormulaLaw kaplan = law(kKaplan);
  CHECK(is_box(param(kaplan, "N_c"), Scale::log, -kUnboundedLog, kUnboundedLog));
  CHECK(is_box(param(kaplan, "D_c"), Scale::log, -kUnboundedLog, kUnboundedLog));
  CHECK(is_box(param(kaplan, "alpha_N"), Scale::linear, 0, 3));
  CHECK(is_box(param(kaplan, "alpha_D"), Scale::linear, 0.005, 3));
}

TEST_CASE("A parameter whose sign the formula leaves open may be negative") {
  const struct {
    const char* formula;
    const char* name;
    bool is_open;
  } cases[] = {
      {"E + A/N^a", "a", false},
      {"E + A*N^-a", "a", false},
      {"E + A*N^(-2*a)", "a", false},
      {"E + A*N^a", "a", true},
      {"E + A*(1/N)^a", "a", false},
      {"E + A*(N/D)^a", "a", true},
      {"E + A*pow(N, a)", "a", true},
      {"E + A/pow(N, a)", "a", false},
      {"E - A*N^a", "a", false},
      {"E + A*exp(-N^a)", "a", false},
      {"E + A/(1 + N^a)", "a", false},
      {"E + A*cos(N^a)", "a", true},
      {"E + A*N^(a + b*D)", "a", true},
      {"(E + A/N)^a", "a", false},
      {"E + A*N^(1/a)", "a", false},
      {"E + A*N^a", "A", false},
      {"E + A*N", "A", true},
      {"E + A/N", "A", false},
      {"E + A*log(N)", "A", true},
      {"E - A*log(N)", "A", false},
      {"E + A/log(N)", "A", false},
      {"E + A*log(N/D)", "A", true},
      {"E + A*exp(-k*D)", "k", false},
      {"E + A*exp(k*D)", "k", true},
      {"E + A*(1 - exp(-k*D))", "A", true},
      {"E + A*sin(k*D)", "k", true},
      {"E + A/N^a", "E", false},
      {"E + N/A", "A", true},
      {"E + A/(N + c)", "c", false},
      {"-(E*N)", "E", false},
      {"E + A*(-N)", "A", false},
      {"E - 2*A*N", "A", false},
      {"E + -2*A*N", "A", false},
      {"E + A*(-1)/N", "A", true},
      {"E + k*(log(N) - c - a*log(D))^2", "c", true},
      {"E + k*(log(N) - c - a*log(D))^2", "a", true},
      {"E + k*(log(N) - c)^3", "c", false},
      {"E + (A/N)^2", "A", false},
  };
  for (const auto& [formula, name, is_open] : cases) {
    INFO(formula << ", " << name);
    const FormulaLaw result = law(formula);
    const FormulaParam& found = param(result, name);
    CHECK((found.scale == Scale::linear && found.bounds.lower < 0) == is_open);
  }
}

TEST_CASE("Parameters of a regression are any numbers") {
  const FormulaLaw misra = regression("b1*(1-exp(-b2*x))");
  for (const FormulaParam& each : misra.params) {
    CHECK(is_box(each, Scale::linear, -kUnbounded, kUnbounded));
    CHECK(each.starts.is_of_size);
  }
  const FormulaLaw dan_wood = regression("b1*x^b2");
  CHECK(is_box(param(dan_wood, "b2"), Scale::linear, -kUnbounded, kUnbounded));
  CHECK_FALSE(param(dan_wood, "b2").starts.is_of_size);
}

TEST_CASE("A bound or start that reaches zero makes a parameter linear") {
  const std::string text = "E + A/N^alpha + F*(N/D)^gamma";
  CHECK(is_box(param(law(text), "F"), Scale::log, -kUnboundedLog, kUnboundedLog));
  CHECK(is_box(param(law(text, {}, {"F=-10:10"}), "F"), Scale::linear, -10, 10));
  CHECK(is_box(param(law(text, {}, {"F=0:10"}), "F"), Scale::linear, 0, 10));
  CHECK(is_box(param(law(text, {}, {"F=:-1"}), "F"), Scale::linear, -kUnbounded, -1));
  CHECK(is_box(param(law(text, {}, {"F=1:10"}), "F"), Scale::log, 0, std::log(10.0)));
  CHECK(is_box(param(law(text, {}, {"F=:10"}), "F"), Scale::log, -kUnboundedLog, std::log(10.0)));
  CHECK(param(law(text, {}, {}, {"F=-2"}), "F").scale == Scale::linear);
  CHECK(param(law(text, {}, {}, {"F=-2"}), "F").start == -2);
  CHECK(param(law(text, {}, {}, {"F=2"}), "F").start == std::log(2.0));
  CHECK(is_box(param(law(text, {}, {"alpha=0.1:0.9"}), "alpha"), Scale::linear, 0.1, 0.9));
}

TEST_CASE("Starts keep inside the box") {
  const auto starts = [](const Texts& bounds, const char* name) {
    return param(law("E + A/N^alpha + F*(N/D)^gamma", {}, bounds), name).starts;
  };
  CHECK(starts({"alpha=0.5:1"}, "alpha").lower == 0.5);
  CHECK(starts({"alpha=0.5:1"}, "alpha").upper == 1);
  CHECK(starts({"alpha=2.5:2.9"}, "alpha").lower == 2.5);
  CHECK(starts({"alpha=2.5:2.9"}, "alpha").upper == 2.9);
  CHECK(starts({"F=-10:10"}, "F").is_of_size);
  CHECK(starts({"F=-10:10"}, "F").upper == 10);
  CHECK(starts({"F=-10:-1"}, "F").lower == 1);
  CHECK(starts({"F=-10:-1"}, "F").upper == 10);
  CHECK_FALSE(starts({"F=1e7:1e8"}, "F").is_of_size);  // log scale
  CHECK(starts({"F=-1e8:-1e7"}, "F").lower == 1e7);
  CHECK(starts({"F=-1e8:-1e7"}, "F").upper == 1e8);
  CHECK(starts({"F=-1e8:-1e7"}, "F").is_of_size);
}

TEST_CASE("A fixed parameter is a constant of the graph") {
  const FormulaLaw fixed = law("E + A/N^alpha + B/D^beta", {}, {}, {}, {"beta=0.5", "E=0"});
  CHECK(param(fixed, "beta").is_fixed);
  CHECK(is_box(param(fixed, "beta"), Scale::linear, 0.5, 0.5));
  CHECK((fixed.graph[fixed.root].params >> 4 & 1u) == 0);
  CHECK((fixed.graph[fixed.root].params >> 3 & 1u) == 1);
  CHECK(is_close(value_of(fixed.graph, fixed.root, {0, 0, 0, std::log(2.0), 0}, {0, std::log(4.0)}),
                 2));
  // A whole power needs no log, so that the base may be negative.
  FormulaRequest power = request("a*x^k");
  const Texts headers{"x"};
  power.names.headers = headers;
  power.overrides = parse_overrides(Texts{}, Texts{}, Texts{"k=2"});
  const FormulaLaw square = make_formula_law(power);
  CHECK(value_of(square.graph, square.root, {std::log(1.0), 0}, {-3}) == 9);
  CHECK(refusal([] { law("A/N", {}, {}, {}, {"A=1"}); }).find("no free parameter") !=
        std::string::npos);
}

TEST_CASE("An override of no parameter of the formula lists the parameters") {
  CHECK(refusal([] { law("E + A/N^alpha", {}, {"beta=0:1"}); }) ==
        "--bound: the law has no parameter \"beta\"; its parameters are E, A, alpha");
  CHECK(refusal([] { law("E + A/N^alpha", {}, {"N=0:1"}); }) ==
        "--bound: the law has no parameter \"N\"; its parameters are E, A, alpha");
}

TEST_CASE("Linear parameters are found whatever their scale") {
  CHECK(linear_names(law(kChinchilla)) == Texts{"E", "A", "B"});
  CHECK(linear_names(law(kChinchilla, {}, {"A=-1:1"})) == Texts{"E", "A", "B"});
  CHECK(linear_names(law(kChinchilla, {}, {}, {}, {"A=2"})) == Texts{"E", "B"});
  CHECK(linear_names(law(kKaplan)).empty());
  // The larger set wins over the earlier parameter.
  CHECK(linear_names(law("p*(A/N + B/D + E)")) == Texts{"A", "B", "E"});
  CHECK(linear_names(law("A*B/N + E")) == Texts{"A", "E"});
  // Pieces that are linear do not make a line.
  CHECK(linear_names(law("E + min(A/N, B)")) == Texts{"E"});
  CHECK(linear_names(law("E + abs(A/N - 1)", {}, {"A=-1:1"})) == Texts{"E"});
  CHECK(linear_names(law("E + A*max(N, D)^-1")) == Texts{"E", "A"});
}

TEST_CASE("Linear parameters of NIST's formulas") {
  for (const NistFormula& nist : nist_formulas()) {
    INFO(nist.name);
    const FormulaLaw result = regression(nist.formula);
    CHECK(static_cast<int>(result.params.size()) == nist.num_params);
    CHECK(linear_names(result) == nist.linear);
  }
}

// N times `count` factors that are i plus p1 and the squares of p2 to p16.
std::string product_of_sums(int count) {
  std::string out = "N";
  for (int i = 1; i <= count; ++i) {
    out += fmt::format("*({}+(p1", i);
    for (int k = 2; k <= 16; ++k) out += fmt::format("+p{}^2", k);
    out += "))";
  }
  return out;
}

TEST_CASE("A formula whose derivatives are too large is refused") {
  const auto too_large = [](const std::string& text) {
    return refusal([&] { law(text); }).find("the formula and its derivatives are too large") !=
           std::string::npos;
  };
  CHECK_FALSE(too_large(product_of_sums(1)));
  CHECK(too_large(product_of_sums(100)));
}

}  // namespace isoloss
