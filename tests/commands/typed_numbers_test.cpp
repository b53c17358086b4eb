// Numbers that were typed, and how those of a report are printed.

#include <unistd.h>

#include <string>

#include "host/base/file_bytes.h"
#include "host/base/number_text.h"
#include "host/base/threads.h"
#include "host/curves/schedule.h"
#include "tests/catch.h"
#include "tests/input_error.h"
#include "tests/refused_command.h"

namespace isoloss {
namespace {

const std::string kAdditionFit =
    "fit datasets/four_digit_addition.csv --law 'E + A/x^a' --bootstrap 0 ";

TEST_CASE("a seed or a count of rows that is no whole number of 64 bits is refused") {
  for (const char* wrong : {"--seed -1", "--seed=-1", "--seed 18446744073709551616", "--seed 1e3",
                            "--drop-highest-loss=-1", "--drop-highest-loss 1.5"}) {
    INFO(wrong);
    refused_command(kAdditionFit + wrong);
  }
  CHECK(run_program(kAdditionFit + "--quiet --seed 18446744073709551615 2>&1").exit_code != 2);
}

TEST_CASE("a probability below 1 is not printed as 100 %") {
  CHECK(confidence_text(0.95) == "95%");
  CHECK(confidence_text(0.999) == "99.9%");
  CHECK(confidence_text(0.999999999999) == "99.9999999999%");
  CHECK(confidence_text(1) == "100%");
}

TEST_CASE("a learning rate that overflows the sums over a schedule is refused") {
  CHECK(refusal([] { parse_stages("cosine:peak=1e308,total=100"); }).find("is no learning rate") !=
        std::string::npos);
}

TEST_CASE("a long argument is not echoed whole") {
  const std::string longest(20000, 'x');
  for (const std::string flag :
       {"--law ", "--where ", "--seed ", "--unit ", "--column ", "--compute ", "--"}) {
    INFO(flag);
    CHECK(refused_command(kAdditionFit + flag + longest).size() < 4000);
  }
}

TEST_CASE("an interrupt ends the reading of a silent pipe") {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const std::atomic<bool> stopped{true};
  const StopScope scope(&stopped);
  CHECK_THROWS_AS(read_file("/dev/fd/" + std::to_string(ends[0])), Interrupted);
  close(ends[0]);
  close(ends[1]);
}

TEST_CASE("the program reads its standard input") {
  const ProgramRun run = run_program("fit - --law 'E + A/x^a' --bootstrap 0 --json - 2>&1",
                                     "cat datasets/four_digit_addition.csv |");
  CHECK(run.output.find("\"params\"") != std::string::npos);
  CHECK(run_program("fit - --bootstrap 0 2>&1", "printf '' |").exit_code == 2);
}

}  // namespace
}  // namespace isoloss
