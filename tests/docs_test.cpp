// The README shows what the program prints: its console blocks are run, its tables are checked.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "host/base/text.h"
#include "host/formula/param_defaults.h"
#include "host/reading/quantity.h"
#include "tests/catch.h"
#include "tests/run_program.h"

namespace isoloss {
namespace {

std::string page(const std::string& name) {
  std::ifstream file(ISOLOSS_SOURCE "/" + name);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string readme() { return page("README.md"); }

// Files and folders of the repository that a page names in back quotes: "host/fit/", "fits/law.h".
std::set<std::string> named_paths(const std::string& name) {
  static const std::regex path(R"re(`((?:cuda|docs|fits|host|scripts|tests)/[\w/.]*)`)re");
  const std::string text = page(name);
  std::set<std::string> out;
  for (std::sregex_iterator at(text.begin(), text.end(), path), end; at != end; ++at)
    out.insert((*at)[1]);
  return out;
}

struct ConsoleBlock {
  std::string arguments;
  std::string output;
};

// ```console blocks that begin with "$ scripts/isoloss".
std::vector<ConsoleBlock> console_blocks() {
  static const std::string kOpen = "```console\n$ scripts/isoloss ";
  const std::string text = readme();
  std::vector<ConsoleBlock> out;
  for (std::size_t at = text.find(kOpen); at != std::string::npos; at = text.find(kOpen, at + 1)) {
    const std::size_t begin = at + kOpen.size();
    const std::size_t line_end = text.find('\n', begin);
    const std::size_t end = text.find("```", line_end);
    out.push_back(
        {text.substr(begin, line_end - begin), text.substr(line_end + 1, end - line_end - 1)});
  }
  return out;
}

// The first column of the table whose header row begins with `header`, without back quotes.
std::set<std::string> first_column(const std::string& header) {
  std::istringstream text(readme());
  std::set<std::string> out;
  std::string line;
  while (std::getline(text, line) && line.rfind("| " + header, 0) != 0) {
  }
  std::getline(text, line);  // the rule below the header
  while (std::getline(text, line) && line.rfind("| ", 0) == 0) {
    const std::string cell = line.substr(2, line.find(" |", 2) - 2);
    static const std::regex quoted("`([^`]+)`");
    for (std::sregex_iterator at(cell.begin(), cell.end(), quoted), end; at != end; ++at)
      out.insert((*at)[1]);
    if (cell.find('`') == std::string::npos) out.insert(cell);
  }
  return out;
}

bool is_understood(const std::string& header) {
  const std::string plain = plain_name(header);
  for (std::size_t i = 0; i < kNumQuantities; ++i) {
    const auto quantity = static_cast<Quantity>(i);
    const auto& others = names_of(quantity).others;
    if (is_short_name(quantity, header)) return true;
    if (std::find(others.begin(), others.end(), plain) != others.end()) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("Files that the pages name are there") {
  for (const char* name : {"README.md", "docs/architecture.md", "cuda/README.md"}) {
    const std::set<std::string> paths = named_paths(name);
    CHECK(!paths.empty());
    for (const std::string& path : paths) {
      INFO(name << " names " << path);
      CHECK(std::filesystem::exists(std::filesystem::path(ISOLOSS_SOURCE) / path));
    }
  }
}

TEST_CASE("The README's reports are what the program prints") {
  const std::vector<ConsoleBlock> blocks = console_blocks();
  REQUIRE(!blocks.empty());
  for (const ConsoleBlock& block : blocks) {
    INFO(block.arguments);
    CHECK(run_program(block.arguments).output == block.output);
  }
}

TEST_CASE("The README's table of JSON keys is complete") {
  const ProgramRun run =
      run_program("fit datasets/chinchilla_figure4.csv --bootstrap 50 --json - 2>/dev/null");
  const nlohmann::json report = nlohmann::json::parse(run.output);
  std::set<std::string> keys;
  for (const auto& [key, value] : report.items()) keys.insert(key);
  for (const char* said_in_prose : {"schema", "schema_version", "isoloss_version"})
    keys.erase(said_in_prose);
  CHECK(first_column("key of the JSON") == keys);
}

TEST_CASE("The README's exit codes are those of the program's help") {
  const std::string help = run_program("--help").output;
  for (const std::string& code : first_column("exit code")) {
    INFO(code);
    CHECK(help.find(code + " ") != std::string::npos);
  }
}

TEST_CASE("The README's column names are understood") {
  std::istringstream text(readme());
  std::string line;
  static const std::regex row(
      R"(\| (?:model size|training|loss|run)[^|]*\| ([^|]*)\| ([^|]*)\|.*)");
  static const std::regex quoted("`([^`]+)`");
  int num_names = 0;
  while (std::getline(text, line)) {
    std::smatch cells;
    if (!std::regex_match(line, cells, row)) continue;
    const std::string names = cells[1].str() + cells[2].str();
    for (std::sregex_iterator at(names.begin(), names.end(), quoted), end; at != end; ++at) {
      INFO((*at)[1]);
      CHECK(is_understood((*at)[1].str()));
      ++num_names;
    }
  }
  CHECK(num_names > 15);
}

TEST_CASE("The README has the default boxes of a formula's parameters") {
  const std::string text = readme();
  std::string table = "| parameter of a formula | default box |\n| --- | --- |\n";
  for (const DefaultBox& own : default_boxes()) table += "| " + own.kind + " | " + own.box + " |\n";
  CHECK(text.find(table + "\n") != std::string::npos);
}

}  // namespace isoloss
