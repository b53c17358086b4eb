// The line of progress: on a terminal only, and gone when the work is.

#include "host/base/progress.h"

#include <string>
#include <vector>

#include "host/base/call.h"
#include "host/commands/driver.h"
#include "tests/catch.h"
#include "tests/run_in_terminal.h"
#include "tests/test_files.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

constexpr const char* kNoLine = "\r\x1B[K";

// How often a command told how far it was; the words as the driver gets them.
int num_told(std::vector<std::string> words) {
  Call call;
  int told = 0;
  bool is_done = false;
  call.progress = [&](int done, int all) {
    told += done <= all ? 1 : 0;
    is_done = done == all;
  };
  const CallScope scope(call);
  std::vector<const char*> argv{"isoloss"};
  for (const std::string& word : words) argv.push_back(word.c_str());
  CHECK(run_command_line(static_cast<int>(argv.size()), argv.data()) == 0);
  CHECK(is_done);
  return told;
}

std::string data(const char* name) {
  return (tests_folder().parent_path() / "datasets" / name).string();
}

}  // namespace

TEST_CASE("Every long command tells how far it is") {
  const std::string runs = data("chinchilla_figure4.csv");
  CHECK(num_told({"fit", runs, "--bootstrap", "200"}) > 0);
  CHECK(num_told({"optimum", runs, "--bootstrap", "200"}) > 0);
  CHECK(num_told({"compare-laws", runs, "--laws", "chinchilla,kaplan"}) > 0);
  CHECK(num_told({"backtest", runs, "--bootstrap", "20"}) > 0);
  CHECK(num_told({"influence", runs, "--bootstrap", "20", "--each", "size"}) > 0);
  CHECK(num_told({"isoflop", data("cs336_isoflop.csv"), "--bootstrap", "200"}) > 0);
  CHECK(num_told({"race", data("llama_curves.csv"), "--where", "family == 'llama1'", "--bootstrap",
                  "20"}) > 0);
  CHECK(num_told({"verify", "muennighoff_2023"}) > 0);
}

// Standard input that comes late makes any machine wait.
TEST_CASE("Work that waits shows a line on a terminal, and takes it away") {
  const std::string late = "(sleep 1; cat datasets/cs336_isoflop.csv) |";
  const std::string fit = "fit - --bootstrap 0";
  const std::string shown = run_in_terminal(fit, 80, late).output;
  CHECK(contains(shown, kNoLine + std::string("fit, 0:0")));
  const std::size_t answer = shown.find("L(N, D) = E");
  REQUIRE(answer != std::string::npos);
  CHECK(shown.rfind(kNoLine) < answer);
  CHECK(!contains(run_in_terminal(fit + " 2>&1 | cat", 80, late).output, "fit, 0:0"));
}

TEST_CASE("A call from another program is told instead") {
  Call call;
  int told = 0;
  call.progress = [&](int done, int all) { told = 100 * done + all; };
  const CallScope scope(call);
  const Progress progress("fit");
  tell_progress("bootstrap", 3, 7);
  CHECK(told == 307);
  CHECK(call.err.empty());
}

}  // namespace isoloss
