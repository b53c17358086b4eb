// Help, and what is said of command lines that the parser refuses.

#include <string>

#include "host/commands/commands.h"
#include "tests/catch.h"
#include "tests/refused_command.h"
#include "tests/scratch_folder.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

}  // namespace

TEST_CASE("isoloss alone shows its help, and that something is missing") {
  const ProgramRun bare = run_program("");
  CHECK(bare.exit_code == 2);
  CHECK(bare.output == run_program("--help").output);
  CHECK(bare.output == run_program("help").output);
  CHECK(run_program("help").exit_code == 0);
  for (const Command& command : all_commands()) {
    CHECK(contains(bare.output, std::string("  ") + command.name + " "));
    CHECK(contains(bare.output, std::string("\n") + command.group + "\n"));
  }
}

TEST_CASE("The help of a command has its flags by groups and two examples") {
  for (const Command& command : all_commands()) {
    const std::string help = run_program(std::string(command.name) + " --help").output;
    INFO(command.name);
    CHECK(help == run_program(std::string("help ") + command.name).output);
    CHECK(contains(help, std::string("usage: isoloss ") + command.name));
    CHECK(contains(help, "  --help "));
    CHECK(contains(help, "\nExamples\n"));
    for (const char* example : command.examples) CHECK(contains(example, command.name));
  }
  const std::string fit = run_program("help fit").output;
  for (const char* group : {"Arguments", "Reading runs", "Fitting", "Running and output"})
    CHECK(contains(fit, std::string("\n") + group + "\n"));
  CHECK(contains(fit, "--law LAW=chinchilla"));
  CHECK(contains(run_program("help fit --format markdown").output, "## Fitting"));
}

TEST_CASE("The examples of the help run") {
  const ScratchFolder folder;
  const std::string fit = "fit datasets/slimpajama_cosine24.csv --bootstrap 40 --quiet ";
  for (const char* k : {"1", "2"})
    run_program(fit + "--part " + k + "/2 --shard " +
                folder.file((std::string("shard-") + k).c_str()));
  for (const Command& command : all_commands()) {
    if (command.is_text) continue;
    for (std::string example : command.examples) {
      example = replaced(example, "shard-2", folder.file("shard-2"));
      for (const char* name : {"fit.json", "draws.npy", "shard-1 ", "fit.html"})
        example = replaced(example, std::string(" ") + name, " " + folder.file(name));
      // The default is for intervals that one reads.
      const bool has_runs = contains(example, " datasets/") && !contains(example, "predict") &&
                            !contains(example, "inspect");
      if (has_runs) example += " --bootstrap 20";
      for (const char* name : {"envelope.json", "simulated.csv"})
        example = replaced(example, std::string(" ") + name, " " + folder.file(name));
      INFO(example);
      // The curves that come along are of three sizes, of which an envelope says that it is too
      // few.
      const int expected = contains(example, "envelope") ? 1 : 0;
      CHECK(run_program(example + " 2>&1").exit_code == expected);
    }
  }
}

TEST_CASE("What the parser refuses is said with the flag and what it takes") {
  const std::string runs = "fit datasets/cs336_isoflop.csv ";
  const struct {
    std::string arguments, said;
  } refused[] = {
      {"fti", "isoloss: no command is called \"fti\"; did you mean fit?"},
      {"help otpimum", "did you mean optimum?"},
      {"--verison", "isoloss: there is no flag --verison"},
      {"fit", "isoloss: fit needs RUNS.csv; RUNS.csv ...: Files of runs"},
      {runs + "--boostrap 10", "isoloss: fit has no flag --boostrap; did you mean --bootstrap?"},
      {runs + "--boostrap=10", "fit has no flag --boostrap; did you mean"},
      {runs + "--threads many",
       "isoloss: --threads does not take \"many\"; --threads N=0: Threads"},
      {runs + "--threads", "isoloss: --threads needs a value; --threads N=0: Threads"},
      {runs + "--law kaplan --law coupled", "isoloss: --law is given more than once"},
      {runs + "--seed -1", "isoloss: --seed: -1 is not a whole number"},
      {runs + "--objective hubr", "--objective is none of huber, squared, absolute: hubr; did you"},
      {"explain outlier further", "explain takes no further word \"further\""},
      {runs + "--law chinchila", "did you mean chinchilla?"},
      {runs + "--column loss=losss", "did you mean loss?"},
      {runs + "--column los=loss", "did you mean loss?"},
      {"datasets chinchila_figure4", "did you mean chinchilla_figure4?"},
      {"explain outlers", "did you mean outlier?"},
      {"optimum --published kaplan_2000", "did you mean kaplan2020"},
      {"verify muennighof_2023", "did you mean muennighoff_2023"},
      {"verify besiroglu_204", "did you mean besiroglu_2024_"},
      {runs + "--where 'los<4'", "no column \"los\" (did you mean loss?)"},
      {runs + "--by gruop", "did you mean group?"},
      {runs + "--by group --share alhpa", "did you mean alpha?"},
      {runs + "--fix alhpa=0.3", "did you mean alpha?"},
      {runs + "--fix alpha=bta", "did you mean beta?"},
      {runs + "--bound bta=0:1", "did you mean beta?"},
      {runs + "--start alhpa=1", "did you mean alpha?"},
      {runs + "--law 'E + A/N^slope' --start slop=1", "did you mean slope?"},
      {runs + "--schedule cosin:peak=1", "did you mean cosine?"},
      {"fit datasets/cs336_isoflops.csv", "did you mean datasets/cs336_isoflop.csv?"},
      {"fit cs336_isoflop", "did you mean datasets/cs336_isoflop.csv?"},
  };
  for (const auto& [arguments, said] : refused) {
    INFO(arguments);
    const std::string message = refused_command(arguments);
    CHECK(message.rfind("isoloss: ", 0) == 0);
    CHECK(contains(message, said));
    CHECK(!contains(message, "Run with"));
  }
}

}  // namespace isoloss
