// isoloss forecast as its user meets it.

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/catch.h"
#include "tests/run_program.h"
#include "tests/scratch_folder.h"
#include "tests/text_checks.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

constexpr const char* kPublished = "forecast --published besiroglu2024 ";
void write_text(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

constexpr const char* kPlain = "--compute 5.76e23 --growth 4x/year --years 2 ";

}  // namespace

TEST_CASE("A forecast that leaves something unsaid, or says nonsense, is refused with advice") {
  const struct {
    const char* flags;
    const char* says;
  } refused[] = {
      {"--growth 4x/year --years 5", "from which budget on? give what one run"},
      {"--compute 5.76e23 --years 5", "how fast does compute grow? no growth is assumed"},
      {"--compute 5.76e23 --growth 4x/year", "how many years? give --years 5"},
      {"--compute 5.76e23 --growth 4 --years 5", "--growth 4 does not say in which time"},
      {"--compute 5.76e23 --growth 0x/year --years 5", "--growth 0x/year is not above 0"},
      {"--compute 5.76e23 --growth 4x/year:5x..6x --years 5", "does not hold the value before it"},
      {"--compute 5.76e23 --growth 4x/year --years 0", "--years 0 is not between 1 and 100"},
      {"--compute 5.76e23 --growth 4x/year --years 101", "--years 101 is not between 1 and 100"},
      {"--compute 5.76e23,1e24 --growth 4x/year --years 5", "names more than one budget"},
      {"--compute 5.76 --growth 4x/year --years 5", "is no training budget; it is in FLOP"},
      {"--compute 5.76e23 --growth 4x/year --years 5 --unique-tokens 5e23",
       "is more than all text; it is in tokens, not in FLOP"},
      {"--compute 5.76e23 --growth 4x/year --years 5 --data-growth 1.1x/year", "of which stock?"},
      {"--compute 5.76e23 --growth 4x/year --years 5 --samples 1", "--samples must be 100 to"},
      {"--compute 5.76e23 --growth 4x/year --years 5 --recipes nobody2020", "nobody2020"},
      {"--compute 5.76e23 --growth 4x/year --years 5 --input experts=8", "does not read"},
      {"--compute 5.76e23 --growth 1000x/year --years 100", "passes 1e100 FLOP"}};
  for (const auto& [flags, says] : refused) {
    const ProgramRun run = run_program(std::string(kPublished) + flags + " 2>&1");
    INFO(flags << ": " << run.output);
    CHECK(run.exit_code == 2);
    CHECK(contains(run.output, says));
  }
}

TEST_CASE("A forecast is of a law that knows a loss, and its stock if it reads one") {
  const ProgramRun power =
      run_program(std::string("forecast --published kaplan2020 ") + kPlain + "2>&1");
  CHECK(power.exit_code == 2);
  CHECK(contains(power.output, "knows no loss; set it beside a law: --recipes kaplan2020"));
  const ProgramRun repeats =
      run_program(std::string("forecast --published muennighoff2023 ") + kPlain + "2>&1");
  CHECK(repeats.exit_code == 2);
  CHECK(contains(repeats.output, "reads the unique tokens; give --unique-tokens 300T"));
}

TEST_CASE("Forecasts fit a terminal of 100 columns and state what they assume") {
  const std::string wide =
      "--compute 3.8e25:3e25..5e25 --growth 4x/year:3x..5x --efficiency 3x/year:2x..4x "
      "--unique-tokens 300T:100T..1000T --data-growth 1.05x/year:1x..1.1x --years 10 --from 2024 "
      "--recipes kaplan2020,llama2024,hoffmann2022,besiroglu2024,deepseek2024,ludziejewski2025 "
      "--input experts=8 ";
  for (const char* law :
       {"forecast datasets/chinchilla_figure4.csv --drop-highest-loss 5 --bootstrap 60 ",
        "forecast --published muennighoff2023 --samples 100 "}) {
    const ProgramRun run = run_program(law + wide);
    INFO(run.output);
    CHECK(run.exit_code == 0);
    std::istringstream lines(run.output);
    for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 100);
    for (const char* said : {"3.8e25 (3e25 .. 5e25) FLOP in year 2024, 4x (3x .. 5x) a year",
                             "3x (2x .. 4x) a year: effective FLOP",
                             "300T (100T .. 1e15) in year 2024, 1.05x (1x .. "
                             "1.1x) a year",
                             "seed 1"})
      CHECK(contains(run.output, said));
  }
}

TEST_CASE("What is not assumed is said to be left out") {
  const std::string out = run_program(std::string(kPublished) + kPlain).output;
  for (const char* said : {"no intervals: the law has no draws, and no assumption has a range",
                           "efficiency     the same in all years", "unique tokens  without end"})
    CHECK(contains(out, said));
}

