#include "host/formula/law_file.h"

#include <cmath>
#include <limits>
#include <string>

#include "tests/catch.h"
#include "tests/input_error.h"

namespace isoloss {
namespace {

constexpr double kOpen = std::numeric_limits<double>::infinity();

std::string refused_file(const std::string& text) {
  return refusal([&] { make_formula_law(parse_law_file(text, "law.toml")); });
}

// A law whose second line on is `lines`.
std::string with(const std::string& lines) { return "formula = \"E + A/N^alpha\"\n" + lines; }

TEST_CASE("A law file says what its formula means") {
  const FormulaRequest request = parse_law_file(R"(# a law
formula = """
E + A/N^alpha + F*x
"""
response = "accuracy"
source = "a paper, section 3"
[params.alpha]
bounds = [0, 1]
start = 0.3
meaning = "exponent of the model size"
unit = "none"
[params.F]
bounds = [-inf, inf]
scale = "linear"
[params]
A = { scale = "log", start = 400 }
[inputs.x]
column = "context length"
)",
                                                "law.toml");
  CHECK(request.formula.text == "E + A/N^alpha + F*x\n");
  CHECK(request.formula.path == "law.toml");
  CHECK(request.formula.line == 2);
  CHECK(request.names.response == "accuracy");
  CHECK(request.source == "a paper, section 3");
  CHECK(request.overrides.bound.at("alpha") == std::pair(0.0, 1.0));
  CHECK(request.overrides.bound.at("F") == std::pair(-kOpen, kOpen));
  CHECK(request.notes.at("alpha").line == 7);

  const FormulaLaw law = make_formula_law(request);
  CHECK(law.source == "a paper, section 3");
  CHECK(law.response == "accuracy");
  REQUIRE(law.inputs.size() == 2);
  CHECK(law.inputs[1].column == "context length");
  REQUIRE(law.params.size() == 4);
  CHECK(law.params[1].start == std::log(400.0));
  CHECK(law.params[2].meaning == "exponent of the model size");
  CHECK(law.params[2].unit == "none");
  CHECK(law.params[2].start == 0.3);
  CHECK(law.params[2].bounds.upper == 1);
  CHECK(law.params[3].scale == Scale::linear);
}

TEST_CASE("A wrong law file is refused with its line") {
  CHECK(refused_file("formula = E + A") ==
        "law.toml:1: not TOML: Error while parsing value: could not determine value type; text "
        "stands in double quotes: formula = \"E + A/N^alpha\"");
  CHECK(refused_file("") == "law.toml: no formula; write formula = \"E + A/N^alpha\", say");
  CHECK(refused_file(with("formul = 1")) ==
        "law.toml:2: unknown key \"formul\"; did you mean formula?");
  CHECK(refused_file(with("title = 1")) ==
        "law.toml:2: unknown key \"title\"; the keys are formula, response, source, "
        "[params.NAME] and [inputs.NAME]");
  CHECK(refused_file(with("response = 3")) ==
        "law.toml:2: response is not a text; write response = \"...\"");
  CHECK(refused_file(with("params = 3")) ==
        "law.toml:2: params is not a table; write [params.NAME]");
  CHECK(refused_file(with("[params]\nalpha = 3")) ==
        "law.toml:3: params is not a table; write [params.NAME]");
  CHECK(refused_file(with("[params.alpha]\nlimits = [0, 1]")) ==
        "law.toml:3: unknown key \"limits\"; the keys are bounds, start, meaning, unit and scale");
  CHECK(refused_file(with("[params.alpha]\nbounds = 1")) ==
        "law.toml:3: bounds are not two numbers; write [0, 1], say");
  CHECK(refused_file(with("[params.alpha]\nbounds = [0, 1, 2]")) ==
        "law.toml:3: bounds are not two numbers; write [0, 1], say");
  CHECK(refused_file(with("[params.alpha]\nbounds = [0, nan]")) ==
        "law.toml:3: the upper bound is not a number; write 0.5, say");
  CHECK(refused_file(with("[params.alpha]\nbounds = [1, 0]")) ==
        "law.toml:3: the lower bound is not below the upper; write [0, 1], say");
  CHECK(refused_file(with("[params.alpha]\nbounds = [\"a\", 0]")) ==
        "law.toml:3: the lower bound is not a number; write 0.5, say");
  CHECK(refused_file(with("[params.alpha]\nbounds = [0, 1]\nstart = 2")) ==
        "law.toml:4: alpha starts outside its bounds");
  CHECK(refused_file(with("[params.alpha]\nstart = inf")) ==
        "law.toml:3: start is infinite; write a finite number");
  CHECK(refused_file(with("[params.alpha]\nstart = true")) ==
        "law.toml:3: start is not a number; write 0.5, say");
  CHECK(refused_file(with("[params.alpha]\nscale = \"cubic\"")) ==
        "law.toml:3: the scale \"cubic\" is not known; write log or linear");
  CHECK(refused_file(with("[params.A]\nscale = \"log\"\nbounds = [-1, 1]")) ==
        "law.toml:3: A is not positive, and its scale is log; write scale = \"linear\"");
  CHECK(refused_file(with("\n[params.beta]\nstart = 1")) ==
        "law.toml:3: the formula has no parameter \"beta\"; its parameters are E, A, alpha");
  CHECK(refused_file(with("[inputs.x]\nheader = \"a\"")) ==
        "law.toml:3: unknown key \"header\"; the keys are column");
  CHECK(refused_file(with("[inputs.x]\ncolumn = \"a\"")) ==
        "law.toml: the input \"x\" is not in the formula; leave it out, or write it into the "
        "formula");
}

TEST_CASE("A fault in the formula of a law file is shown with the file's line") {
  CHECK(refused_file("\nformula = \"E + A/N^(alpha\"") ==
        "law.toml:2: formula: ( opened and never closed at character 9\n"
        "  E + A/N^(alpha\n"
        "          ^");
}

TEST_CASE("Letters beyond ASCII stand in strings and comments only") {
  const std::string good =
      "\xEF\xBB\xBF# \xC3\xA9 '\nformula = \"E + A/N\" # \xC3\xA9\nsource = 'M\xC3\xBCller ~41~ "
      "\\'\n";
  CHECK(parse_law_file(good, "law.toml").source == "M\xC3\xBCller ~41~ \\");
  CHECK(refused_file(good + "\xC3\xA9 = 1").find("law.toml:4: not TOML: ") == 0);
  CHECK(refused_file(with("fo\xC2\xB2 = 1")).find("law.toml:2: not TOML: ") == 0);
  CHECK(refused_file(with("'\xC3\xA9' = 1")).find("law.toml:2: unknown key \"\xC3\xA9\"; ") == 0);
  CHECK(refused_file(with("source = '\xC3'")) == "law.toml:2: not UTF-8; save it as UTF-8");
  CHECK(refused_file("formula = 'A*N^\xCE\xB1'") ==
        "law.toml:1: formula: '\xCE\xB1' is not read; write alpha for it at character 5\n"
        "  A*N^\xCE\xB1\n"
        "      ^");
}

TEST_CASE("A law file that is absent is named") {
  CHECK(refusal([] { read_law_file("no/such/law.toml"); }).find("no/such/law.toml: ") == 0);
}

}  // namespace
}  // namespace isoloss
