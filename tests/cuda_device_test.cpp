// The engine on a real device: what is printed is what the CPU's engine prints, bit for bit. Skips
// where there is none; tests/cuda_on_cpu executes the same sources everywhere.

#include <nlohmann/json.hpp>

#include "cuda/engine.h"
#include "tests/catch.h"
#include "tests/run_program.h"

namespace isoloss {
namespace {

using Json = nlohmann::ordered_json;

const std::string kFigure4 = "fit datasets/chinchilla_figure4.csv --drop-highest-loss 5 --json - ";

// Whether there is a device; else says why not, which ctest counts as skipped.
bool has_device() {
  const CudaReport report = cuda_report();
  if (report.state == CudaState::ready) return true;
  WARN("test skipped: " << cuda_sentence(report));
  return false;
}

// The report of `isoloss fit` without the backend's name.
Json report_of(const std::string& arguments, const std::string& device,
               const std::string& before = "") {
  const ProgramRun run = run_program(arguments + " --device " + device + " 2>/dev/null", before);
  INFO(arguments << " --device " << device << ": exit code " << run.exit_code);
  REQUIRE(run.exit_code <= 1);
  Json report = Json::parse(run.output);
  CHECK(report.at("backend") == device);
  report.erase("backend");
  return report;
}

void check_same(const std::string& arguments) {
  if (!has_device()) return;
  INFO(arguments);
  CHECK(report_of(arguments, "cuda").dump() == report_of(arguments, "cpu").dump());
}

}  // namespace

TEST_CASE("cuda device: a plain fit is the CPU's") { check_same(kFigure4 + "--bootstrap 0"); }

TEST_CASE("cuda device: 1,000 resamples are the CPU's") {
  check_same(kFigure4 + "--bootstrap 1000");
}

TEST_CASE("cuda device: squared residuals give the CPU's fit") {
  check_same(kFigure4 + "--objective squared --bootstrap 200");
}

TEST_CASE("cuda device: absolute residuals give the CPU's fit") {
  check_same(kFigure4 + "--objective absolute --bootstrap 200");
}

TEST_CASE("cuda device: a law whose starts are screened in float gives the CPU's fit") {
  check_same(kFigure4 + "--law kaplan --bootstrap 200");
}

TEST_CASE("cuda device: every start of the published grid ends where it does on the CPU") {
  check_same(kFigure4 + "--starts grid --bootstrap 0");
}

TEST_CASE("cuda device: random starts end where they do on the CPU") {
  check_same(kFigure4 + "--starts 500 --bootstrap 50");
}

TEST_CASE("cuda device: rows of one run are resampled together as on the CPU") {
  // The column of sizes stands in for runs: rows of one size are one cluster.
  check_same(kFigure4 + "--group params --bootstrap 500");
}

TEST_CASE("cuda device: little memory gives the same report") {
  if (!has_device()) return;
  const std::string arguments = kFigure4 + "--bootstrap 1000";
  CHECK(report_of(arguments, "cuda", "ISOLOSS_CUDA_MEMORY=16M").dump() ==
        report_of(arguments, "cpu").dump());
}

TEST_CASE("cuda device: the same report twice") {
  if (!has_device()) return;
  const std::string arguments = kFigure4 + "--bootstrap 1000 --seed 7";
  CHECK(report_of(arguments, "cuda").dump() == report_of(arguments, "cuda").dump());
}

}  // namespace isoloss
