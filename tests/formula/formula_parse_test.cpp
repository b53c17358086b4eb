#include "host/formula/parse.h"

#include <fmt/format.h>

#include <cmath>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

#include "host/formula/write_graph.h"
#include "tests/catch.h"
#include "tests/formula_value.h"
#include "tests/input_error.h"
#include "tests/nist_formulas.h"

namespace isoloss {
namespace {

Expression parse(const std::string& text) {
  FormulaText formula;
  formula.text = text;
  return parse_formula(formula);
}

// Every name is a parameter: x is 3, y is 5, z is 0.25, c is 7.
double value(const std::string& text) {
  const Expression expression = parse(text);
  Graph graph;
  Names names;
  std::vector<NodeId> nodes;
  std::vector<double> theta;
  for (const Name& name : expression.names) {
    const int k = static_cast<int>(nodes.size());
    names.meanings.push_back({false, k});
    nodes.push_back(graph.param(k));
    theta.push_back(name.text == "x" ? 3 : name.text == "y" ? 5 : name.text == "z" ? 0.25 : 7);
  }
  return value_of(graph, write_graph(graph, expression, names, nodes), theta, {});
}

std::string refusal_of(const std::string& text) {
  return refusal([&] { value(text); });
}

std::string repeated(const std::string& text, int count) {
  std::string result;
  for (int i = 0; i < count; ++i) result += text;
  return result;
}

TEST_CASE("Operators bind as in mathematics") {
  const double x = 3;
  const double y = 5;
  const double z = 0.25;
  const std::vector<std::pair<const char*, double>> cases{
      {"1 + 2*3", 7},
      {"x + y*z", x + y * z},
      {"(x + y)*z", (x + y) * z},
      {"x - y - z", x - y - z},
      {"x - (y - z)", x - (y - z)},
      {"x / y / z", x / y / z},
      {"x / y * z", x / y * z},
      {"-x^2", -9},
      {"(-x)^2", 9},
      {"-x**2", -9},
      {"2^3^2", 512},
      {"(2^3)^2", 64},
      {"2^-1", 0.5},
      {"2^-2^2", 1.0 / 16},
      {"x^-1", 1 / x},
      {"x^+1", x},
      {"--x", x},
      {"-+-x", x},
      {"x - -y", x + y},
      {"x*-y", -15},
      {"x/-y", -0.6},
      {"2*x^2*y", 90},
      {"x^2/y^2", 0.36},
      {"x**2**z", std::pow(3, std::pow(2, 0.25))},
      {"((((x))))", x},
      {" \tx\n+\r1 ", 4},
      {"L = x + 1", 4},
      {"L(N, D) = x + 1", 4},
      {"f(x)=x", x},
      {"1.", 1},
      {".5", 0.5},
      {"1.5e-3", 0.0015},
      {"2E+2", 200},
      {"1e300", 1e300},
      {"0.000e9", 0},
      {"x1_2 + _a", 14},
  };
  for (const auto& [text, expected] : cases) {
    INFO(text);
    CHECK(is_close(value(text), expected));
  }
}

TEST_CASE("Functions of a formula are those of the standard library") {
  const double z = 0.25;
  const std::vector<std::pair<const char*, double>> cases{
      {"exp(z)", std::exp(z)},
      {"log(z)", std::log(z)},
      {"ln(z)", std::log(z)},
      {"log10(z)", std::log10(z)},
      {"log2(z)", std::log2(z)},
      {"sqrt(z)", std::sqrt(z)},
      {"pow(x, z)", std::pow(3, z)},
      {"min(x, z)", z},
      {"max(x, z)", 3},
      {"min(x, y, z, 1)", z},
      {"max(x, y, z)", 5},
      {"sin(z)", std::sin(z)},
      {"cos(z)", std::cos(z)},
      {"tan(z)", std::tan(z)},
      {"atan(z)", std::atan(z)},
      {"arctan(z)", std::atan(z)},
      {"sinh(z)", std::sinh(z)},
      {"sinh(-z)", std::sinh(-z)},
      {"sinh(1e-9*z)", std::sinh(1e-9 * z)},
      {"cosh(z)", std::cosh(z)},
      {"tanh(z)", std::tanh(z)},
      {"tanh(-y)", std::tanh(-5)},
      {"tanh(-c^4)", -1},
      {"tanh(c^4)", 1},
      {"abs(z)", z},
      {"abs(-x)", 3},
      {"sigmoid(z)", 1 / (1 + std::exp(-z))},
      {"sigmoid(-x)", 1 / (1 + std::exp(3))},
      {"log1p(z)", std::log1p(z)},
      {"expm1(z)", std::expm1(z)},
      {"expm1(1e-9*z)", std::expm1(1e-9 * z)},
      {"pi", std::numbers::pi},
      {"exp (z)", std::exp(z)},
      {"exp(log(z))", z},
      {"exp(x)^2", std::exp(6)},
      {"(2*exp(x))^z", std::pow(2 * std::exp(3), z)},
      {"(exp(x)/exp(y))^z", std::exp(-0.5)},
  };
  for (const auto& [text, expected] : cases) {
    INFO(text);
    CHECK(is_close(value(text), expected));
  }
}

TEST_CASE("A name is kept once, where it stands first") {
  const Expression expression = parse("L(N) = E + A/N + E*A");
  REQUIRE(expression.names.size() == 3);
  CHECK(expression.left_side == "L");
  CHECK(expression.names[0].text == "E");
  CHECK(expression.names[0].at == 7);
  CHECK(expression.names[1].text == "A");
  CHECK(expression.names[2].text == "N");
  CHECK(parse("x + 1").left_side.empty());
}

struct Fault {
  const char* text;
  const char* message;
  std::size_t place;
  const char* hint;
};

constexpr const char* kOperand = "expected a number, a name, a function or (";
constexpr const char* kProduct = "a product needs its *: write 2*x, not 2x";
constexpr const char* kLeftSide = "the left side is one name: L = ... or L(N, D) = ...";
constexpr const char* kAlphabet = "a formula has numbers, names, + - * / ^ ( ) and commas";
constexpr const char* kInfinite = "it divides by zero, or leaves the range of a function";

const Fault kFaults[] = {
    {"", "the formula is empty", 1, "write E + A/N^alpha, say"},
    {"  ", "the formula is empty", 3, "write E + A/N^alpha, say"},
    {"x +", "the formula ends too early", 4, ""},
    {"x + * y", kOperand, 5, ""},
    {"(x + y", "( opened and never closed", 1, ""},
    {"exp(x", "( opened and never closed", 4, ""},
    {"exp (x", "( opened and never closed", 5, ""},
    {"x + y)", ") without its (", 6, ""},
    {"()", kOperand, 2, ""},
    {"2x", "expected an operator", 2, kProduct},
    {"x y", "expected an operator", 3, kProduct},
    {"(x)(y)", "expected an operator", 4, kProduct},
    {"(x y)", "expected an operator", 4, kProduct},
    {"1 2", "expected an operator", 3, kProduct},
    {"400M", "expected an operator", 4, kProduct},
    {"1e", "expected an operator", 2, kProduct},
    {"1e+", "expected an operator", 2, kProduct},
    {"1.2.3", "a number with two decimal points", 4, ""},
    {"x + 1e999", "\"1e999\" is outside the range of double precision", 5, ""},
    {"1e-320", "\"1e-320\" is outside the range of double precision", 1, ""},
    {"x^", "the formula ends too early", 3, ""},
    {"x^*y", kOperand, 3, ""},
    {"x***y", kOperand, 4, ""},
    {"x, y", "unexpected comma", 2, "decimals have a point: 0.5"},
    {"x + y = 3", "unexpected =", 7, kLeftSide},
    {"L = x = y", "unexpected =", 7, kLeftSide},
    {"L == x", kOperand, 4, kLeftSide},
    {"= x", kOperand, 1, kLeftSide},
    {"L(2) = x", "unknown function 'L'", 1, nullptr},
    {"exp", "'exp' is a function", 1, "write exp(...)"},
    {"exp + 1", "'exp' is a function", 1, "write exp(...)"},
    {"exp()", "'exp' has no argument", 5, ""},
    {"exp(x, y)", "'exp' takes 1 argument", 1, ""},
    {"1 + pow(x)", "'pow' takes 2 arguments", 5, ""},
    {"pow(x, y, z)", "'pow' takes 2 arguments", 1, ""},
    {"min(x)", "'min' takes at least 2 arguments", 1, ""},
    {"x $ y", "no formula has the character \"$\"", 3, kAlphabet},
    {"x < y", "no formula has the character \"<\"", 3, kAlphabet},
    {"[x]", "no formula has the character \"[\"", 1, "write parentheses instead"},
    {"x \xE2\x88\x92 y", "'\xE2\x88\x92' is not read; write - for it", 3, ""},
    {"x \xE2\x80\x93 y", "'\xE2\x80\x93' is not read; write - for it", 3, ""},
    {"x \xC2\xB7 y", "'\xC2\xB7' is not read; write * for it", 3, ""},
    {"x\xC3\x97y", "'\xC3\x97' is not read; write * for it", 2, ""},
    {"x\xC2\xB2", "'\xC2\xB2' is not read; write ^2 for it", 2, ""},
    {"N^\xCE\xB1", "'\xCE\xB1' is not read; write alpha for it", 3, ""},
    {"1/0", "this part of the formula is not a finite number", 2, kInfinite},
    {"x + log(-1)", "this part of the formula is not a finite number", 5, kInfinite},
    {"x*10^400", "this part of the formula is not a finite number", 5, kInfinite},
};

TEST_CASE("A wrong formula is shown with a caret under the fault") {
  for (const Fault& fault : kFaults) {
    if (!fault.hint) continue;
    const std::string hint =
        *fault.hint != 0 ? std::string("\n").append(fault.hint) : std::string();
    CHECK(refusal_of(fault.text) == fmt::format("--law: {} at character {}\n  {}\n  {:>{}}{}",
                                                fault.message, fault.place, fault.text, '^',
                                                fault.place, hint));
  }
}

TEST_CASE("An unknown function is named with those that there are") {
  CHECK(refusal_of("E + A/N^foo(x)") ==
        "--law: unknown function 'foo' at character 9\n"
        "  E + A/N^foo(x)\n"
        "          ^\n"
        "there are exp, log, ln, log10, log2, sqrt, pow, min, max, sin, cos, tan, atan, arctan, "
        "sinh, cosh, tanh, abs, sigmoid, log1p, expm1; a product is foo*(...)");
}

TEST_CASE("Of a long formula the neighbourhood of the fault is shown") {
  const std::string text = repeated("x + ", 100) + "$" + repeated(" + x", 100);
  const std::string message = refusal_of(text);
  CHECK(message.find("at character 401\n  ...") != std::string::npos);
  const std::size_t line = message.find("\n  ...") + 1;
  const std::size_t caret_line = message.find('\n', line) + 1;
  CHECK(message[line + message.find('^', caret_line) - caret_line] == '$');
  CHECK(message.size() < 300);
}

TEST_CASE("A formula that no person writes is refused, not a crash") {
  const auto refused = [](const std::string& formula, const char* message) {
    return refusal_of(formula).find(message) != std::string::npos;
  };
  CHECK(refused(repeated("(", 9000), "nested too deep"));
  CHECK(refused(repeated("-", 9000) + "x", "nested too deep"));
  CHECK(refused(repeated("x^", 4500) + "x", "nested too deep"));
  CHECK(refused(repeated("exp(", 2000), "nested too deep"));
  CHECK(refused(repeated("(", 201) + "x" + repeated(")", 201), "nested too deep"));
  CHECK(value(repeated("(", 199) + "x" + repeated(")", 199)) == 3);
  CHECK(refused(repeated("x", 10001), "too long"));
  CHECK(value(repeated(" ", 9999) + "x") == 3);
  std::string many;
  for (int i = 0; i < 1200; ++i) many += fmt::format("{}*x +", i + 2);
  CHECK(refused(many + "x", "more than 1000 operations"));
}

TEST_CASE("Every formula of NIST parses, with ** and with ^ as the same") {
  CHECK(nist_formulas().size() == 27);
  for (const NistFormula& nist : nist_formulas()) {
    INFO(nist.name);
    CHECK(std::isfinite(value(nist.formula)));
    CHECK(value(nist.formula) == value(nist.with_caret));
  }
}

}  // namespace
}  // namespace isoloss
