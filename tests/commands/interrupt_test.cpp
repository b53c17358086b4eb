// Whatever a command is at, a signal ends it soon, and nothing stays behind.

#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <string>

#include "host/base/stop.h"
#include "host/base/threads.h"
#include "tests/catch.h"
#include "tests/run_program.h"
#include "tests/scratch_folder.h"

namespace isoloss {
namespace {

const std::string kFigure4 = "datasets/chinchilla_figure4.csv ";

// Curves of three sizes, and a table of many runs.
void write_curves(const std::string& path) {
  std::ofstream out(path);
  out << "run,params,tokens,loss\n";
  for (int size = 1; size <= 3; ++size)
    for (int step = 1; step <= 4000; ++step)
      out << "r" << size << "," << size << "e8," << step << "e6," << 2 + 1.0 / size + 9.0 / step
          << "\n";
}

void write_runs(const std::string& path) {
  std::ofstream out(path);
  out << "params,tokens,loss\n";
  for (int i = 1; i <= 1000000; ++i)
    out << 1000000 + i % 997 * 1000 << "," << 1000000000 + i % 1009 * 1000000 << ","
        << 2 + i % 83 * 0.01 << "\n";
}

// Ends with 130 if it dies within the 2 seconds behind the signal, with 137 if it must be killed.
ProgramRun signalled(const std::string& arguments, const std::string& signal,
                     const std::string& after) {
  return run_program(arguments + " --json /dev/null 2>/dev/null >/dev/null",
                     "timeout --preserve-status --kill-after=2 --signal=" + signal + " " + after);
}

}  // namespace

TEST_CASE("A signal ends every long command with 130 and leaves nothing behind") {
  const ScratchFolder inputs;
  write_curves(inputs.file("curves.csv"));
  write_runs(inputs.file("runs.csv"));
  const ScratchFolder outputs;
  const std::string draws = " --draws " + outputs.file("draws.npy");
  const std::string commands[] = {
      "fit " + kFigure4 + "--bootstrap 10000000",
      "fit " + kFigure4 + "--bootstrap 3000000" + draws,
      "fit " + kFigure4 + "--starts grid --bootstrap 3000000",
      "fit " + kFigure4 + "--law farseer --effort 300",
      "fit tests/broken/two_breaks_a.csv --law broken_3 --effort 300",
      "fit " + inputs.file("runs.csv"),
      "fit " + inputs.file("runs.csv") + " --objective absolute",
      "optimum " + kFigure4 + "--bootstrap 3000000",
      "race " + inputs.file("curves.csv") + " --group run --bootstrap 100000",
      "forecast --published hoffmann2022 --compute 5e25 --growth 4x/year:3x..5x --years 9 "
      "--samples 1000000",
      "influence " + kFigure4 + "--bootstrap 300000",
      "verify",
  };
  int number = 0;
  for (const std::string& command : commands) {
    const char* signal[] = {"INT", "TERM", "HUP"};
    INFO(command);
    CHECK(signalled(command, signal[number % 3], number % 2 == 0 ? "0.3" : "0.5").exit_code == 130);
    CHECK(outputs.num_files() == 0);
    ++number;
  }
}

TEST_CASE("A token ends the work of its own thread and of those that share it, and no other") {
  const std::atomic<bool> stopped{true};
  const auto work = [](int, int) {};
  {
    const StopScope scope(&stopped);
    CHECK_THROWS_AS(throw_if_stopped(), Interrupted);
    CHECK_THROWS_AS(parallel_for(8, 3, work), Interrupted);
  }
  CHECK_NOTHROW(throw_if_stopped());
  CHECK_NOTHROW(parallel_for(8, 3, work));
  std::atomic<bool> later{false};
  const StopScope scope(&later);
  CHECK_THROWS_AS(parallel_for(1000, 3,
                               [&](int i, int) {
                                 if (i == 5) later = true;
                               }),
                  Interrupted);
}

TEST_CASE("A signal ends the wait for a pipe that nobody opens or reads") {
  const ScratchFolder folder;
  const std::string pipe = folder.file("pipe");
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  const std::string fit = "fit datasets/cs336_isoflop.csv --bootstrap 10 --quiet ";
  for (const std::string& command :
       {"fit " + pipe, "merge " + pipe, fit + "--law @" + pipe, fit + "--config " + pipe,
        "optimum --compute 1e22 --fit " + pipe, fit + "--json " + pipe,
        fit + "--part 1/2 --shard " + pipe}) {
    INFO(command);
    for (const char* signal : {"INT", "TERM", "HUP"})
      CHECK(run_program(
                command + " 2>/dev/null >/dev/null",
                std::string("timeout --preserve-status --kill-after=2 --signal=") + signal + " 0.3")
                .exit_code == 130);
  }
}

}  // namespace isoloss
