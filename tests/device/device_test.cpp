// The engine on a real device: what is printed is what the CPU's engine prints, bit for bit. Skips
// where there is none; tests/cuda_on_cpu executes the same sources everywhere.
//
// ISOLOSS_TEST_DEVICE=cuda:1 names the device, and then its absence is a failure; cpu is a
// rehearsal of the tests where there is no GPU.

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "tests/catch.h"
#include "tests/run_program.h"

namespace isoloss {
namespace {

using Json = nlohmann::ordered_json;

const std::string kFigure4 = "fit datasets/chinchilla_figure4.csv --drop-highest-loss 5 --json - ";

// The device that was asked for; empty if none was.
std::string asked_device() {
  const char* asked = std::getenv("ISOLOSS_TEST_DEVICE");
  return asked == nullptr ? "" : asked;
}

std::string device() { return asked_device().empty() ? "cuda" : asked_device(); }

// Whether there is a device; else says why not, which ctest counts as skipped.
bool has_device() {
  if (device() == "cpu") return true;
  const Json cuda = Json::parse(run_program("doctor --json -").output).at("cuda");
  if (cuda.at("state") == "ready") return true;
  const auto why = cuda.at("sentence").get<std::string>();
  if (!asked_device().empty()) FAIL(why);
  WARN("test skipped: " << why);
  return false;
}

// The report of `isoloss fit` without the backend's name.
Json report_of(const std::string& arguments, const std::string& on,
               const std::string& before = "") {
  const ProgramRun run = run_program(arguments + " --device " + on + " 2>/dev/null", before);
  INFO(arguments << " --device " << on << ": exit code " << run.exit_code);
  REQUIRE(run.exit_code <= 1);
  Json report = Json::parse(run.output);
  CHECK(report.at("backend") == on.substr(0, on.find(':')));
  report.erase("backend");
  return report;
}

void check_same(const std::string& arguments, const std::string& before = "") {
  if (!has_device()) return;
  INFO(arguments);
  CHECK(report_of(arguments, device(), before).dump() == report_of(arguments, "cpu").dump());
}

}  // namespace

TEST_CASE("cuda device: a plain fit is the CPU's") { check_same(kFigure4 + "--bootstrap 0"); }

TEST_CASE("cuda device: 1,000 resamples are the CPU's") {
  check_same(kFigure4 + "--bootstrap 1000");
}

TEST_CASE("cuda device: squared residuals give the CPU's fit") {
  check_same(kFigure4 + "--objective squared --bootstrap 200");
}

TEST_CASE("cuda device: a law above its runs costs as much more as on the CPU") {
  check_same(kFigure4 + "--over-penalty 10 --bootstrap 200");
}

TEST_CASE("cuda device: groups that share parameters give the CPU's fit") {
  if (!has_device()) return;
  const auto report = [](const std::string& on) {
    return run_program(
               "fit datasets/overtraining_open_lm.csv --by dataset --share alpha,beta "
               "--huber-delta 0.01 --bootstrap 100 --json - --device " +
               on + " 2>/dev/null")
        .output;
  };
  CHECK(report(device()) == report("cpu"));
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

TEST_CASE("cuda device: a formula gives the CPU's fit") {
  check_same(kFigure4 + "--law 'E + A/N^alpha + B/D^beta + F*(N/D)^gamma' --bootstrap 20");
}

TEST_CASE("cuda device: a law of nine parameters gives the CPU's fit") {
  check_same(kFigure4 + "--law farseer --bootstrap 4");
}

TEST_CASE(
    "cuda device: kernels of their own, compiled there, give formulas and laws the CPU's fit") {
  for (const char* law : {"'E + A/N^alpha + B/D^beta + F*(N/D)^gamma'", "kaplan", "farseer"})
    check_same(kFigure4 + "--law " + law + " --bootstrap 4", "ISOLOSS_CUDA_TEXTS=always");
}

TEST_CASE("cuda device: little memory gives the same report") {
  check_same(kFigure4 + "--bootstrap 1000", "ISOLOSS_CUDA_MEMORY=16M");
}

TEST_CASE("cuda device: the same report twice") {
  if (!has_device()) return;
  const std::string arguments = kFigure4 + "--bootstrap 1000 --seed 7";
  CHECK(report_of(arguments, device()).dump() == report_of(arguments, device()).dump());
}

}  // namespace isoloss
