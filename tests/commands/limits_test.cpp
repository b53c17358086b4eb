// The program where the system gives it less than it asks for.

#include <string>

#include "tests/catch.h"
#include "tests/run_program.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

constexpr const char* kFit = "fit datasets/chinchilla_figure4.csv --bootstrap 20 ";

}  // namespace

TEST_CASE("Memory that is not to be had is said with its size and what it is for") {
  const ProgramRun run = run_program("fit datasets/chinchilla_figure4.csv --bootstrap 9000000 2>&1",
                                     "ulimit -v 400000 &&");
  CHECK(run.exit_code == 70);
  CHECK(contains(run.output, "MB were asked for 9000000 resamples"));
}

// Where the stack of one more thread exceeds the memory that is allowed.
TEST_CASE("Threads that cannot be started are done without") {
  const std::string fit = std::string(kFit) + "--json - --threads ";
  const ProgramRun alone = run_program(fit + "8", "ulimit -s 2000000 && ulimit -v 1500000 &&");
  CHECK(alone.exit_code == 0);
  CHECK(alone.output == run_program(fit + "1").output);
}

}  // namespace isoloss