TEST_CASE("The JSON of a forecast has every year, assumption and recipe") {
  const ProgramRun run = run_program(
      std::string(kPublished) + kPlain +
      "--unique-tokens 2T:1T..4T --from 2026 --recipes llama2024 --samples 200 --seed 7 --json -");
  REQUIRE(run.exit_code == 0);
  const auto out = nlohmann::json::parse(run.output);
  CHECK(out.at("schema") == "isoloss/forecast");
  CHECK(out.at("schema_version") == 1);
  CHECK(out.at("num_samples") == 200);
  CHECK(out.at("seed") == 7);
  CHECK(out.at("assumptions").at("flops_growth_per_year").at("value") == 4.0);
  CHECK(out.at("assumptions").at("unique_tokens").at("range").at(1) == 4e12);
  CHECK(out.at("assumptions").at("efficiency_growth_per_year").is_null());
  REQUIRE(out.at("years").size() == 3);
  CHECK(out.at("years").at(2).at("year") == 2028);
  CHECK(out.at("years").at(2).at("data").at("once").at("loss_above").at("value") > 0.0);
  CHECK(out.at("recipes").at(0).at("years").size() == 3);
  CHECK(out.at("data_bind").at("years").at("interval").size() == 2);
}

TEST_CASE("A forecast's first year is the optimum of its budget") {
  const std::string budget = "--compute 5.76e23 ";
  const std::string law = " datasets/chinchilla_figure4.csv --bootstrap 60 --json - ";
  const auto optimum = nlohmann::json::parse(run_program("optimum" + law + budget).output);
  const auto years = nlohmann::json::parse(
      run_program("forecast" + law + budget + "--growth 4x/year:3x..5x --years 1").output);
  for (const char* key : {"params", "tokens", "loss"}) {
    INFO(key);
    CHECK(years.at("years").at(0).at(key) == optimum.at("answers").at(0).at(key));
  }
}

TEST_CASE("Scenarios are the forecasts of what each assumes, side by side") {
  const ScratchFolder folder;
  write_text(folder.file("own.toml"),
             "[slow]\ngrowth = \"2x/year\"\nnote = \"money ends\"\n"
             "[fast]\ngrowth = \"5x/year:4x..6x\"\ncompute = 1e24\nunique_tokens = \"30T\"\n");
  const std::string common =
      std::string(kPublished) + "--compute 5.76e23 --years 2 --samples 200 --until loss=1.95 ";
  const auto got = nlohmann::json::parse(
      run_program(common + "--json - --scenarios " + folder.file("own.toml")).output);
  REQUIRE(got.at("scenarios").size() == 2);
  const auto slow = nlohmann::json::parse(run_program(common + "--json - --growth 2x/year").output);
  CHECK(got.at("scenarios").at(0).at("name") == "slow");
  CHECK(got.at("scenarios").at(0).at("note") == "money ends");
  CHECK(got.at("scenarios").at(0).at("years") == slow.at("years"));
  CHECK(got.at("scenarios").at(0).at("until") == slow.at("until"));
  const auto fast = nlohmann::json::parse(
      run_program(std::string(kPublished) + "--json - --growth 5x/year:4x..6x --compute 1e24 "
                                            "--unique-tokens 30T --years 2 --samples 200 --until "
                                            "loss=1.95")
          .output);
  CHECK(got.at("scenarios").at(1).at("years") == fast.at("years"));
  CHECK(got.at("scenarios").at(1).at("data_bind") == fast.at("data_bind"));
  const std::string text = run_program(common + "--scenarios " + folder.file("own.toml")).output;
  for (const char* said :
       {"95% intervals from 200 samples", "slow: money ends", "5x (4x .. 6x) a year", "no stock"})
    CHECK(contains(text, said));
}

TEST_CASE("A scenario that says nonsense is refused with its line") {
  const ScratchFolder folder;
  const struct {
    const char* file;
    const char* says;
  } refused[] = {
      {"[slow]\ngrowth = \"2\"\n", "own.toml:1: slow: --growth 2 does not say in which time"},
      {"[fast]\ngrowht = \"2x/year\"\n", "own.toml:2: unknown key"},
      {"[a]\ngrowth = \"4x/year\"\n[b]\nyears = 5\n", "own.toml:4: unknown key"},
      {"[a]\n", "a: how fast does compute grow?"},
      {"[a]\ngrowth = \"2x/year\"\nefficiency = \"2x/year\"\nhardware = \"2x/year\"\n",
       "hardware and algorithms together"},
      {"growth = \"2x/year\"\n", "own.toml:1:"},
      {"[\"\"]\ngrowth = \"2x/year\"\n", "a scenario has no name"},
      {"[a]\ngrowth = \"2x/year,2026=1x/year\"\n", "give --from 2026"},
      {"", "has 0 scenarios"}};
  for (const auto& [file, says] : refused) {
    write_text(folder.file("own.toml"), file);
    const ProgramRun run =
        run_program(std::string(kPublished) + "--compute 5.76e23 --years 2 --scenarios " +
                    folder.file("own.toml") + " 2>&1");
    INFO(file << run.output);
    CHECK(run.exit_code == 2);
    CHECK(contains(run.output, says));
  }
}

TEST_CASE("A device holds the model of every year, and the report says which") {
  const ProgramRun run =
      run_program(std::string(kPublished) + kPlain + "--served-on h100 --max-latency 20ms/token");
  for (const char* said : {"an H100 SXM", "33.5B parameters, by bandwidth", "33.5B (limit)"})
    CHECK(contains(run.output, said));
  CHECK(contains(run_program(std::string(kPublished) + kPlain + "--choose-bits 16,4 2>&1").output,
                 "reads no bits that are open"));
  CHECK(contains(run_program(std::string(kPublished) + kPlain +
                             "--efficiency 2x/year --hardware "
                             "2x/year 2>&1")
                     .output,
                 "give it alone, or its parts"));
}

}  // namespace isoloss
