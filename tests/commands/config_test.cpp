// --config: what stands in the file is as if it were typed, and what is typed wins.

#include <fstream>
#include <string>

#include "tests/catch.h"
#include "tests/refused_command.h"
#include "tests/scratch_folder.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

// Runs a fit with a file of that text; both streams.
ProgramRun run_with(const std::string& toml, const std::string& more = "") {
  const ScratchFolder folder;
  const std::string path = folder.file("own.toml");
  std::ofstream(path) << toml;
  ProgramRun run =
      run_program("fit datasets/cs336_isoflop.csv " + more + " --config " + path + " 2>&1");
  const std::size_t at = run.output.find(path);
  if (at != std::string::npos) run.output.replace(at, path.size(), "own.toml");
  return run;
}

std::string typed(const std::string& flags) {
  return run_program("fit datasets/cs336_isoflop.csv " + flags + " 2>&1").output;
}

}  // namespace

TEST_CASE("Flags of a file are as if they were typed") {
  CHECK(run_with("bootstrap = 50\nlaw = \"coupled\"\nseed = 7").output ==
        typed("--bootstrap 50 --law coupled --seed 7"));
  CHECK(run_with(
            "bootstrap = 0\nhuber_delta = 0.01\ncompute = [1e19, \"1e20\"]\ndrop-missing = true\n"
            "bound = [\"alpha=0.1:0.9\", \"beta=0.1:0.9\"]")
            .output == typed("--bootstrap 0 --huber-delta 0.01 --compute 1e19,1e20 --drop-missing "
                             "--bound alpha=0.1:0.9 --bound beta=0.1:0.9"));
  CHECK(run_with("bootstrap = 0\nquiet = false").output == typed("--bootstrap 0"));
  const ScratchFolder folder;
  const std::string path = folder.file("own.toml");
  std::ofstream(path) << "bootstrap = 0";
  CHECK(run_program("fit --config " + path + " -- datasets/cs336_isoflop.csv 2>&1").output ==
        typed("--bootstrap 0"));
}

TEST_CASE("What is typed wins over the file, and a command's table over the rest") {
  CHECK(run_with("bootstrap = 50", "--bootstrap 0").output == typed("--bootstrap 0"));
  CHECK(run_with("bootstrap = 50", "--bootstrap=0").output == typed("--bootstrap 0"));
  CHECK(run_with("bootstrap = 50\n[fit]\nbootstrap = 0\n[optimum]\nmemory = \"24GB\"").output ==
        typed("--bootstrap 0"));
}

TEST_CASE("What is wrong in the file is said with its place and the nearest names") {
  const struct {
    std::string toml, said;
  } wrong[] = {
      {"seed = 1\nboostrap = 50",
       "isoloss: own.toml:2:1: fit has no flag --boostrap; did you mean bootstrap?"},
      {"config = \"other.toml\"", "own.toml:1:1: fit has no flag --config"},
      {"[fti]\nseed = 1", "own.toml:1:2: no command is called \"fti\"; did you mean fit?"},
      {"quiet = 1", "own.toml:1:9: quiet is neither true nor false"},
      {"law = true", "own.toml:1:7: law is neither a text nor a number"},
      {"law = ", "own.toml:1: not TOML"},
      {"seed = 1\nthreads = \"many\"", "isoloss: own.toml:2:11: --threads does not take \"many\""},
      {"bootstrap = -3", "own.toml:1:13: --bootstrap must be 0 or between"},
      {"seed = -1", "own.toml:1:8: --seed: -1 is not a whole number"},
      {"[fit]\nobjective = \"hubr\"", "own.toml:2:13: --objective is none of"},
      {"quiet = true\nlaw = \"chinchila\"", "own.toml:2:7: there is no law 'chinchila'; did you"},
      {"law = \"\"", "own.toml:1:7: "},
      {"bound = [\"alpha=0:1\",\n\"bta=0:1\"]", "own.toml:2:1: --bound: the law has no param"},
      {"bound = [\"bta=0:1\"]", "own.toml:1:10: --bound: the law has no parameter \"bta\""},
      {"compute = [1e19,\n\"x\", 1e20]", "own.toml:2:1: --compute x is not a positive number"},
      {"bootstrap = 0\nfix = [\"alpha=0.3\",\n\"A=-1\"]",
       "own.toml:3:1: A is positive in this law and cannot be -1"},
      {"unit = [\"tokens=B\",\n\"loss=pints\"]", "own.toml:2:1: --unit loss=pints: no such unit"},
      {"law = \"squared\"\nobjective = \"squared\"", "own.toml:1:7: there is no law 'squared'"},
      {"where = \"los < 4\"", "own.toml:1:9: --where: no column \"los\""},
      {"weights = \"los\"", "did you mean loss?; see own.toml:1:11"},
      {"plot = true\nformat = \"csv\"", "own.toml:2:10: --plot goes with --format text"},
  };
  for (const auto& [toml, said] : wrong) {
    INFO(toml);
    const ProgramRun run = run_with(toml);
    CHECK(run.exit_code == 2);
    CHECK(contains(run.output, said));
  }
  CHECK(contains(refused_command("fit x.csv --config no_such.toml"), "no_such.toml"));
}

