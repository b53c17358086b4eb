#include "host/formula/formula_law.h"

#include <fmt/format.h>

#include <cmath>

#include "tests/catch.h"
#include "tests/formula_laws.h"
#include "tests/formula_value.h"
#include "tests/input_error.h"

namespace isoloss {

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

}  // namespace isoloss
