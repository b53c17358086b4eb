// Columns in memory are read as a file of them is, without a digit lost.

#include "host/base/column_bytes.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "host/base/parse_number.h"
#include "host/reading/csv.h"
#include "tests/catch.h"

namespace isoloss {
namespace {

// Doubles of every size, by a Weyl sequence over their bits; subnormal ones are 0 in any file.
std::vector<double> all_kinds_of_doubles() {
  std::vector<double> out{0.0, -0.0, 1.0, 1e22, 1e23, 1.7976931348623157e308};
  std::uint64_t bits = 0;
  while (out.size() < 5000) {
    bits += 0x9E3779B97F4A7C15u;
    const double value = std::bit_cast<double>(bits);
    if (std::isnormal(value)) out.push_back(value);
  }
  return out;
}

}  // namespace

TEST_CASE("A number in a column is read back as the same double") {
  const std::vector<double> values = all_kinds_of_doubles();
  const MemoryColumn column{"loss", values.data(), nullptr};
  const CsvTable table = parse_csv(column_bytes({&column, 1}, values.size()), "memory:runs");
  REQUIRE(table.num_rows() == values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double read = parse_number(table.cells.text(i, 0)).value;
    CHECK(std::bit_cast<std::uint64_t>(read) == std::bit_cast<std::uint64_t>(values[i]));
    CHECK(table.cells.at(i, 0).line == i + 2);
  }
}

TEST_CASE("Texts in a column keep quotes and delimiters; missing values of both kinds are empty") {
  const std::vector<const char*> texts{"a \"b\", c; #d", nullptr, "# e"};
  const std::vector<double> numbers{1, 2, std::numeric_limits<double>::quiet_NaN()};
  const std::vector<MemoryColumn> columns{{"run, or so", nullptr, texts.data()},
                                          {"loss", numbers.data(), nullptr}};
  const CsvTable table = parse_csv(column_bytes(columns, texts.size()), "memory:runs");
  CHECK(table.names() == std::vector<std::string>{"run, or so", "loss"});
  REQUIRE(table.num_rows() == 3);
  CHECK(table.cells.text(0, 0) == texts[0]);
  CHECK(table.cells.text(1, 0).empty());
  CHECK(table.cells.text(2, 0) == texts[2]);
  CHECK(table.cells.text(2, 1).empty());
}

}  // namespace isoloss
