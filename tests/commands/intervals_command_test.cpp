// `isoloss fit --intervals`.

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/catch.h"
#include "tests/refused_command.h"
#include "tests/scratch_folder.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

using Json = nlohmann::json;

const std::string kSquaredFit =
    "fit datasets/chinchilla_figure4.csv --objective squared --bootstrap 200 ";

// The interval of a quantity by a method, as the JSON has it.
Json interval_in(const Json& fit, const std::string& quantity, const std::string& method) {
  for (const Json& row : fit.at("intervals"))
    if (row.at("quantity") == quantity && row.at("method") == method) return row.at("interval");
  FAIL("no " << method << " interval of " << quantity);
  return {};
}

}  // namespace

TEST_CASE("Intervals by every method stand side by side") {
  const ProgramRun run = run_program(kSquaredFit + "--intervals all --json - 2>/dev/null");
  const Json fit = Json::parse(run.output);
  const Json percentile = interval_in(fit, "alpha", "percentile");
  CHECK(percentile == fit.at("params").at("alpha").at("interval"));
  CHECK(interval_in(fit, "alpha", "profile") ==
        fit.at("params").at("alpha").at("profile_interval"));
  for (const char* method :
       {"basic", "normal", "bca", "linearised", "sandwich", "jackknife", "wild", "profile"}) {
    INFO(method);
    const Json own = interval_in(fit, "alpha", method);
    const double value = fit.at("params").at("alpha").at("value");
    CHECK(own.at(0) < value);
    CHECK(own.at(1) > value);
  }
  const Json N = interval_in(fit, "N at 1.3e23", "bca");
  CHECK(N.at(0) < N.at(1));
}

TEST_CASE("The report has the methods that were asked for, beside the percentile ones") {
  const ProgramRun run = run_program(kSquaredFit + "--intervals bca,sandwich 2>&1");
  CHECK(run.exit_code == 0);
  CHECK(contains(run.output, "Intervals by method"));
  CHECK(contains(run.output, "  alpha        percentile"));
  CHECK(contains(run.output, "  alpha        bca"));
  CHECK(contains(run.output, "  L at 1.3e24  sandwich"));
  CHECK_FALSE(contains(run.output, "  alpha        basic"));
  CHECK_FALSE(contains(run_program(kSquaredFit).output, "Intervals by method"));
}

TEST_CASE("Sandwich intervals need no bootstrap") {
  const std::string fit = "fit datasets/chinchilla_figure4.csv --objective squared --bootstrap 0 ";
  const Json got =
      Json::parse(run_program(fit + "--intervals sandwich,bca --json - 2>/dev/null").output);
  CHECK(interval_in(got, "beta", "sandwich").size() == 2);
  for (const Json& row : got.at("intervals")) CHECK(row.at("method") != "bca");
}

TEST_CASE("Calibrated intervals stand beside the percentile ones, with what the sets told") {
  const ProgramRun run = run_program(kSquaredFit + "--calibrate 100 --json - 2>/dev/null");
  const Json fit = Json::parse(run.output);
  CHECK(interval_in(fit, "alpha", "percentile") == fit.at("params").at("alpha").at("interval"));
  CHECK(interval_in(fit, "alpha", "calibrated").size() == 2);
  CHECK(interval_in(fit, "N at 1.3e23", "calibrated").at(0) > 0);
  CHECK(fit.at("calibration").at("num_sets") == 100);
  CHECK(fit.at("calibration").at("quantities").size() == 15);
  CHECK(contains(run_program(kSquaredFit + "--calibrate 100 2>&1").output,
                 "calibrated: in 100 sets simulated at the fit"));
}

TEST_CASE("A calibration of too few sets, without draws, or of groups is refused") {
  CHECK(contains(refused_command(kSquaredFit + "--calibrate 20"), "--calibrate must be from 100"));
  CHECK(
      contains(refused_command("fit datasets/chinchilla_figure4.csv --bootstrap 0 --calibrate 200"),
               "--calibrate needs a bootstrap"));
  CHECK(contains(refused_command("fit datasets/overtraining_open_lm.csv --by dataset "
                                 "--bootstrap 20 --calibrate 200"),
                 "--calibrate is of one fit"));
}

TEST_CASE("A method that is none is refused with the names, and so are methods of groups") {
  CHECK(contains(refused_command(kSquaredFit + "--intervals bac"), "did you mean bca?"));
  CHECK(contains(refused_command("fit datasets/overtraining_open_lm.csv --by dataset "
                                 "--bootstrap 20 --intervals bca"),
                 "--intervals is of one fit"));
}

TEST_CASE("A method that gives nothing says what it needs") {
  const ProgramRun run = run_program(
      "fit datasets/chinchilla_figure4.csv --bootstrap 0 --intervals sandwich,profile 2>&1");
  CHECK(contains(run.output, "sandwich: none; it needs least squares, or a Huber loss"));
  CHECK(contains(run.output, "profile: none; it needs a fit that is proved"));
}

TEST_CASE(
    "Sizes and weights have intervals on their side of zero, and one at its bound no sandwich") {
  const std::string fit =
      "fit datasets/cerebras_pythia_pile.csv --drop-missing --objective squared "
      "--bootstrap 100 --intervals all --json - 2>/dev/null";
  const Json got = Json::parse(run_program(fit).output);
  for (const Json& row : got.at("intervals")) {
    INFO(row.dump());
    const std::string quantity = row.at("quantity");
    if (quantity[0] == 'N' && quantity[1] == ' ') CHECK(row.at("interval").at(0) >= 0);
    CHECK(row.at("method") != "sandwich");
    CHECK(row.at("method") != "wild");
  }
}

TEST_CASE("Equal errors of a loss weigh nothing in isoFLOP minima") {
  const ScratchFolder folder;
  const std::string path = folder.file("runs.csv");
  std::ifstream from("datasets/cs336_isoflop.csv");
  std::ofstream to(path);
  std::string line;
  while (std::getline(from, line))
    if (!line.starts_with('#')) to << line << (contains(line, "loss") ? ",se\n" : ",0.01\n");
  to.close();
  const std::string isoflop = "isoflop " + path + " --bootstrap 20 ";
  const ProgramRun plain = run_program(isoflop + "2>&1");
  CHECK(plain.exit_code == 0);
  CHECK(run_program(isoflop + "--error se 2>&1").output == plain.output);
}

TEST_CASE("What no law can be compared for is said of one") {
  CHECK(contains(refused_command("compare-laws datasets/chinchilla_figure4.csv --error nowhere"),
                 "chinchilla: no column \"nowhere\" for --error"));
}

}  // namespace isoloss
