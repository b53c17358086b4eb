// The folder of data sets, its table datasets.toml and its README say the same.

#include "host/reading/data_sets.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "host/base/error.h"
#include "host/reading/csv.h"
#include "tests/bytes_of.h"
#include "tests/catch.h"

namespace isoloss {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(ISOLOSS_SOURCE) / "datasets";

CsvTable table_at(const fs::path& path) { return parse_csv(bytes_of(path), path.string()); }

// Rows of a table, or of all tables of a folder.
long num_rows(const fs::path& path) {
  if (!fs::is_directory(path)) return static_cast<long>(table_at(path).num_rows());
  long out = 0;
  for (const auto& entry : fs::directory_iterator(path)) {
    if (entry.path().extension() == ".csv") out += num_rows(entry.path());
  }
  return out;
}

}  // namespace

TEST_CASE("Every data set is described and every description has its data set") {
  std::set<std::string> there;
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    if (entry.path().extension() == ".csv" || entry.is_directory())
      there.insert(entry.path().filename().string());
  }
  std::set<std::string> described;
  for (const DataSet& data : data_sets()) described.insert(data.file);
  CHECK(described == there);
}

TEST_CASE("The rows of a data set are as many as its description says") {
  for (const DataSet& data : data_sets()) {
    INFO(data.file);
    CHECK(num_rows(kFolder / data.file) == data.rows);
  }
}

TEST_CASE("The table of data sets in their README is that of datasets.toml") {
  std::string table;
  for (const DataSet& data : data_sets()) {
    table += fmt::format("| `{}` | {} | {} | {} | {} |\n", data.file, data.rows, data.n_means,
                         data.url, data.licence);
  }
  const std::string readme = bytes_of(kFolder / "README.md");
  const std::size_t rule = readme.find("| --- |");
  REQUIRE(rule != std::string::npos);
  const std::size_t begin = readme.find('\n', rule) + 1;
  CHECK(readme.substr(begin, readme.find("\n\n", begin) + 1 - begin) == table);
}

TEST_CASE("A data set is called with or without .csv, and an unknown name lists the known ones") {
  CHECK(&data_set_called("cs336_isoflop") == &data_set_called("cs336_isoflop.csv"));
  try {
    data_set_called("cs335_isoflop");
    FAIL("an unknown data set was found");
  } catch (const InputError& error) {
    CHECK(error.message.find("cs335_isoflop") != std::string::npos);
    CHECK(error.hint.find("cs336_isoflop") != std::string::npos);
  }
}

TEST_CASE("The table of a data set is found, and a file that is none is not") {
  const auto path = data_file("cs336_isoflop.csv");
  REQUIRE(path.has_value());
  CHECK(bytes_of(*path) == bytes_of(kFolder / "cs336_isoflop.csv"));
  CHECK(!data_file("no_such_table.csv").has_value());
}

}  // namespace isoloss
