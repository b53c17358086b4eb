// `isoloss fit --by` and `--share`.

#include <cmath>
#include <fstream>

#include "tests/catch.h"
#include "tests/refused_command.h"
#include "tests/run_program.h"
#include "tests/scratch_folder.h"

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

TEST_CASE("Intervals that are withheld are not said to be there") {
  const ScratchFolder scratch;
  std::ofstream file(scratch.file("runs.csv"));
  file << "system,run,params,tokens,loss\n";
  for (const char* system : {"a", "b"})
    for (int i = 0; i < 40; ++i) {
      const double N = 3e7 * std::pow(1.7, i % 10), D = N * std::pow(2.5, 1 + i / 10);
      file << system << ',' << system << i % 4 << ',' << N << ',' << D << ','
           << 1.8 + 480 / std::pow(N, 0.35) + 2085 / std::pow(D, 0.37) + 0.002 * std::sin(9 * i)
           << '\n';
    }
  file.close();
  const std::string fit = "fit " + scratch.file("runs.csv") + " --by system --bootstrap 40 ";
  const std::string withheld = run_program(fit + "2>&1").output;
  CHECK(withheld.find("[intervals_withheld]") != std::string::npos);
  CHECK(withheld.find("intervals 95%") == std::string::npos);
  CHECK(run_program(fit + "--group none 2>&1").output.find("intervals 95%") != std::string::npos);
}

TEST_CASE("Flags of one fit are refused beside --by, and --share without it") {
  CHECK(refused_command(kGroupedFit + "--share alpha").find("--share goes with --by") !=
        std::string::npos);
  CHECK(refused_command(kBy + "--rows -").find("--rows is of one fit") != std::string::npos);
  CHECK(refused_command(kBy + "--share nothing").find("has no parameter \"nothing\"") !=
        std::string::npos);
}

}  // namespace isoloss
