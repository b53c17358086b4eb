// `isoloss fit --by` and `--share`.

#include "tests/catch.h"
#include "tests/refused_command.h"
#include "tests/run_program.h"

namespace isoloss {
namespace {

const std::string kGroupedFit = "fit datasets/overtraining_open_lm.csv ";
const std::string kBy = kGroupedFit + "--by dataset --bootstrap 40 ";

}  // namespace

TEST_CASE("Fits by group say the same however many threads and lanes there are") {
  for (const char* shared : {"", "--share alpha,beta "}) {
    const std::string command = kBy + shared + "--json - ";
    const std::string one = run_program(command + "--threads 1").output;
    CHECK(run_program(command + "--threads 3", "ISOLOSS_SIMD=portable").output == one);
    CHECK(one.find("compute_ratio") != std::string::npos);
  }
}

TEST_CASE("A fit by group reports every group and what one needs of another's compute") {
  const ProgramRun run = run_program(kBy + "--share alpha,beta 2>&1");
  CHECK(run.exit_code == 0);
  CHECK(run.output.find("3 groups by dataset: one fit, alpha, beta shared") != std::string::npos);
  CHECK(run.output.find("rpj needs ") != std::string::npos);
  CHECK(run.output.find("groups_mixed") == std::string::npos);
}

TEST_CASE("Flags of one fit are refused beside --by, and --share without it") {
  CHECK(refused_command(kGroupedFit + "--share alpha").find("--share goes with --by") !=
        std::string::npos);
  CHECK(refused_command(kBy + "--rows -").find("--rows is of one fit") != std::string::npos);
  CHECK(refused_command(kBy + "--share nothing").find("has no parameter \"nothing\"") !=
        std::string::npos);
}

}  // namespace isoloss
