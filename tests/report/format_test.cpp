// The formats of --format, for one fit and for every command.

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "host/base/file_bytes.h"
#include "host/report/format.h"
#include "tests/catch.h"
#include "tests/refused_command.h"
#include "tests/run_program.h"
#include "tests/scratch_folder.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

// What tests/golden/fit.md, fit.tex and fit.csv hold is written by this with --format.
const std::string kFit =
    "fit datasets/chinchilla_figure4.csv --drop-highest-loss 5 --compute 5.76e23 --bootstrap 100 "
    "--device cpu --format ";

}  // namespace

TEST_CASE("A fit in each format is what it was") {
  for (const auto& [format, ending] :
       {std::pair("markdown", "md"), std::pair("latex", "tex"), std::pair("csv", "csv")}) {
    INFO(format);
    CHECK(run_program(kFit + format + " 2>/dev/null").output ==
          read_file(std::string(ISOLOSS_SOURCE "/tests/golden/fit.") + ending));
  }
}

TEST_CASE("Every command takes every format") {
  for (const char* command :
       {"doctor", "laws", "datasets", "explain", "optimum --list", "verify --list",
        "count --layers 4 --d-model 128 --vocab 50k --seq 512",
        "optimum --published besiroglu2024 --compute 1e22",
        "compare-optima --published besiroglu2024 --compute 1e21",
        "forecast --published besiroglu2024 --compute 1e25 --years 3 --growth 4x/year"})
    for (const Format& format : formats()) {
      INFO(command << " " << format.name);
      const ProgramRun run =
          run_program(std::string(command) + " --format " + format.name + " 2>&1");
      CHECK(run.exit_code == 0);
    }
  CHECK(contains(refused_command("doctor --format word"), "--format"));
}

TEST_CASE("LaTeX has symbols for parameters and numbers rounded by their intervals") {
  Table table{{untitled("parameter"), {"estimate"}, {"95% interval"}, untitled("meaning")}};
  const auto add = [&](const char* name, double value, Interval interval) {
    table.rows.push_back({name, {"own", value}, {"ends", {NAN, {}, interval}}, "in file_b"});
  };
  add("alpha", 0.347314, {0.318147, 0.37778});
  add("R_D", 15.3871, {3.1, 1e9});
  add("B", 12846.4, {1944.3, 79388.2});
  table.rows.push_back({"beta_N", {"0.5", 0.5}, "fixed", ""});
  const std::string latex = format_named("latex").render({"", "", {}, {{"", {table}}}}, {});
  CHECK(contains(latex, "$\\alpha$ & 0.347 & 0.318 to 0.378 & in file\\_b \\\\"));
  CHECK(contains(latex, "$R_{D}$ & 15 & ends & "));
  CHECK(contains(latex, "$B$ & 12846 & 1944 to 79388 & "));
  CHECK(contains(latex, "$\\beta_{N}$ & 0.5 & fixed & "));
}

TEST_CASE("A table of LaTeX folds what is too wide for a page and breaks what is too long") {
  const std::string words = "words that go on and on, far beyond the end of a line of an article";
  Table table{{{"name"}, {"what it is"}}};
  table.rows.assign(3, {"datum", words});
  const std::string folded = format_named("latex").render({"", "", {}, {{"", {table}}}}, {});
  CHECK(contains(folded, "\\begin{tabular}{l>{\\raggedright\\arraybackslash}p{0."));
  table.rows.assign(60, {"datum", "word"});
  const std::string broken = format_named("latex").render({"", "", {}, {{"", {table}}}}, {});
  CHECK(contains(broken, "\\begin{longtable}{ll}"));
  CHECK(contains(broken, "\\endhead"));
}

TEST_CASE("What LaTeX is written compiles, and no table is higher than a page") {
  if (std::system("command -v pdflatex >/dev/null 2>&1") != 0) {
    WARN("test skipped: there is no pdflatex");
    return;
  }
  const ScratchFolder scratch;
  std::ofstream paper(scratch.file("paper.tex"));
  paper << "\\documentclass{article}\n\\usepackage{array,booktabs,longtable}\n\\begin{document}\n";
  for (const char* command :
       {"fit datasets/chinchilla_figure4.csv --bootstrap 20",
        "fit tests/foreign_text/c1_run.csv --bootstrap 0", "laws", "laws multi_power",
        "optimum --list", "optimum --published besiroglu2024 --compute 1e22",
        "compare-optima --published besiroglu2024 --compute 1e21", "verify --list",
        "verify slimpajama_24", "isoflop datasets/cs336_isoflop.csv --bootstrap 20",
        "forecast --published besiroglu2024 --compute 1e25 --years 3 --growth 4x/year",
        "race datasets/llama_curves.csv --where \"family == 'llama1'\" --bootstrap 0", "datasets",
        "count --count-from kaplan --params 100k,1.5B", "explain", "doctor", "help", "help fit"})
    paper << run_program(std::string(command) + " --format latex 2>/dev/null").output;
  paper << "\\end{document}\n";
  paper.close();
  const std::string command = "cd " + isoloss::quoted(scratch.path()) +
                              " && pdflatex -halt-on-error -interaction=nonstopmode paper.tex";
  CHECK(std::system((command + " >log.txt 2>&1").c_str()) == 0);
  const std::string log = read_file(scratch.file("log.txt"));
  CHECK(!contains(log, "Overfull \\vbox"));
  CHECK(!contains(log, "Missing character"));
}

TEST_CASE("Text is what is shown without --format") {
  const std::string command = "optimum --published besiroglu2024 --compute 1e22";
  CHECK(run_program(command).output == run_program(command + " --format text").output);
}

TEST_CASE("CSV has no warnings: those go to standard error") {
  const std::string command =
      "optimum datasets/chinchilla_figure4.csv --bootstrap 0 --compute 1e30 --format csv";
  CHECK(!contains(run_program(command + " 2>/dev/null").output, "warning"));
  CHECK(contains(run_program(command + " 2>&1 >/dev/null").output, "[extrapolation]"));
}

TEST_CASE("The CSV of a fit has the numbers of its JSON") {
  const std::string fit = "fit datasets/chinchilla_figure4.csv --bootstrap 0 ";
  const std::string csv = run_program(fit + "--format csv 2>/dev/null").output;
  const nlohmann::json json =
      nlohmann::json::parse(run_program(fit + "--json - 2>/dev/null").output);
  for (const auto& [name, param] : json.at("params").items())
    CHECK(contains(csv, name + "," + param.at("value").dump() + ","));
}

}  // namespace isoloss