TEST_CASE("What a file of runs has against its own text is not laid at a flag of the same text") {
  const ScratchFolder folder;
  const std::string toml = folder.file("own.toml"), runs = folder.file("runs.csv");
  std::ofstream(toml) << "json = \"" << folder.file("abc") << "\"\ndrop-highest-loss = 1";
  std::ofstream(runs) << "params,tokens,loss\n1e7,1e9,3\n2e7,1e9," << folder.file("abc")
                      << "\n3e7,1e9,2.8\n";
  const std::string said = refused_command("fit " + runs + " --config " + toml);
  CHECK(contains(said, "runs.csv:3: column loss: "));
  CHECK(!contains(said, "see "));
}

TEST_CASE("What an error advises or quotes is not where it is placed") {
  // The advice names --column, and the text that is quoted names --seed.
  const ProgramRun advised = run_with("column = \"loss=loss\"", "--law 'E + A/x^b' --bootstrap 0");
  CHECK(advised.exit_code == 2);
  CHECK(!contains(advised.output, "own.toml"));
  const ProgramRun quoted = run_with("seed = 7", "--where 'file == --seed'");
  CHECK(quoted.exit_code == 2);
  CHECK(!contains(quoted.output, "own.toml"));
}

TEST_CASE("An element of a list of another command is found too") {
  const ScratchFolder folder;
  const std::string path = folder.file("own.toml");
  std::ofstream(path) << "laws = [\"chinchilla\",\n  \"kaplann\"]";
  CHECK(contains(refused_command("compare-laws datasets/cs336_isoflop.csv --config " + path),
                 path + ":2:3: there is no law 'kaplann'; did you mean kaplan?"));
  std::ofstream(path) << "recipes = [\"besiroglu2024\", \"nope\"]";
  CHECK(contains(
      refused_command("compare-optima --published besiroglu2024 --compute 1e21 --config " + path),
      path + ":1:29: no published recipe \"nope\""));
}

TEST_CASE("An empty value is refused where it stands, typed or in a file") {
  const ProgramRun run = run_with("seed = 7\njson = \"\"\nquiet = true");
  CHECK(run.exit_code == 2);
  CHECK(contains(run.output, "own.toml:2:8: json is empty"));
  for (const char* flag : {"--weights ''", "--error ''", "--where ''",
                           "--weights=", "--error= --quiet", "--json= --quiet"}) {
    INFO(flag);
    CHECK(contains(
        refused_command("fit datasets/cs336_isoflop.csv --bootstrap 0 " + std::string(flag)),
        "needs a value"));
  }
}

}  // namespace isoloss
