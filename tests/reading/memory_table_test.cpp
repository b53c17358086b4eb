// Columns that need no interpretation become the table that their file would.

#include "host/reading/memory_table.h"

#include <limits>
#include <string>
#include <vector>

#include "tests/catch.h"
#include "tests/input_error.h"

namespace isoloss {
namespace {

using ColumnTexts = std::vector<const char*>;
using Numbers = std::vector<double>;

MemoryColumn column(const char* name, const Numbers& numbers) {
  return {name, numbers.data(), nullptr};
}
MemoryColumn column(const char* name, const ColumnTexts& texts) {
  return {name, nullptr, texts.data()};
}

TEST_CASE("A table of columns in memory is that of their file") {
  const Numbers loss{2.5, 0, -1e-3}, params{1e8, 2.5e9, 0.1};
  const ColumnTexts run{"a, \"b\"", "# c", "3"};
  const std::vector<MemoryColumn> columns{column("loss", loss), column("run, or so", run),
                                          column("params", params)};
  REQUIRE(are_plain(columns, 3));
  const CsvTable own = memory_table(columns, 3, "memory:runs");
  const CsvTable file = parse_csv(column_bytes(columns, 3), "memory:runs");
  CHECK(own.names() == file.names());
  REQUIRE(own.num_rows() == file.num_rows());
  for (std::size_t row = 0; row < own.num_rows(); ++row) {
    for (std::size_t k = 0; k < columns.size(); ++k) {
      CHECK(own.cells.text(row, k) == file.cells.text(row, k));
      CHECK(own.cells.at(row, k).line == file.cells.at(row, k).line);
    }
  }
  CHECK(*own.cells.numbers(2) == params);
}

TEST_CASE("Columns that a reader has to interpret go by a file") {
  const Numbers plain{1, 2};
  CHECK(are_plain(std::vector{column("a", plain)}, 2));
  CHECK_FALSE(are_plain({}, 0));
  for (const double value :
       {std::numeric_limits<double>::quiet_NaN(), 1e-310, std::numeric_limits<double>::infinity()})
    CHECK_FALSE(are_plain(std::vector{column("a", Numbers{1, value})}, 2));
  for (const char* text : {static_cast<const char*>(nullptr), "", " a", "a\nb", "caf\xE9"}) {
    CHECK_FALSE(are_plain(std::vector{column("a", ColumnTexts{"b", text})}, 2));
    CHECK_FALSE(are_plain(std::vector{column(text == nullptr ? "" : text, plain)}, 2));
  }
}

TEST_CASE("Columns in memory need distinct names and a row") {
  const Numbers plain{1, 2};
  const auto refused = [&](const std::vector<MemoryColumn>& columns, std::size_t num_rows) {
    return refusal([&] { memory_table(columns, num_rows, "memory:runs"); });
  };
  CHECK(refused({column("a", plain), column("a", plain)}, 2).find("appears twice") !=
        std::string::npos);
  CHECK(refused({column("a", plain)}, 0).find("0 data rows") != std::string::npos);
}

}  // namespace
}  // namespace isoloss
