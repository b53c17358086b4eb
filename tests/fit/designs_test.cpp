// Designs that leave a law's parameters open: the verdict, and no optimum that would be taken for
// one. The files of tests/designs/ are planted with E = 1.7 and noise of 0.2 %.

#include <nlohmann/json.hpp>

#include "tests/catch.h"
#include "tests/run_program.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

constexpr const char* kOpenDesigns[] = {"as_many_runs.csv", "one_budget.csv", "one_point.csv",
                                        "two_points.csv",   "one_size.csv",   "near_sizes.csv"};

std::string design(const std::string& file) { return "tests/designs/" + file + " "; }

}  // namespace

TEST_CASE("A design that leaves parameters open is called that, and gives no table of optima") {
  for (const char* file : kOpenDesigns) {
    const ProgramRun run = run_program("fit " + design(file) + "--bootstrap 40 2>&1");
    INFO(run.output);
    CHECK(run.exit_code == 1);
    CHECK(contains(run.output, "these runs cannot tell the law's parameters apart"));
    CHECK(contains(run.output, "[not_identifiable]"));
    CHECK(contains(run.output, "[optimum_withheld]"));
    CHECK(contains(run.output, "optimum    not given: "));
    CHECK(!contains(run.output, "C / max C"));
    CHECK(!contains(run.output, "did not converge"));
  }
}

TEST_CASE("The JSON of such a fit has no optima, and a warning says why") {
  const ProgramRun run =
      run_program("fit " + design("one_budget.csv") + "--bootstrap 40 --quiet --json -");
  const auto json = nlohmann::json::parse(run.output);
  CHECK(json.at("status") == "not_identifiable");
  CHECK(json.at("optima").empty());
  CHECK(json.at("exponents").at("N_exponent").at("value").is_null());
  bool says_why = false;
  for (const auto& own : json.at("warnings")) says_why |= own.at("name") == "optimum_withheld";
  CHECK(says_why);
}

TEST_CASE("The optimum of such a fit comes behind the warning, without intervals and with exit 1") {
  const ProgramRun run =
      run_program("optimum " + design("one_budget.csv") + "--bootstrap 40 --compute 1e21");
  INFO(run.output);
  CHECK(run.exit_code == 1);
  const std::size_t warning = run.output.find("[not_identifiable]");
  const std::size_t table = run.output.find("C, FLOP");
  REQUIRE(table != std::string::npos);
  CHECK(warning < table);
  CHECK(!contains(run.output, "[optimum_withheld]"));
  CHECK(!contains(run.output.substr(table), ".."));
}

TEST_CASE("As many runs as parameters is said with the number") {
  const ProgramRun run = run_program("fit " + design("as_many_runs.csv") + "--bootstrap 40 2>&1");
  INFO(run.output);
  CHECK(contains(run.output, "there are as many free parameters as runs, 5"));
  const ProgramRun held =
      run_program("fit " + design("as_many_runs.csv") + "--fix E=1.7 --bootstrap 0 2>&1");
  CHECK(!contains(held.output, "as many free parameters"));
}

TEST_CASE("Replicates that differ are no failure to converge") {
  const ProgramRun run = run_program("fit " + design("replicates.csv") + "--bootstrap 40 2>&1");
  INFO(run.output);
  CHECK(run.exit_code == 0);
  CHECK(!contains(run.output, "status:"));
  CHECK(contains(run.output, "C / max C"));
}

TEST_CASE("An optimum whose loss rises with the budget is none") {
  const ProgramRun run =
      run_program("optimum " + design("replicates.csv") +
                  "--law 'E + A*N^a + B*D^b' --fix E=2 --fix A=0.001 --fix B=0.001 --fix a=0.2 "
                  "--bound b=0.1:0.3 --bootstrap 0 --compute 1e21 2>&1");
  INFO(run.output);
  CHECK(run.exit_code == 1);
  CHECK(contains(run.output, "[no_optimum]"));
}

// The file is replicates.csv with a loss 1e5 times as large.
TEST_CASE("A bound that is given on one side does not cap a loss in another unit on the other") {
  const ProgramRun run = run_program("fit " + design("other_unit.csv") +
                                     "--bound E=1: --bootstrap 0 --quiet --json -");
  const auto json = nlohmann::json::parse(run.output);
  CHECK(json.at("status") == "converged");
  CHECK(json.at("params").at("E").at("value").get<double>() > 1e5);
}

}  // namespace isoloss
