// The program where the system gives it less than it asks for.

#include <fstream>
#include <string>

#include "tests/catch.h"
#include "tests/run_program.h"
#include "tests/scratch_folder.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

constexpr const char* kLimitedFit = "fit datasets/chinchilla_figure4.csv --bootstrap 20 ";

}  // namespace

TEST_CASE("Memory that is not to be had is said with its size and what it is for") {
  const ProgramRun run = run_program("fit datasets/chinchilla_figure4.csv --bootstrap 9000000 2>&1",
                                     "ulimit -v 400000 &&");
  CHECK(run.exit_code == 70);
  CHECK(contains(run.output, "MB were asked for 9000000 resamples"));
}

// Some 40 bytes a resample of a law of two parameters, and what a program takes anyway.
TEST_CASE("Many resamples are held in little memory") {
  const ProgramRun run = run_program(
      "fit datasets/chinchilla_figure4.csv --law kaplan_tokens --bootstrap 300000 --threads 1 "
      "--device cpu --json - --quiet 2>&1",
      "ulimit -v 80000 &&");
  CHECK(run.exit_code == 0);
  CHECK(contains(run.output, "\"num_resamples\": 300000"));
}

// Where the stack of one more thread exceeds the memory that is allowed.
TEST_CASE("Threads that cannot be started are done without") {
  const std::string fit = std::string(kLimitedFit) + "--json - --threads ";
  const ProgramRun alone = run_program(fit + "8", "ulimit -s 2000000 && ulimit -v 1500000 &&");
  CHECK(alone.exit_code == 0);
  CHECK(alone.output == run_program(fit + "1").output);
}

// 200 bytes a row for reading, the search's columns and what a program takes anyway.
TEST_CASE("A file of many rows is fitted in little memory") {
  const ScratchFolder folder;
  constexpr int kRows = 600000;
  {
    std::ofstream out(folder.file("runs.csv"));
    out << "params,tokens,loss\n";
    for (int i = 0; i < kRows; ++i)
      out << 1000000 + i % 997 * 10007 << "," << 1000000000 + i % 1009 * 1000003 << ","
          << 2.5 + i % 83 * 0.01 << "\n";
  }
  const ProgramRun run =
      run_program("fit " + folder.file("runs.csv") + " --bootstrap 0 --threads 1 --device cpu 2>&1",
                  "ulimit -v 320000 &&");
  CHECK(run.exit_code <= 1);
  CHECK(contains(run.output, "600000 of 600000 runs"));
  const ProgramRun refused =
      run_program("fit " + folder.file("runs.csv") + " --threads 1 2>&1", "ulimit -v 50000 &&");
  CHECK(refused.exit_code == 70);
  CHECK(contains(refused.output, "MB were asked for 600002 rows"));
}

TEST_CASE("Too small a stack is refused, and what suffices works") {
  const std::string fit = "fit datasets/cs336_isoflop.csv --bootstrap 20 2>&1";
  const ProgramRun small = run_program(fit, "ulimit -s 64 &&");
  CHECK(small.exit_code == 70);
  CHECK(contains(small.output, "the stack is limited"));
  CHECK(run_program(fit, "ulimit -s 192 &&").exit_code == 0);
}

}  // namespace isoloss
