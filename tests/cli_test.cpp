// The program as its user meets it: exit codes, messages, files.

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cuda/engine.h"
#include "host/laws/registry.h"
#include "host/simd/simd_level.h"
#include "tests/catch.h"
#include "tests/run_program.h"
#include "tests/scratch_folder.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

const std::string kFigure4 = "datasets/chinchilla_figure4.csv";

Json json_file(const std::string& path) {
  std::ifstream file(ISOLOSS_SOURCE "/" + path);
  return Json::parse(file);
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("Each malformed file ends with the exit code of its manifest") {
  const Json manifest = json_file("tests/bad_input/manifest.json");
  CHECK(manifest.at("cases").size() == 78);
  for (const Json& entry : manifest.at("cases")) {
    const std::string file = "tests/bad_input/" + entry.at("file").get<std::string>();
    const ProgramRun run = run_program("fit " + file + " --bootstrap 100 2>&1");
    INFO(file << "\n" << run.output);
    CHECK(run.exit_code == entry.at("exit").get<int>());
  }
}

TEST_CASE("What a fit says of bad data is pinned to the letter") {
  for (const Json& entry : json_file("tests/golden/fit_messages.json")) {
    const std::string file = "tests/bad_input/" + entry.at("file").get<std::string>();
    const ProgramRun run = run_program("fit " + file + " --bootstrap 100 --json - 2>/dev/null");
    INFO(file);
    if (run.exit_code == 2) {
      CHECK(run_program("fit " + file + " 2>&1").output ==
            entry.at("error").get<std::string>() + "\n");
      continue;
    }
    Json warnings = Json::object();
    const Json report = Json::parse(run.output);
    for (const Json& warning : report.at("warnings"))
      warnings[warning.at("name").get<std::string>()] = warning.at("text");
    CHECK(warnings == entry.at("warnings"));
  }
}

TEST_CASE("Usage errors exit with 2 and say what is wrong") {
  for (const char* arguments :
       {"", "nonsense", "fit", "fit no_such_file.csv", "fit datasets --bootstrap 0",
        "fit datasets/chinchilla_figure4.csv --no-such-flag",
        "fit datasets/chinchilla_figure4.csv --law no_such_law",
        "fit datasets/chinchilla_figure4.csv --compute -1",
        "fit datasets/chinchilla_figure4.csv --starts many",
        "fit datasets/chinchilla_figure4.csv --confidence 95",
        "fit datasets/chinchilla_figure4.csv --bootstrap 0 --draws draws.npy",
        "fit datasets/chinchilla_figure4.csv --device abacus"}) {
    const ProgramRun run = run_program(std::string(arguments) + " 2>&1");
    INFO(arguments << "\n" << run.output);
    CHECK(run.exit_code == 2);
    CHECK(!run.output.empty());
  }
}

TEST_CASE("Help is complete and prints defaults") {
  CHECK(run_program("--help").exit_code == 0);
  const ProgramRun help = run_program("fit --help");
  CHECK(help.exit_code == 0);
  for (const char* part : {"--huber-delta", "0.001", "--bootstrap", "4000", "--where", "--draws",
                           "--drop-highest-loss", "--compute", "--unit", "--starts", "--seed"})
    CHECK(contains(help.output, part));
}

TEST_CASE("The laws are listed in a line each, and described one by one") {
  const ProgramRun list = run_program("laws");
  CHECK(list.exit_code == 0);
  CHECK(contains(list.output, "E + A / N^alpha + B / D^beta"));
  std::istringstream lines(list.output);
  for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 100);
  for (const LawEntry& law : all_laws()) {
    INFO(law.name);
    CHECK(contains(list.output, "\n" + law.name + "  "));
    const ProgramRun one = run_program("laws " + law.name);
    CHECK(one.exit_code == 0);
    CHECK(contains(one.output, law.source.substr(0, 20)));
    for (const LawInput& input : law.inputs)
      if (!input.is_history()) CHECK(contains(one.output, input.meaning));
    for (const LawParam& param : law.params) CHECK(contains(one.output, param.meaning));
  }
  CHECK(run_program("laws no_such_law 2>&1").exit_code == 2);
}

