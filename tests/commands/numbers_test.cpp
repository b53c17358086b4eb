// Numbers on the command line that are none, or that would be printed as what they are not.

#include <fstream>

#include "host/base/file_bytes.h"
#include "host/base/number_text.h"
#include "tests/catch.h"
#include "tests/refused_command.h"
#include "tests/scratch_folder.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

const std::string kReplicatesFit = "fit tests/designs/replicates.csv --bootstrap 20 ";

}  // namespace

TEST_CASE("A seed and a number of runs are whole numbers of 64 bits") {
  for (const char* flag : {"--seed", "--drop-highest-loss"})
    for (const char* value : {"-1", "18446744073709551616", "1.5", "x"}) {
      const std::string said = refused_command(kReplicatesFit + flag + "=" + value);
      INFO(said);
      CHECK(contains(said, "is not a whole number from 0 to 18446744073709551615"));
    }
  CHECK(contains(run_program(kReplicatesFit + "--seed 18446744073709551615").output,
                 "seed 18446744073709551615"));
  CHECK(contains(refused_command("race datasets/llama_curves.csv --seed -1"), "whole number"));
}

TEST_CASE("A confidence below 1 is never printed as 100%") {
  CHECK(confidence_text(0.95) == "95%");
  CHECK(confidence_text(0.999) == "99.9%");
  CHECK(confidence_text(0.999999999999) == "99.9999999999%");
  const std::string output = run_program(kReplicatesFit + "--confidence 0.999999999999").output;
  CHECK(!contains(output, "100%"));
}

TEST_CASE("A learning rate beyond all reason is refused") {
  const ScratchFolder folder;
  run_program(
      "fit datasets/lr_schedule_curves_25m.csv --law lr_annealing --bootstrap 0 --quiet "
      "--where \"run == 'cosine_24000'\" --json " +
      folder.file("fit.json") + " 2>/dev/null");
  const std::string said = refused_command("predict --fit " + folder.file("fit.json") +
                                           " --schedule cosine:peak=1e308,total=100 --steps 50");
  CHECK(contains(said, "peak=\"1e308\" is no learning rate"));
}

TEST_CASE("Draws whose header does not tell of their data are refused") {
  const ScratchFolder folder;
  run_program(kReplicatesFit + "--quiet --json " + folder.file("fit.json") + " --draws " +
              folder.file("draws.npy"));
  const std::string predict = "predict --fit " + folder.file("fit.json") +
                              " --params 1e9 --tokens 2e10 --draws " + folder.file("draws.npy");
  CHECK(run_program(predict).exit_code == 0);
  const std::string whole = read_file(folder.file("draws.npy"));
  for (const auto& [from, to] : {std::pair{"(20, 7)", "(21, 7)"}, std::pair{"False", "True "}}) {
    std::string changed = whole;
    changed.replace(changed.find(from), std::string(from).size(), to);
    std::ofstream(folder.file("draws.npy"), std::ios::binary) << changed;
    CHECK(contains(refused_command(predict), "not the draws of this fit"));
  }
}

TEST_CASE("Memory is not counted in active parameters") {
  const std::string said = refused_command(
      "optimum --published ludziejewski2025 --input experts=8 --compute 1e22 --memory 24GB");
  CHECK(contains(said, "N of moe_joint is the active parameters"));
}

TEST_CASE("A race of several families says so, and of one does not") {
  const std::string race = "race datasets/llama_curves.csv --bootstrap 0 --by tokens ";
  const std::string all = run_program(race).output;
  INFO(all);
  CHECK(contains(all, "[mixed_groups]"));
  CHECK(contains(all, "family has 2 values (llama1, llama2)"));
  CHECK(!contains(run_program(race + "--where \"family == 'llama2'\"").output, "[mixed_groups]"));
}

TEST_CASE("Worn-out data are said wherever their optimum is shown") {
  const std::string law = " --published muennighoff2023 ";
  for (const std::string& command :
       {"optimum" + law + "--unique-tokens 1e9 --compute 1e26",
        "compare-optima" + law + "--unique-tokens 1e9 --compute 1e26"}) {
    const std::string output = run_program(command).output;
    INFO(output);
    CHECK(contains(output, "[saturated]"));
  }
}

}  // namespace isoloss
