// `isoloss compare-optima` as a user runs it.

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/catch.h"
#include "tests/refused_command.h"
#include "tests/run_program.h"
#include "tests/scratch_folder.h"
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

TEST_CASE("All schools stand side by side in 100 columns, with what is assumed") {
  const std::string all =
      "compare-optima datasets/chinchilla_figure4.csv --drop-highest-loss 5 --bootstrap 100 "
      "--compute 5.76e23 --all ";
  const std::string text = run_program(all).output;
  for (const char* part :
       {"kaplan2020", "besiroglu2024", "own law, 10.0T served", "own law, h100, 50ms",
        "own law, 300T unique", "own law, 4 bits", "by its memory", "which kumar2024 weighs"})
    CHECK(contains(text, part));
  CHECK(longest_line(text) <= 100);
  const Json report = json_of(all +
                              "--post-bits 3 --served-on phone --unique-tokens 100B "
                              "--inference-tokens 1T --max-latency 100ms");
  for (const char* school : {"own", "served", "limited", "repeated", "quantised"})
    CHECK(num_of_school(report, school) == 1);
  CHECK(report["post_bits"] == 3);
  CHECK(report["unique_tokens"] == 1e11);
  CHECK(report["largest_params"].get<double>() < 1e10);
  // Of a law that weighs repetition itself, and of one that takes no further terms.
  CHECK(num_of_school(json_of("compare-optima --published muennighoff2023 --unique-tokens 1T "
                              "--compute 1e22 --all"),
                      "repeated") == 0);
  CHECK(
      json_of("compare-optima --published muennighoff2023 --compute 1e22 --all")["held"]
                                                                                ["unique_tokens"] ==
      3e14);
  const std::string other = run_program(
                                "compare-optima --published kaplan2020_joint --compute 1e22 "
                                "--count non-embedding --all")
                                .output;
  CHECK(contains(other, "no row of seen tokens or of bits"));
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
  CHECK(
      contains(refused_command(kIsoflop + "--where 'flops < 7e18' --compute 1e22 --isoflop flops"),
               "a power law needs two"));
}

TEST_CASE("Approach 2 in a comparison has intervals, and a bad budget is named and left out") {
  const ScratchFolder scratch;
  std::ofstream file(scratch.file("runs.csv"));
  file << "params,tokens,budget,loss\n";
  for (const double budget : {1e18, 3e18, 1e19, 3e19}) {
    const double best = std::sqrt(budget / 120);
    for (const double times : {0.4, 0.7, 1.1, 1.6, 2.4, 3.0})
      file << best * times << ',' << budget / 6 / best / times << ',' << budget << ','
           << 2 + 1e3 * std::pow(budget, -0.15) + 0.1 * std::pow(std::log(times), 2) +
                  0.001 * std::sin(7 * times)
           << '\n';
  }
  file << "1e8,1e12,6e20,2.9\n";  // one size at a budget of its own
  file.close();
  const std::string command = "compare-optima " + scratch.file("runs.csv") +
                              " --compute 1e20 --bootstrap 200 --recipes hoffmann2022 ";
  const Json report = json_of(command);
  CHECK(report["isoflop"]["num_used"] == 4);
  CHECK(report["isoflop"]["budgets"].back()["left_out"] == "too_few");
  CHECK(report["isoflop"]["exponent"]["interval"][0] < report["isoflop"]["N_exponent"]);
  for (const Json& model : report["budgets"][0]["models"]) {
    CHECK(model.contains("params_interval") == (model["school"] == "isoflop"));
    if (model["school"] != "isoflop") continue;
    CHECK(model["params_interval"][0] < model["params"]);
    CHECK(model["params_interval"][1] > model["params"]);
  }
  const std::string text = run_program(command + "2>&1").output;
  CHECK(contains(text, "through 4 of 5 budgets"));
  CHECK(contains(text, "6e20 ("));
  CHECK(contains(text, "[budgets_left_out]"));
}

TEST_CASE("A column budget that shows no best models is left out with the reason") {
  const ScratchFolder scratch;
  std::ofstream file(scratch.file("runs.csv"));
  file << "params,tokens,budget,loss\n";
  for (int i = 0; i < 20; ++i)
    file << 1e8 * std::pow(1.3, i) << ',' << 1e10 * std::pow(1.7, i % 7) << ',' << i + 1 << ','
         << 2 + 8 * std::pow(1.3, -0.3 * i) + 5 * std::pow(1.7, -0.4 * (i % 7)) << '\n';
  file.close();
  const std::string text = run_program("compare-optima " + scratch.file("runs.csv") +
                                       " --compute 1e20 --bootstrap 0 2>&1")
                               .output;
  CHECK(contains(text, "own law"));
  CHECK(contains(text, "[isoflop_failed]"));
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
      {kBesiroglu + "--compute 1e22 --post-bits 32", "no fewer bits", "8 or 4"},
      {kBesiroglu + "--compute 1e22 --max-latency 50ms", "on which device?", "--served-on"},
      {kBesiroglu + "--compute 1e22 --served-on toaster", "toaster", "h100"},
      {"compare-optima --published kaplan2020_joint --compute 1e22 --post-bits 4",
       "weighs bits for the law chinchilla", "leave it out"},
      {"compare-optima --published ludziejewski2025 --input experts=8 --compute 1e22 --served-on "
       "h100",
       "memory holds all", "--total-per-active"},
      {"compare-optima --published ludziejewski2025 --input experts=8 --compute 1e22 "
       "--total-per-active 4",
       "on which device?", "--served-on h100"},
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
