#include "host/formula/formula_law.h"

#include <fmt/format.h>

#include <cmath>
#include <string>
#include <vector>

#include "tests/catch.h"
#include "tests/formula_value.h"
#include "tests/input_error.h"
#include "tests/nist_formulas.h"

namespace isoloss {
namespace {

using Texts = std::vector<std::string>;

const char* const kChinchilla = "L(N, D) = E + A/N^alpha + B/D^beta";
const char* const kKaplan = "((N_c/N)^(alpha_N/alpha_D) + D_c/D)^alpha_D";

FormulaRequest request(const std::string& text) {
  FormulaRequest out;
  out.formula.text = text;
  return out;
}

FormulaLaw regression(const std::string& text, const Texts& headers = {"x", "x1", "x2"}) {
  FormulaRequest out = request(text);
  out.log_residual = false;
  out.names.headers = headers;
  out.names.response = std::string("y");
  return make_formula_law(out);
}

FormulaLaw law(const std::string& text, const Texts& headers = {}, const Texts& bounds = {},
               const Texts& starts = {}, const Texts& fixes = {}) {
  FormulaRequest out = request(text);
  out.names.headers = headers;
  out.overrides = parse_overrides(bounds, starts, fixes);
  return make_formula_law(out);
}

const FormulaParam& param(const FormulaLaw& law, const std::string& name) {
  for (const FormulaParam& found : law.params)
    if (found.name == name) return found;
  FAIL("no parameter " << name);
  return law.params[0];
}

Texts names_of(const std::vector<FormulaParam>& params) {
  Texts out;
  for (const FormulaParam& each : params) out.push_back(each.name);
  return out;
}

Texts linear_names(const FormulaLaw& law) {
  Texts out;
  for (const int k : law.linear) out.push_back(law.params[static_cast<std::size_t>(k)].name);
  return out;
}

bool is_box(const FormulaParam& param, Scale scale, double lower, double upper) {
  return param.scale == scale && param.bounds.lower == lower && param.bounds.upper == upper;
}

TEST_CASE("Names of the table are columns, others are parameters") {
  const FormulaLaw chinchilla = law(kChinchilla);
  REQUIRE(chinchilla.inputs.size() == 2);
  CHECK(chinchilla.inputs[0].known == Input::N);
  CHECK(chinchilla.inputs[1].known == Input::D);
  CHECK(chinchilla.inputs[0].column.empty());
  CHECK(names_of(chinchilla.params) == Texts{"E", "A", "alpha", "B", "beta"});

  const FormulaLaw spelled = law("c0*params + c1*unique_tokens + c2*flops + S + U");
  REQUIRE(spelled.inputs.size() == 3);
  CHECK(spelled.inputs[0].known == Input::N);
  CHECK(spelled.inputs[1].known == Input::U);
  CHECK(spelled.inputs[2].known == Input::C);
  CHECK(names_of(spelled.params) == Texts{"c0", "c1", "c2", "S", "U"});
}

TEST_CASE("A header of exactly the name makes it a column") {
  const FormulaLaw with = law("a*N + b*U + c*E + d*lr", {"U", "lr", "lR"});
  REQUIRE(with.inputs.size() == 3);
  CHECK(with.inputs[1].known == Input::U);
  CHECK(with.inputs[1].column == "U");
  CHECK_FALSE(with.inputs[2].known);
  CHECK(with.inputs[2].column == "lr");
  CHECK(names_of(with.params) == Texts{"a", "b", "c", "E", "d"});
  CHECK(law("a*N + E", {"E"}).inputs[1].known == Input::E);
  // x is any quantity, which may be negative: no log of it is taken.
  CHECK_FALSE(law("a*x", {"x"}).inputs[0].known);
}

TEST_CASE("A declared name is a column") {
  FormulaRequest declared = request("a*x + E + N");
  declared.names.declared = {{"x", "context length"}, {"N", "size"}};
  const FormulaLaw result = make_formula_law(declared);
  REQUIRE(result.inputs.size() == 2);
  CHECK(result.inputs[0].column == "context length");
  CHECK(result.inputs[1].known == Input::N);
  CHECK(result.inputs[1].column == "size");
  declared.names.declared = {{"z", ""}};
  CHECK(refusal([&] { make_formula_law(declared); }) ==
        "the input \"z\" is not in the formula; leave it out, or write it into the formula");
}

TEST_CASE("N and params are one column") {
  const FormulaLaw both = law("a/N + b/params");
  CHECK(both.inputs.size() == 1);
  CHECK(refusal([] { law("a*U + b*unique_tokens", {"U"}); }) ==
        "--law: 'U' and 'unique_tokens' are one quantity in two columns at character 9\n"
        "  a*U + b*unique_tokens\n"
        "          ^\n"
        "give one of the columns another name");
}

TEST_CASE("The response cannot be on the right side") {
  const auto refused = [](const std::string& text, const std::string& response) {
    FormulaRequest out = request(text);
    out.names.response = response;
    const Texts headers{"y", "acc", "loss", "L"};
    out.names.headers = headers;
    return refusal([&] { make_formula_law(out); });
  };
  CHECK(refused("a*N + L", "loss") ==
        "--law: 'L' is what the formula predicts at character 7\n"
        "  a*N + L\n"
        "        ^\n"
        "it cannot stand on the right side");
  CHECK(refused("a*N + loss", "loss").find("'loss' is what") != std::string::npos);
  CHECK(refused("y = a*N + y", "loss").find("at character 11") != std::string::npos);
  CHECK(refused("a*N + acc", "acc").find("'acc' is what") != std::string::npos);
  CHECK(refused("a*N + L", "acc") == "accepted");
}

TEST_CASE("A formula needs columns and parameters, at most sixteen of these") {
  CHECK(refusal([] { law("E + A"); }) ==
        "--law: the formula reads no column at character 6\n"
        "  E + A\n"
        "       ^\n"
        "N, D, C and the headers of the file are columns; --input NAME makes NAME one");
  CHECK(refusal([] { law("N + D"); }).find("no parameter to fit") != std::string::npos);
  CHECK(refusal([] { law("E - E + 0*A*N"); }).find("no free parameter") != std::string::npos);
  std::string sum = "N";
  for (int i = 1; i <= 16; ++i) sum += "+p" + std::to_string(i);
  CHECK(law(sum).params.size() == 16);
  CHECK(refusal([&] {
          law(sum + " + p17");
        }).find("'p17' is one parameter more than 16 at character") != std::string::npos);
}

TEST_CASE("The graph of a formula has its value, from logs of columns on a log axis") {
  const double E = 1.7;
  const double A = 400;
  const double B = 410;
  const double alpha = 0.34;
  const double beta = 0.28;
  const double N = 7e9;
  const double D = 1.4e12;
  const Texts headers{"x"};
  const std::vector<double> theta{std::log(E), std::log(A), alpha, std::log(B), beta};
  const FormulaLaw chinchilla = law(kChinchilla);
  CHECK(is_close(value_of(chinchilla.graph, chinchilla.root, theta, {std::log(N), std::log(D)}),
                 E + A / std::pow(N, alpha) + B / std::pow(D, beta)));

  const FormulaLaw kaplan = law(kKaplan);
  CHECK(is_close(
      value_of(kaplan.graph, kaplan.root, {std::log(8.8e13), 0.076, 0.095, std::log(5.4e13)},
               {std::log(N), std::log(D)}),
      std::pow(std::pow(8.8e13 / N, 0.076 / 0.095) + 5.4e13 / D, 0.095)));

  const FormulaLaw mixed = law("a*log(N*D) + (N/D)^2 + N^-1 + sqrt(N) + b*x", headers);
  CHECK(is_close(value_of(mixed.graph, mixed.root, {-0.5, 2}, {std::log(N), std::log(D), -4}),
                 -0.5 * std::log(N * D) + (N / D) * (N / D) + 1 / N + std::sqrt(N) + 2 * -4));
}

TEST_CASE("A power of a column takes no power, and a log of it no log") {
  const FormulaLaw chinchilla = law(kChinchilla);
  const FormulaLaw logs = law("a*log(N/D) + sqrt(N*D) + b*N^2.5");
  for (const FormulaLaw* each : {&chinchilla, &logs})
    for (NodeId id = 0; id <= each->root; ++id) {
      const Node& node = each->graph[id];
      CHECK_FALSE((node.kind == NodeKind::operation && node.op == Op::log));
    }
}

TEST_CASE("Parameters of a scaling law have the boxes of the built-in laws") {
  const FormulaLaw chinchilla = law(kChinchilla);
  for (const char* name : {"E", "A", "B"}) {
    CHECK(is_box(param(chinchilla, name), Scale::log, -40, 90));
    CHECK(param(chinchilla, name).meaning == "coefficient");
  }
  for (const char* name : {"alpha", "beta"}) {
    CHECK(is_box(param(chinchilla, name), Scale::linear, 0, 3));
    CHECK(param(chinchilla, name).starts.lower == 0);
    CHECK(param(chinchilla, name).starts.upper == 2);
    CHECK(param(chinchilla, name).meaning == "exponent");
  }
  const FormulaLaw kaplan = law(kKaplan);
  CHECK(is_box(param(kaplan, "N_c"), Scale::log, -60, 140));
  CHECK(is_box(param(kaplan, "D_c"), Scale::log, -60, 140));
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
  CHECK(is_box(param(law(text), "F"), Scale::log, -40, 90));
  CHECK(is_box(param(law(text, {}, {"F=-10:10"}), "F"), Scale::linear, -10, 10));
  CHECK(is_box(param(law(text, {}, {"F=0:10"}), "F"), Scale::linear, 0, 10));
  CHECK(is_box(param(law(text, {}, {"F=:-1"}), "F"), Scale::linear, -kUnbounded, -1));
  CHECK(is_box(param(law(text, {}, {"F=1:10"}), "F"), Scale::log, 0, std::log(10.0)));
  CHECK(is_box(param(law(text, {}, {"F=:10"}), "F"), Scale::log, -40, std::log(10.0)));
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
  CHECK(starts({"F=-1e8:-1e7"}, "F").lower == -1e8);
  CHECK_FALSE(starts({"F=-1e8:-1e7"}, "F").is_of_size);
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

}  // namespace
}  // namespace isoloss
