// Commands that read runs from several files, or from standard input.

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tests/catch.h"
#include "tests/run_program.h"
#include "tests/scratch_folder.h"
#include "tests/test_files.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

using Json = nlohmann::json;

// A data set cut in two files, each with its header.
class Halves {
 public:
  explicit Halves(const std::string& data_set) {
    std::istringstream text(test_file("../datasets/" + data_set));
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);)
      if (!line.starts_with('#')) lines.push_back(line);
    for (const bool is_first : {true, false}) {
      std::ofstream out(folder_.file(is_first ? "a.csv" : "b.csv"));
      for (std::size_t i = 0; i < lines.size(); ++i)
        if (i == 0 || (i < lines.size() / 2) == is_first) out << lines[i] << "\n";
    }
  }
  std::string names() const { return folder_.file("a.csv") + " " + folder_.file("b.csv") + " "; }

 private:
  ScratchFolder folder_;
};

// What a command writes as JSON, but for the files that it read and the lines there.
Json answer_of(const std::string& arguments) {
  Json out = Json::parse(run_program(arguments + " --json -").output);
  out.erase("runs");
  if (out.contains("rows"))
    for (const char* place : {"file", "line", "left_out_files"}) out["rows"].erase(place);
  return out;
}

}  // namespace

TEST_CASE("Two files are fitted like one that holds both") {
  const Halves halves("slimpajama_cosine24.csv");
  const std::string more = "--bootstrap 20 --quiet";
  CHECK(answer_of("fit " + halves.names() + more) ==
        answer_of("fit datasets/slimpajama_cosine24.csv " + more));
}

TEST_CASE("Rows of several files have the names of their files") {
  const Halves halves("chinchilla_figure4.csv");
  const std::string first = halves.names().substr(0, halves.names().find(' '));
  const std::string fit =
      "fit " + halves.names() + "--drop-highest-loss 2 --bootstrap 0 --quiet 2>/dev/null ";
  const Json json = Json::parse(run_program(fit + "--json -").output);
  const Json& rows = json.at("rows");
  REQUIRE(rows.at("file").size() == rows.at("line").size());
  CHECK(rows.at("file").front() == first);
  CHECK(rows.at("file").back().get<std::string>().ends_with("/b.csv"));
  CHECK(rows.at("left_out_files")[0].size() == 2);
  const std::string csv = run_program(fit + "--rows -").output;
  CHECK(csv.starts_with("file,line,run,params,"));
  std::istringstream lines(csv);
  std::size_t num_first = 0, num = 0;
  for (std::string line; std::getline(lines, line); ++num) num_first += line.starts_with(first);
  CHECK(num == 1 + 245);
  CHECK(num_first == 122);
  // A warning and what is seen beside a run say it too; of one file both say the line alone.
  CHECK(contains(run_program("fit " + halves.names() + "--bootstrap 0 --quiet 2>&1").output,
                 "/a.csv, line "));
  const std::string page = run_program(fit + "--plotly cdn --report -").output;
  CHECK(contains(page, "/b.csv, line "));
  const Json one = Json::parse(
      run_program("fit datasets/chinchilla_figure4.csv --bootstrap 0 --quiet --json -").output);
  CHECK(!one.at("rows").contains("file"));
}

TEST_CASE("A race reads several files") {
  const Halves halves("llama_curves.csv");
  const std::string more = "--where \"family == 'llama2'\" --by tokens --bootstrap 20";
  CHECK(answer_of("race " + halves.names() + more) ==
        answer_of("race datasets/llama_curves.csv " + more));
}

TEST_CASE("A prediction reads several files") {
  const Halves halves("slimpajama_cosine24.csv");
  const ScratchFolder folder;
  const std::string fit = folder.file("fit.json");
  run_program("fit datasets/slimpajama_cosine24.csv --bootstrap 0 --quiet --json " + fit);
  const std::string more = " --csv - --fit " + fit;
  const std::string whole = run_program("predict datasets/slimpajama_cosine24.csv" + more).output;
  CHECK(contains(whole, "predicted,observed"));
  CHECK(run_program("predict " + halves.names() + more).output == whole);
}

TEST_CASE("A comparison reads standard input once, for both of its fits") {
  const std::string more =
      " --isoflop flops --compute 1e20 --bootstrap 0 --recipes hoffmann2022_approach2 2>&1";
  const ProgramRun of_file = run_program("compare-optima datasets/cs336_isoflop.csv" + more);
  const ProgramRun piped = run_program("compare-optima -" + more + " < datasets/cs336_isoflop.csv");
  CHECK(piped.exit_code == of_file.exit_code);
  std::string expected = of_file.output;
  const std::string name = "datasets/cs336_isoflop.csv";
  REQUIRE(contains(expected, name));
  CHECK(piped.output == expected.replace(expected.find(name), name.size(), "standard input"));
}

}  // namespace isoloss
