// What a terminal shows: lines that fit it, colour where it is wanted, and a file that has neither.

#include <cstddef>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "host/base/warnings.h"
#include "host/commands/commands.h"
#include "host/laws/registry.h"
#include "tests/catch.h"
#include "tests/run_in_terminal.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

// Every command, and what has the widest tables.
const char* const kCommands[] = {
    "fit datasets/chinchilla_figure4.csv --bootstrap 200",
    "fit datasets/olmo_ladder_final.csv --column tokens='steps*batch_tokens' --drop-missing "
    "--bootstrap 0",
    "fit datasets/data_constrained_c4.csv --law data_constrained --bootstrap 20",
    "fit datasets/cerebras_pythia_pile.csv",
    "fit no_such_file.csv",
    "optimum --published besiroglu2024 --compute 1e24 --memory 24GB --bits 4",
    "optimum --published besiroglu2024 --params 18.1B,36.1B --tokens 5.31T,2.66T",
    "optimum --published devries2023 --quality-of 13B --overhead 10%,30%",
    "optimum datasets/chinchilla_figure4.csv --bootstrap 200 --quality-of 13B --inference-tokens "
    "0,1T",
    "optimum --published nobody",
    "optimum --list",
    "compare-optima datasets/chinchilla_figure4.csv --bootstrap 200 --compute 5.76e23 "
    "--inference-tokens 1e12,1e13",
    "compare-laws datasets/chinchilla_figure4.csv --laws chinchilla,coupled,kaplan,farseer",
    "backtest datasets/chinchilla_figure4.csv",
    "inspect datasets/chinchilla_figure4.csv --drop-highest-loss 5",
    "inspect tests/designs/one_size.csv",
    "influence datasets/chinchilla_figure4.csv --bootstrap 200 --each size",
    "isoflop datasets/cs336_isoflop.csv --curve cubic --compute 1e21",
    "forecast datasets/chinchilla_figure4.csv --bootstrap 200 --compute 3.8e25 --from 2024 "
    "--growth 4x/year:3x..5x --unique-tokens 300T:100T..1000T --years 6 --recipes "
    "kaplan2020,llama2024",
    "race datasets/llama_curves.csv --where \"family == 'llama1'\" --by time --bootstrap 100",
    "count --layers 32 --d-model 4096 --d-ff 11008 --gated --heads 32 --vocab 32000 --untied --seq "
    "4096 --tokens 2T",
    "count --count-from kaplan --params 100k,1.5B",
    "verify muennighoff_2023",
    "verify --list",
    "laws",
    "laws farseer",
    "datasets",
    "datasets porian_isoflop_points",
    "doctor",
    "explain",
    "explain outlier",
    "",
    "fti",
    "fit datasets/chinchilla_figure4.csv --bootstrap 20 --plot",
    "fit datasets/overtraining_open_lm.csv --by dataset --share alpha,beta --bootstrap 20",
    "fit datasets/lr_schedule_curves_25m.csv --law multi_power --schedule "
    "datasets/lr_schedules.toml "
    "--where \"run == 'cosine_24000'\" --bootstrap 0",
    "fit datasets/four_digit_addition.csv --law broken_1 --bootstrap 0",
    "fit datasets/nist/Misra1a.csv --law 'b1*(1 - exp(-b2*x))' --response y --residual linear "
    "--objective squared --bootstrap 50",
    "isoflop datasets/porian_isoflop_points.csv --tolerance 0.1 "
    "--where \"group == 'rw|tuned|short|const|standard|val'\"",
    "optimum datasets/porian_optimal_pairs.csv --law 'A*C^a' --response n_opt",
    "envelope datasets/llama_curves.csv --where \"family == 'llama2'\" --bootstrap 20 --plot",
    "coverage datasets/chinchilla_figure4.csv --sets 10 --bootstrap 40 --objective squared "
    "--noise gauss:sd=0.0075 --plot",
    "simulate datasets/chinchilla_figure4.csv --noise gauss:sd=0.01",
    "man --help",
};

// And what there is to read of each command, law and warning.
std::vector<std::string> all_commands_to_read() {
  std::vector<std::string> out(std::begin(kCommands), std::end(kCommands));
  for (const Command& command : all_commands()) out.push_back(std::string("help ") + command.name);
  for (const LawEntry& law : all_laws()) out.push_back("laws " + std::string(law.name));
  for (const auto& warning : kWarnings) out.push_back("explain " + std::string(warning.name));
  return out;
}

// What is seen once a line of progress has been taken away, without codes of colour.
std::string seen(const std::string& shown) {
  static const std::regex codes("\x1B\\[[0-9]*m|\r[^\n]*\x1B\\[K|\r");
  return std::regex_replace(shown, codes, "");
}

void check_width(const std::string& arguments, unsigned short columns) {
  std::istringstream lines(seen(run_in_terminal(arguments, columns).output));
  std::size_t num_lines = 0;
  for (std::string line; std::getline(lines, line); ++num_lines) {
    INFO(arguments << " at " << columns << ": " << line);
    CHECK(line.size() <= columns);
  }
  CHECK(num_lines > 0);
}

}  // namespace

TEST_CASE("No line of a command is longer than the terminal is wide") {
  for (const std::string& command : all_commands_to_read())
    for (const unsigned short columns : {60, 80, 120}) check_width(command, columns);
}

TEST_CASE("COLUMNS has the last word, from 60 to 120") {
  const std::string wide = "fit datasets/chinchilla_figure4.csv --bootstrap 0";
  const auto longest = [&](const char* columns) {
    const std::string before = std::string("COLUMNS=") + columns;
    return longest_line(seen(run_in_terminal(wide, 80, before).output));
  };
  CHECK(longest("70") <= 70);
  CHECK(longest("20") == longest("60"));
  CHECK(longest("1000") == longest("120"));
  CHECK(longest("120") > 80);
}

TEST_CASE("A file has the same lines whatever the terminal that it is made from") {
  const std::string command = "optimum --list";
  const std::string plain = run_program(command).output;
  CHECK(run_program(command, "COLUMNS=60").output == plain);
  CHECK(run_in_terminal(command + " | cat", 60).output != run_in_terminal(command, 60).output);
  CHECK(!contains(run_in_terminal(command + " | cat", 60).output, "\x1B"));
}

TEST_CASE("Colour is for terminals that have it and users who want it") {
  const std::string command = "fit datasets/chinchilla_figure4.csv --bootstrap 0";
  CHECK(contains(run_in_terminal(command, 80).output, "\x1B[33m"));
  CHECK(contains(run_in_terminal(command, 80, "NO_COLOR=").output, "\x1B[33m"));
  CHECK(!contains(run_in_terminal(command, 80, "NO_COLOR=1").output, "\x1B"));
  CHECK(!contains(run_in_terminal(command, 80, "TERM=dumb").output, "\x1B"));
  CHECK(!contains(run_in_terminal(command, 80, "TERM=").output, "\x1B"));
}

}  // namespace isoloss
