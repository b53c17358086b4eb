// Completion scripts and the manual, as shells and man read them where those are found.

#include <string>

#include "host/base/file_bytes.h"
#include "tests/catch.h"
#include "tests/run_program.h"
#include "tests/scratch_folder.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

bool is_found(const char* program) {
  return std::system((std::string("command -v ") + program + " >/dev/null 2>&1").c_str()) == 0;
}

// Where the script for a shell lies.
std::string script_of(const std::string& shell, const ScratchFolder& folder) {
  std::string script = folder.file(("isoloss." + shell).c_str());
  run_program("completion " + shell + " > " + script);
  return script;
}

// What the shell says when it runs that text.
std::string answer_of(const std::string& shell, const std::string& text) {
  return run_program("--version >/dev/null && " + shell + " -c " + isoloss::quoted(text) + " 2>&1")
      .output;
}

// What bash would offer behind these words, the last one being typed.
std::string offered(const std::string& words) {
  const ScratchFolder folder;
  return answer_of("bash", "source " + script_of("bash", folder) + "; COMP_WORDS=(isoloss " +
                               words +
                               "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _isoloss; "
                               "echo \"${COMPREPLY[*]}\"");
}

// What fish would, each with what it says of it.
std::string offered_by_fish(const std::string& typed) {
  const ScratchFolder folder;
  return answer_of("HOME=" + folder.file("home") + " fish -N",
                   "source " + script_of("fish", folder) + "; complete -C 'isoloss " + typed + "'");
}

// What zsh makes of a line when Tab is pressed behind it: zsh completes on a terminal alone.
std::string completed_by_zsh(const std::string& typed) {
  const ScratchFolder folder;
  const std::string line = folder.file("line");
  answer_of("zsh -f",
            "zmodload zsh/zpty; zpty shell 'exec zsh -f -i';"
            "zpty -w shell 'autoload -Uz compinit; compinit -u -D; source " +
                script_of("zsh", folder) + "; show() { print -r -- \"$BUFFER\" >" + line +
                "; exit }; zle -N show; bindkey \"^X\" show; PS1=; print rea\"\"dy';"
                "zpty -r shell seen '*ready*';"
                "zpty -w -n shell 'isoloss " +
                typed + "'$'\\t\\x18'; while zpty -r shell seen; do :; done");
  return read_file(line);
}

// What a shell says of the script of its kind when it reads without running; empty is well.
std::string complaint(const std::string& shell) {
  const ScratchFolder folder;
  return run_program("--version >/dev/null && " + shell + " -n " + script_of(shell, folder) +
                     " 2>&1")
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
    CHECK((contains(zsh, std::string("--") + flag + "[") ||
           contains(zsh, std::string("--") + flag + "=[")));
    CHECK(contains(fish, std::string(" -l ") + flag + " "));
  }
  CHECK(contains(fish, "isoloss'\\'' ") == false);
  for (const char* shell : {"zsh", "fish"})
    if (is_found(shell)) CHECK(complaint(shell).empty());
}

TEST_CASE("zsh completes commands, flags and the names that a flag takes") {
  if (!is_found("zsh")) {
    WARN("test skipped: there is no zsh");
    return;
  }
  const struct {
    const char *typed, *line;
  } lines[] = {
      {"compare-l", "compare-laws "},
      {"--ver", "--version "},
      {"fit --huber", "fit --huber-delta="},
      {"fit --law chin", "fit --law chinchilla "},
      {"fit --law=chin", "fit --law=chinchilla "},
      {"fit runs.csv --objective sq", "fit runs.csv --objective squared "},
      {"datasets cere", "datasets cerebras_pythia_pile "},
      {"explain most_b", "explain most_beyond_delta "},
      {"completion f", "completion fish "},
      {"doctor datasets/cere", "doctor datasets/cere"},
      {"fit datasets/cere", "fit datasets/cerebras_pythia_pile.csv "},
  };
  for (const auto& [typed, line] : lines) {
    INFO(typed);
    CHECK(completed_by_zsh(typed) == std::string("isoloss ") + line + "\n");
  }
}

TEST_CASE("fish offers commands, flags and the names that a flag takes, and no files among them") {
  if (!is_found("fish")) {
    WARN("test skipped: there is no fish");
    return;
  }
  CHECK(contains(offered_by_fish("compare-l"), "compare-laws\tWhich law predicts"));
  CHECK(offered_by_fish("--ver") == "--version\n");
  CHECK(contains(offered_by_fish("fit --huber"), "--huber-delta\tHuber's delta"));
  CHECK(contains(offered_by_fish("fit --law chin"), "chinchilla\t"));
  CHECK(contains(offered_by_fish("fit --law=chin"), "--law=chinchilla\t"));
  CHECK(offered_by_fish("datasets cere") == "cerebras_pythia_pile\n");
  CHECK(offered_by_fish("fit datasets/cere") == "datasets/cerebras_pythia_pile.csv\n");
  CHECK(offered_by_fish("help ").find("datasets/") == std::string::npos);
  CHECK(offered_by_fish("help fit --hub").empty());
}

TEST_CASE("The manual is what man can show") {
  const std::string manual = run_program("man").output;
  CHECK(contains(manual, ".SH \"isoloss compare\\-optima\""));
  CHECK(contains(manual, "\\fB\\-\\-huber\\-delta DELTA=0.001\\fR"));
  if (is_found("groff"))
    CHECK(run_program("man | groff -man -Tutf8 -ww -z 2>&1 >/dev/null").output.empty());
}

}  // namespace isoloss
