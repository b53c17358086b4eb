// Every file of tests/bad_input at the reader's level: what is read from it, or the exact refusal.

#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "host/reading/read_runs.h"
#include "tests/catch.h"
#include "tests/input_error.h"
#include "tests/test_files.h"

namespace isoloss {
namespace {

using nlohmann::json;

json json_file(const std::string& name) { return json::parse(test_file(name)); }

json cases() { return json_file("bad_input/manifest.json").at("cases"); }

RunTable parsed(const std::string& file, const ReadOptions& options = {}) {
  return parse_runs(test_file("bad_input/" + file), file, options);
}

// Files refused only by a fit, which has more parameters than they have rows.
bool is_refused_later(const std::string& file) {
  return file == "g10_one_row.csv" || file == "g11_four_rows.csv";
}

TEST_CASE("each bad file is refused with exactly this message") {
  const json messages = json_file("golden/bad_input_messages.json");
  for (const json& item : cases()) {
    const std::string file = item["file"];
    if (item["expect"] != "reject" || is_refused_later(file)) continue;
    CHECK(refusal([&] { parsed(file); }) == messages.at("refusals").at(file));
  }
}

TEST_CASE("each file worth a warning gives exactly these, and a good one none") {
  const json expected = json_file("golden/bad_input_messages.json").at("warnings");
  for (const json& item : cases()) {
    const std::string file = item["file"];
    if (item["expect"] == "reject") continue;
    json warnings = json::object();
    for (const Warning& warning : parsed(file).warnings)
      warnings[warning.name] = as_flags(warning.text);
    INFO(file);
    CHECK(warnings == expected.value(file, json::object()));
  }
}

TEST_CASE("each usable file gives its rows and exactly its values") {
  for (const json& item : cases()) {
    const std::string file = item["file"];
    if (item["expect"] == "reject") continue;
    INFO(file);
    const RunTable table = parsed(file);
    CHECK(table.num_runs() == item["rows"]);
    CHECK(table.num_rows_read == item["rows"]);
    const json check = item.value("check", json::object());
    if (check.contains("row0")) {
      CHECK(json{table.params[0], table.tokens[0], table.loss[0]} == check["row0"]);
    }
    if (check.contains("row4_N")) CHECK(table.params[4] == check["row4_N"]);
  }
}

TEST_CASE("files with too few rows for a fit are read") {
  CHECK(parsed("g10_one_row.csv").num_runs() == 1);
  CHECK(parsed("g11_four_rows.csv").num_runs() == 4);
}

TEST_CASE("rows with a missing loss are dropped on request") {
  ReadOptions options;
  options.drop_missing = true;
  for (const char* file :
       {"f02_missing_nan1.csv", "f03_missing_empty.csv", "f05_missing_minf.csv",
        "f06_missing_infinity5.csv", "f08_missing_null7.csv", "f09_missing_none8.csv"}) {
    INFO(file);
    const RunTable table = parsed(file, options);
    CHECK(table.num_runs() == 11);
    CHECK(table.num_rows_read == 12);
    REQUIRE(table.dropped.size() == 1);
    CHECK(table.dropped[0].reason == "loss missing");
    CHECK(table.dropped[0].num_rows == 1);
    CHECK(table.line[4] == 7);
  }
}

TEST_CASE("the manifest and the folder name the same files") {
  std::set<std::string> listed{"manifest.json"};
  for (const json& item : cases()) {
    listed.insert(item["file"].get<std::string>());
  }
  std::set<std::string> present;
  for (const auto& entry : std::filesystem::directory_iterator(tests_folder() / "bad_input")) {
    present.insert(entry.path().filename().string());
  }
  CHECK(present == listed);
}

}  // namespace
}  // namespace isoloss
