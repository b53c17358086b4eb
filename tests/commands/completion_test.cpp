// Completion scripts and the manual, as shells and man read them where those are found.

#include <fstream>
#include <string>

#include "tests/catch.h"
#include "tests/run_program.h"
#include "tests/scratch_folder.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

bool is_found(const char* program) {
  return std::system((std::string("command -v ") + program + " >/dev/null 2>&1").c_str()) == 0;
}

// What bash would offer behind these words, the last one being typed.
std::string offered(const std::string& words) {
  const ScratchFolder folder;
  const std::string script = folder.file("isoloss.bash");
  run_program("completion bash > " + script);
  const std::string of_bash = "source " + script + "; COMP_WORDS=(isoloss " + words +
                              "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _isoloss; "
                              "echo \"${COMPREPLY[*]}\"";
  return run_program("--version >/dev/null && bash -c " + isoloss::quoted(of_bash)).output;
}

// What a shell says of the script of its kind when it reads without running; empty is well.
std::string complaint(const char* shell) {
  return run_program(std::string("completion ") + shell + " | " + shell + " -n /dev/stdin 2>&1")
      .output;
}

}  // namespace

TEST_CASE("bash completes commands, flags and the names that a flag takes") {
  CHECK(offered("compare-") == "compare-optima compare-laws\n");
  CHECK(offered("fit --huber") == "--huber-delta\n");
  CHECK(offered("fit --law chin") == "chinchilla\n");
  CHECK(offered("fit runs.csv --objective ''") == "huber squared absolute\n");
  CHECK(offered("fit runs.csv --starts ''") == "screen grid\n");
  CHECK(offered("datasets cere") == "cerebras_pythia_pile\n");
  CHECK(offered("optimum --published kaplan2020_j") == "kaplan2020_joint\n");
  CHECK(offered("explain most_b") == "most_beyond_delta\n");
  CHECK(offered("help opt") == "optimum\n");
  CHECK(offered("completion f") == "fish\n");
  CHECK(offered("fit runs") == "\n");  // then bash offers files
}

TEST_CASE("The scripts of zsh and fish name every flag, and their shells read them") {
  const std::string zsh = run_program("completion zsh").output;
  const std::string fish = run_program("completion fish").output;
  for (const char* flag : {"huber-delta", "inference-tokens", "quiet"}) {
    CHECK(contains(zsh, std::string("--") + flag + "["));
    CHECK(contains(fish, std::string(" -l ") + flag + " "));
  }
  CHECK(contains(fish, "isoloss'\\'' ") == false);
  if (is_found("zsh")) CHECK(complaint("zsh").empty());
  if (is_found("fish")) CHECK(complaint("fish").empty());
}

TEST_CASE("The manual is what man can show") {
  const std::string manual = run_program("man").output;
  CHECK(contains(manual, ".SH \"isoloss compare\\-optima\""));
  CHECK(contains(manual, "\\fB\\-\\-huber\\-delta DELTA=0.001\\fR"));
  if (is_found("groff"))
    CHECK(run_program("man | groff -man -Tutf8 -ww -z 2>&1 >/dev/null").output.empty());
}

}  // namespace isoloss
