// isoloss figure: charts of saved fits as files. What matplotlib makes of them is tested from
// Python, python/tests/test_figures.py.

#include <filesystem>
#include <fstream>

#include "host/base/file_bytes.h"
#include "tests/catch.h"
#include "tests/figure_data.h"
#include "tests/refused_command.h"
#include "tests/run_program.h"
#include "tests/scratch_folder.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

// A program that stands for Python, with such a script.
std::string stand_in(const ScratchFolder& scratch, const std::string& script) {
  const std::string path = scratch.file("python");
  std::ofstream(path) << "#!/bin/sh\n" << script << "\n";
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  return "ISOLOSS_PYTHON=" + isoloss::quoted(path);
}

const std::string kSmall = "fit datasets/slimpajama_cosine24.csv --bootstrap 20";

}  // namespace

TEST_CASE("A figure is what Python makes of the data of the chart") {
  const SavedFigures fit(kSmall);
  const ScratchFolder scratch;
  const std::string out = scratch.file("loss.pdf");
  const std::string ask = "figure loss --width icml --fit " + isoloss::quoted(fit.path()) + " -o " +
                          isoloss::quoted(out) + " 2>&1";
  CHECK(run_program(ask, stand_in(scratch, "echo \"$4 $5\"; cat")).exit_code == 0);
  const std::string made = read_file(out);
  CHECK(made.starts_with("icml pdf\n{\"kind\":\"loss\""));
  CHECK(Json::parse(made.substr(made.find('{'))).at("traces").size() == 2);
}

TEST_CASE("Where nothing draws a figure, one sentence says what to install") {
  const SavedFigures fit(kSmall);
  const ScratchFolder scratch;
  const std::string out = scratch.file("loss.svg");
  const std::string ask =
      "figure loss --fit " + isoloss::quoted(fit.path()) + " -o " + isoloss::quoted(out) + " 2>&1";
  const auto refused = [&](const std::string& with) {
    const ProgramRun run = run_program(ask, with);
    CHECK(run.exit_code == 2);
    CHECK(!std::filesystem::exists(out));
    CHECK(std::count(run.output.begin(), run.output.end(), '\n') == 1);
    return run.output;
  };
  const std::string none = refused("ISOLOSS_PYTHON=/none");
  CHECK(contains(none, "a figure needs Python, and /none is not here; apt install "));
  CHECK(contains(refused(stand_in(scratch, "exit 3")), "a figure needs matplotlib, and "));
  CHECK(contains(refused(stand_in(scratch, "echo 'no width a4' >&2; exit 2")), "no width a4"));
  CHECK(contains(refused(stand_in(scratch, "echo 'File x' >&2; echo 'KeyError: y' >&2; exit 1")),
                 " drew no figure; at last it said: KeyError: y; "));
}

TEST_CASE("A figure goes into as many files as are named, before its kind too") {
  const SavedFigures fit(kSmall);
  const ScratchFolder scratch;
  const std::string one = scratch.file("one.json"), other = scratch.file("other.json");
  const ProgramRun run =
      run_program("figure -o " + isoloss::quoted(one) + " loss --fit " +
                  isoloss::quoted(fit.path()) + " -o " + isoloss::quoted(other) + " 2>&1");
  CHECK(run.exit_code == 0);
  CHECK(read_file(one) == read_file(other));
  CHECK(contains(read_file(one), "Loss against compute"));
}

TEST_CASE("A figure that there is not is answered with those that there are") {
  const SavedFigures fit(kSmall);
  const std::string of = " --fit " + isoloss::quoted(fit.path()) + " -o ";
  CHECK(contains(refused_command("figure isoflops" + of + "none.json"), "did you mean isoflop"));
  CHECK(contains(refused_command("figure pie" + of + "none.json"), "it has loss, sizes, "));
  CHECK(contains(refused_command("figure exponents" + of + "none.json"), "give --draws"));
  CHECK(contains(refused_command("figure loss" + of + "none.gif"), "is neither .pdf, .svg"));
  CHECK(contains(refused_command("figure loss" + of + "none.json --compute -1"), "--compute"));
  CHECK(contains(refused_command("figure loss --fit datasets/datasets.toml -o none.json"),
                 "not the JSON of a fit"));
}

}  // namespace isoloss