TEST_CASE("CUDA asked for and absent is exit code 3, and auto falls back to the CPU") {
  const CudaReport report = cuda_report();
  if (report.state == CudaState::ready) return;
  const ProgramRun run = run_program("fit " + kFigure4 + " --device cuda 2>&1");
  CHECK(run.exit_code == 3);
  CHECK(run.output == "isoloss: --device cuda: " + cuda_sentence(report) +
                          "; use --device auto or cpu to search on the processor, 'isoloss doctor' "
                          "tells what is there\n");
  const ProgramRun fallback = run_program("fit " + kFigure4 + " --bootstrap 0 --device auto");
  CHECK(fallback.exit_code == 0);
  CHECK(contains(fallback.output, "engine     cpu: the job is too small to gain from a GPU"));
}

TEST_CASE("An output that cannot be written is exit code 4 before any work") {
  const ProgramRun run = run_program("fit " + kFigure4 + " --json /no/such/folder/out.json 2>&1");
  CHECK(run.exit_code == 4);
  CHECK(contains(run.output, "/no/such/folder/out.json"));
}

TEST_CASE("Outputs appear whole and nothing else is left") {
  const ScratchFolder folder;
  const ProgramRun run =
      run_program("fit " + kFigure4 + " --bootstrap 50 --quiet --json " + folder.file("fit.json") +
                  " --draws " + folder.file("draws.npy") + " --draws " + folder.file("draws.csv") +
                  " 2>/dev/null");
  CHECK(run.exit_code == 0);
  CHECK(run.output.empty());
  CHECK(folder.num_files() == 3);
  CHECK(Json::parse(read_file(folder.file("fit.json"))).at("schema") == "isoloss/fit");
  const std::string npy = read_file(folder.file("draws.npy"));
  CHECK(npy.substr(1, 5) == "NUMPY");
  CHECK(contains(npy, "'shape': (50, 7)"));
  CHECK(npy.size() == 128 + 50 * 7 * sizeof(double));
  const std::string csv = read_file(folder.file("draws.csv"));
  CHECK(csv.starts_with("E,A,B,alpha,beta,objective,converged\n"));
  CHECK(std::count(csv.begin(), csv.end(), '\n') == 51);
}

TEST_CASE("A refused file leaves an old output as it was") {
  const ScratchFolder folder;
  std::ofstream(folder.file("fit.json")) << "old";
  run_program("fit tests/bad_input/h01_short_row.csv --json " + folder.file("fit.json") + " 2>&1");
  CHECK(read_file(folder.file("fit.json")) == "old");
  CHECK(folder.num_files() == 1);
}

TEST_CASE("An interrupt ends the program with 130 and leaves nothing behind") {
  const ScratchFolder folder;
  const ProgramRun run =
      run_program("fit " + kFigure4 + " --bootstrap 1000000 --json " + folder.file("fit.json"),
                  "timeout --preserve-status --signal=INT 1");
  CHECK(run.exit_code == 130);
  CHECK(folder.num_files() == 0);
}

TEST_CASE("The report is the same for any number of threads and any vector instructions") {
  const std::string fit = "fit " + kFigure4 + " --bootstrap 200 --json -";
  const std::string reference = run_program(fit + " --threads 1").output;
  CHECK(Json::parse(reference).at("status") == "converged");
  CHECK(run_program(fit + " --threads 2").output == reference);
  CHECK(run_program(fit + " --threads 7").output == reference);
  for (const SimdLevel level : usable_simd_levels()) {
    const std::string name(simd_name(level));
    INFO(name);
    const ProgramRun run = run_program(fit, "ISOLOSS_SIMD=" + name);
    CHECK(run.exit_code == 0);
    CHECK(run.output == reference);
  }
  CHECK(run_program(fit + " 2>&1", "ISOLOSS_SIMD=abacus").exit_code == 2);
}

}  // namespace isoloss
