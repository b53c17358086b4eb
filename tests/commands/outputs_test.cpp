// What the driver does with outputs and standard streams, whatever the command.

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/catch.h"
#include "tests/refused_command.h"
#include "tests/run_program.h"
#include "tests/scratch_folder.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

namespace fs = std::filesystem;

constexpr const char* kWrittenFit = "fit datasets/chinchilla_figure4.csv --bootstrap 20 ";
constexpr const char* kLongFit = "fit datasets/chinchilla_figure4.csv --bootstrap 1000000 ";

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("The path /dev/stdout is standard output, wherever that goes") {
  const ScratchFolder folder;
  const std::string piped = run_program(std::string(kWrittenFit) + "--json /dev/stdout").output;
  CHECK(nlohmann::json::accept(piped));
  run_program(std::string(kWrittenFit) + "--json /dev/stdout >" + folder.file("out"));
  CHECK(text_of(folder.file("out")) == piped);
  CHECK(fs::is_symlink("/dev/stdout"));
  CHECK(contains(refused_command("verify --junit /dev/stdout --json -"), "two outputs"));
}

TEST_CASE("An output that is an input of the run is refused before any work") {
  const ScratchFolder folder;
  const std::string runs = folder.file("runs.csv"), law = folder.file("law.toml");
  fs::copy_file(ISOLOSS_SOURCE "/datasets/chinchilla_figure4.csv", runs);
  std::ofstream(law) << "formula = \"E + A/N^alpha\"\n";
  CHECK(contains(refused_command("fit " + runs + " --json " + runs), "is an input"));
  CHECK(contains(refused_command("optimum " + runs + " --json " + runs), "is an input"));
  CHECK(contains(refused_command("race " + runs + " --json " + runs), "is an input"));
  CHECK(contains(refused_command("fit " + runs + " --law @" + law + " --json " + law),
                 "is an input"));
  CHECK(fs::file_size(runs) == fs::file_size(ISOLOSS_SOURCE "/datasets/chinchilla_figure4.csv"));
}

TEST_CASE("An output without a name is refused in every command") {
  for (const char* command : {"fit datasets/chinchilla_figure4.csv", "doctor", "verify",
                              "race datasets/llama_curves.csv", "optimum --published hoffmann2022"})
    CHECK(contains(refused_command(std::string(command) + " --json ''"), "--json names no file"));
}

TEST_CASE("Without standard output the report is an error and nothing appears elsewhere") {
  const ScratchFolder folder;
  const std::string json = folder.file("fit.json");
  const ProgramRun closed = run_program(std::string(kWrittenFit) + "--json " + json + " 2>" +
                                        folder.file("messages") + " >&-");
  CHECK(closed.exit_code == 4);
  CHECK(!fs::exists(json));
  CHECK(contains(text_of(folder.file("messages")), "cannot write standard output"));
  const std::string quiet = std::string(kWrittenFit) + "--quiet --json " + json;
  CHECK(run_program(quiet + " >&- 2>&- <&-").exit_code == 0);
  CHECK(nlohmann::json::accept(text_of(json)));
  CHECK(run_program(std::string(kWrittenFit) + "--json " + json + " >/dev/full 2>&1").exit_code ==
        4);
}

TEST_CASE("Messages that cannot be written end nothing") {
  for (const char* where : {" 2>/dev/full", " 2>&-"}) {
    INFO(where);
    CHECK(run_program(std::string("fit no_such_file.csv") + where).exit_code == 2);
    CHECK(run_program(std::string(kWrittenFit) + "--json -" + where).exit_code == 0);
  }
}

TEST_CASE("All outputs of a run appear, or none") {
  const ScratchFolder folder;
  fs::create_symlink("/dev/full", folder.file("draws.npy"));
  const ProgramRun run =
      run_program(std::string(kWrittenFit) + "--json " + folder.file("fit.json") + " --draws " +
                  folder.file("draws.npy") + " 2>&1");
  CHECK(run.exit_code == 4);
  CHECK(folder.num_files() == 1);
}

TEST_CASE("A terminal that is closed ends the work like an interrupt") {
  const ScratchFolder folder;
  const ProgramRun run = run_program(std::string(kLongFit) + "--json " + folder.file("fit.json"),
                                     "timeout --preserve-status --signal=HUP 1");
  CHECK(run.exit_code == 130);
  CHECK(folder.num_files() == 0);
}

TEST_CASE("Links in a circle are no place for an output, and a list names no one file") {
  const ScratchFolder folder;
  fs::create_symlink(folder.file("b"), folder.file("a"));
  fs::create_symlink(folder.file("a"), folder.file("b"));
  const std::string fit = "fit datasets/cs336_isoflop.csv --bootstrap 0 ";
  CHECK(run_program(fit + "--json " + folder.file("a") + " 2>/dev/null").exit_code == 4);
  CHECK(fs::is_symlink(folder.file("a")));
  std::ofstream(folder.file("config.toml")) << "json = [\"j1\", \"j2\"]\n";
  const ProgramRun run = run_program(fit + "--config " + folder.file("config.toml") + " 2>&1");
  CHECK(run.exit_code == 2);
  CHECK(contains(run.output, "config.toml:1:8: json names one file"));
}

}  // namespace isoloss
