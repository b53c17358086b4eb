// Flags that several commands have: one check, and none that is passed over.

#include "host/commands/commands.h"
#include "tests/catch.h"
#include "tests/refused_command.h"
#include "tests/run_program.h"
#include "tests/scratch_folder.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

constexpr const char* kRuns = " datasets/chinchilla_figure4.csv ";

// The parser of a command's flags, as the driver makes it.
struct Parser {
  explicit Parser(const Command& command) : line(app), work(command.add(line)) {}
  CLI::App app;
  CommandLine line;
  Work work;
};

}  // namespace

TEST_CASE("A flag is checked in every command that has it") {
  const struct {
    const char* flag;
    const char* wrong;
    const char* message;
  } flags[] = {
      {"--threads", "-5", "--threads must be 0 to 4096"},
      {"--confidence", "95", "--confidence must be between 0 and 1"},
      {"--bootstrap", "1", "--bootstrap must be 0 or between"},
      {"--flops-per-token-param", "0", "--flops-per-token-param must be positive"},
      {"--effort", "0", "--effort must be 1 to 1000"},
      {"--column", "loss", "--column loss has no '='"},
      {"--json", "''", "--json names no file"},
  };
  int num_checked = 0;
  for (const Command& command : all_commands()) {
    Parser parser(command);
    for (const auto& [flag, wrong, message] : flags) {
      if (parser.app.get_option_no_throw(flag) == nullptr) continue;
      ++num_checked;
      INFO(command.name << " " << flag);
      const std::string said =
          refused_command(std::string(command.name) + " " + flag + " " + wrong);
      CHECK(contains(said, message));
    }
  }
  CHECK(num_checked >= 35);
}

TEST_CASE("A flag that the source of a law does not use is refused") {
  const ScratchFolder folder;
  const std::string saved = folder.file("fit.json");
  run_program(std::string("fit") + kRuns + "--bootstrap 0 --quiet --json " + saved);
  const std::string budget = " --compute 1e24";
  for (const std::string& source : {"--fit " + saved, std::string("--published hoffmann2022")}) {
    for (const char* flag : {"--bootstrap 20", "--seed 2", "--drop-missing", "--device cpu"}) {
      INFO(source << " " << flag);
      CHECK(contains(refused_command("optimum " + source + budget + " " + flag),
                     "goes with a file of runs"));
    }
  }
  CHECK(contains(refused_command("forecast --fit " + saved + budget +
                                 " --growth 4x/year --years 1 --confidence 0.5"),
                 "a saved fit has its own"));
  const std::string power_law = "optimum --published kaplan2020" + budget;
  CHECK(run_program(power_law).exit_code == 0);
  CHECK(contains(refused_command(power_law + " --bootstrap 20"), "goes with a file of runs"));
  CHECK(contains(refused_command(power_law + " --flops-per-token-param 7"), "goes with a law"));
  CHECK(
      contains(refused_command("predict --params 1e9 --tokens 1e10 --unit tokens=B --fit " + saved),
               "--unit goes with a file of runs"));
  CHECK(
      contains(refused_command("predict --group run --fit " + saved + kRuns), "leave out --group"));
}

TEST_CASE("A forecast of a recipe takes the confidence that it is asked for") {
  const std::string years =
      " --compute 1e24 --growth 4x/year:3x..5x --years 1 --published hoffmann2022 --json -";
  const std::string wide = run_program("forecast" + years).output;
  const std::string narrow = run_program("forecast --confidence 0.5" + years).output;
  CHECK(narrow != wide);
}

TEST_CASE("A list takes no other flags") {
  CHECK(contains(refused_command("verify --list --json list.json"), "--json beside --list"));
  CHECK(contains(refused_command("optimum --list --published kaplan2020"), "beside --list"));
}

}  // namespace isoloss
