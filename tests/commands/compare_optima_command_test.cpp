// `isoloss compare-optima` as a user runs it.

#include <cmath>
#include <nlohmann/json.hpp>

#include "tests/catch.h"
#include "tests/refused_command.h"
#include "tests/run_program.h"
#include "tests/text_checks.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

using Json = nlohmann::json;

const std::string kBesiroglu = "compare-optima --published besiroglu2024 ";
const std::string kIsoflop = "compare-optima datasets/cs336_isoflop.csv --bootstrap 0 ";

Json json_of(const std::string& arguments) {
  return Json::parse(run_program(arguments + " --json -").output);
}

int num_of_school(const Json& report, const char* school) {
  int out = 0;
  for (const Json& model : report["budgets"][0]["models"]) out += model["school"] == school;
  return out;
}

}  // namespace

TEST_CASE("A comparison has a table for each budget, in 100 columns") {
  const ProgramRun run = run_program(
      "compare-optima datasets/chinchilla_figure4.csv --bootstrap 50 --recipes all "
      "--input experts=8 --unique-tokens 123456789012 --inference-tokens 1e13,1.5e14 "
      "--compute 1e10,5.76e23,1e30");
  for (const char* part : {"C = 1e10 FLOP", "C = 5.76e23 FLOP", "C = 1e30 FLOP", "muennighoff2023",
                           "ludziejewski2025", "own law, 150T served", "Pearce & Song"})
    CHECK(contains(run.output, part));
  CHECK(longest_line(run.output) <= 100);
}

TEST_CASE("The JSON of a comparison has every row with every digit") {
  const Json report = json_of(kBesiroglu + "--compute 5.76e23,1e25 --inference-tokens 1e13,1e12");
  CHECK(report["schema"] == "isoloss/compare-optima");
  CHECK(report["counts"] == "total");
  REQUIRE(report["budgets"].size() == 2);
  CHECK(num_of_school(report, "recipe") == 5);
  CHECK(num_of_school(report, "served") == 2);
  for (const Json& model : report["budgets"][0]["models"]) {
    const double flops = 6 * model["params"].get<double>() * model["tokens"].get<double>();
    const double all = flops + 2 * model["params"].get<double>() * 1e13;
    CHECK(std::fabs(model["flops"].get<double>() / flops - 1) < tolerance::kClosedForm);
    CHECK(std::fabs(model["lifetime_flops"].get<double>() / all - 1) < tolerance::kClosedForm);
  }
}

TEST_CASE("A comparison has the same digits however many threads there are") {
  const std::string asked =
      "compare-optima datasets/chinchilla_figure4.csv --bootstrap 600 --compute 1e22 --json - ";
  const ProgramRun one = run_program(asked + "--threads 1");
  CHECK(one.exit_code == 0);
  CHECK(one.output == run_program(asked + "--threads 3").output);
}

TEST_CASE("Approach 2 on the user's own runs is a row where their budgets are named") {
  const Json report = json_of(kIsoflop + "--compute 1e22 --isoflop flops");
  CHECK(num_of_school(report, "isoflop") == 1);
  const double N = report["isoflop"]["N_coefficient"].get<double>() *
                   std::pow(1e22, report["isoflop"]["N_exponent"].get<double>());
  for (const Json& model : report["budgets"][0]["models"])
    if (model["school"] == "isoflop")
      CHECK(std::fabs(model["params"].get<double>() / N - 1) < tolerance::kClosedForm);
  CHECK(num_of_school(json_of(kIsoflop + "--compute 1e22"), "isoflop") == 0);
  CHECK(contains(refused_command("compare-optima datasets/chinchilla_figure4.csv --bootstrap 0 "
                                 "--compute 1e22 --isoflop flops"),
                 "a parabola needs 3"));
}

TEST_CASE("A comparison that makes no sense is refused with advice") {
  const struct {
    std::string arguments, message, advice;
  } cases[] = {
      {kBesiroglu, "for which budget?", "--compute"},
      {kBesiroglu + "--compute 5e3", "no training budget", "FLOP"},
      {kBesiroglu + "--compute 1e22 --inference-tokens 1e22", "more than all text", "tokens"},
      {kBesiroglu + "--compute 1e22 --recipes kaplan", "no published recipe", "kaplan2020"},
      {kBesiroglu + "--compute 1e22 --recipes all,kaplan2020", "all and others", "write all"},
      {kBesiroglu + "--compute 1e22 --recipes llama2024,llama2024", "twice", "once"},
      {kBesiroglu + "--compute 1e22 --recipes ludziejewski2025", "experts", "--input experts"},
      {kBesiroglu + "--compute 1e22 --input experts=8", "no law that is compared", "--list"},
      {kBesiroglu + "--compute 1e22 --count half", "no count of parameters", "non-embedding"},
      {kBesiroglu + "--compute 1e22 --count non-embedding", "counts total", "leave --count out"},
      {kBesiroglu + "--compute 1e22 --isoflop flops", "--isoflop needs runs", "file of runs"},
      {"compare-optima --published llama2024 --compute 1e22", "knows no loss", "--recipes"},
      {"compare-optima --compute 1e22", "of which law?", "--fit FIT.json"},
  };
  for (const auto& [arguments, message, advice] : cases) {
    const std::string output = refused_command(arguments);
    INFO(arguments << "\n" << output);
    CHECK(contains(output, message));
    CHECK(contains(output, advice));
  }
}

}  // namespace isoloss
