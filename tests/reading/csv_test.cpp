#include "host/reading/csv.h"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "host/base/file_bytes.h"
#include "tests/catch.h"
#include "tests/input_error.h"
#include "tests/test_files.h"

namespace isoloss {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// Header and rows as texts.
Rows texts(const std::string& bytes) {
  const CsvTable table = parse_csv(bytes, "x.csv");
  Rows result;
  result.emplace_back();
  for (const Field& field : table.header) result.back().push_back(field.text);
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    result.emplace_back();
    for (std::size_t k = 0; k < table.cells.num_columns(); ++k)
      result.back().emplace_back(table.cells.text(row, k));
  }
  return result;
}

std::string csv_refusal(const std::string& bytes) {
  return refusal([&] { parse_csv(bytes, "x.csv"); });
}

TEST_CASE("every delimiter and line end gives the same table") {
  const Rows expected{{"a", "b"}, {"1", "2"}, {"3", "4"}};
  for (const char* bytes :
       {"a,b\n1,2\n3,4\n", "a\tb\n1\t2\n3\t4\n", "a;b\n1;2\n3;4\n", "a|b\n1|2\n3|4\n",
        "a,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4\r", "a,b\n1,2\r\n3,4", "sep=;\na;b\n1;2\n3;4\n",
        "\xEF\xBB\xBF\x61,b\n1,2\n3,4\n", "\n\n a , b \n\n1,2 \n  3 ,4\n\n"}) {
    INFO(bytes);
    CHECK(texts(bytes) == expected);
  }
}

TEST_CASE("the header line's most frequent delimiter is the table's") {
  CHECK(texts("a;b,c;d\n1;2,5;3\n") == Rows{{"a", "b,c", "d"}, {"1", "2.5", "3"}});
  CHECK(texts("\"a;b;c\",d\n1,2\n") == Rows{{"a;b;c", "d"}, {"1", "2"}});
}

TEST_CASE("quotes hold delimiters, quotes and line ends") {
  CHECK(texts("a,b\n\"1,5\",\"say \"\"hi\"\"\"\n") == Rows{{"a", "b"}, {"1,5", "say \"hi\""}});
  CHECK(texts("a,b\n\"x\r\ny\" , \"2\" \n") == Rows{{"a", "b"}, {"x\ny", "2"}});
  CHECK(texts("a,b\n\"\",2\n") == Rows{{"a", "b"}, {"", "2"}});
}

TEST_CASE("a field knows the line on which it begins") {
  const CsvTable table = parse_csv("# c\na,b\n\"x\n\ny\",2\n\n3,4\n", "x.csv");
  CHECK(table.header_line() == 2);
  CHECK(table.cells.at(0, 0).line == 3);
  CHECK(table.cells.at(0, 1).line == 5);
  CHECK(table.cells.at(1, 0).line == 7);
}

TEST_CASE("comments and rows of empty fields are skipped, quoted # is text") {
  CHECK(texts("# a,b,c\na,b\n # x\n1,2\n,\n\"#3\",4\n5,#6\n") ==
        Rows{{"a", "b"}, {"1", "2"}, {"#3", "4"}, {"5", "#6"}});
  CHECK(texts("a\tb\n\t#2\n") == Rows{{"a", "b"}, {"", "#2"}});
}

TEST_CASE("an unnamed first column and empty fields past the last name are ignored") {
  CHECK(texts(",a,b\n0,1,2\n") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(texts("a,b,,\n1,2,,\n3,4\n") == Rows{{"a", "b"}, {"1", "2"}, {"3", "4"}});
  CHECK(texts("a,,b\n1,2,3\n") == Rows{{"a", "", "b"}, {"1", "2", "3"}});
}

TEST_CASE("a column of plain numbers keeps these, and its texts as the file has them") {
  const CsvTable table = parse_csv("a, b ,c,d\n1, 2.50,4e8,-1\r\n\n03,7 ,.5,1e-3", "x.csv");
  REQUIRE(table.cells.numbers(1) != nullptr);
  CHECK(*table.cells.numbers(0) == std::vector<double>{1, 3});
  CHECK(*table.cells.numbers(1) == std::vector<double>{2.5, 7});
  CHECK(*table.cells.numbers(2) == std::vector<double>{4e8, 0.5});
  CHECK(*table.cells.numbers(3) == std::vector<double>{-1, 1e-3});
  CHECK(table.cells.text(0, 1) == "2.50");
  CHECK(table.cells.text(1, 0) == "03");
  CHECK(table.cells.text(1, 1) == "7");
  CHECK(table.cells.text(1, 3) == "1e-3");
  CHECK(table.cells.at(1, 2).line == 4);
}

TEST_CASE("the first cell that is no plain number makes texts of its column") {
  for (const char* cell : {"", "x", "0", "4M", "1_000", "nan"}) {
    INFO(cell);
    const CsvTable table = parse_csv(fmt::format("a,b,c\n1,2,3\n4,{},6\n7,8,9\n", cell), "x.csv");
    CHECK(table.cells.numbers(0) != nullptr);
    CHECK(table.cells.numbers(1) == nullptr);
    CHECK(*table.cells.numbers(2) == std::vector<double>{3, 6, 9});
    CHECK(table.cells.text(0, 1) == "2");
    CHECK(table.cells.text(1, 1) == cell);
    CHECK(table.cells.text(2, 1) == "8");
  }
}

TEST_CASE("a quote anywhere makes texts of all columns, with what stood before") {
  const CsvTable table = parse_csv(",a,b\n0,1,2.0\n1,\"3\",4\n2,5,6\n", "x.csv");
  CHECK(table.cells.numbers(0) == nullptr);
  CHECK(table.cells.text(0, 1) == "2.0");
  CHECK(table.cells.text(1, 0) == "3");
  CHECK(table.cells.text(2, 1) == "6");
}

TEST_CASE("bytes that are not UTF-8 are kept and their first line is known") {
  const CsvTable table = parse_csv("a,b\n1,2\ncaf\xE9,4\n", "x.csv");
  CHECK(table.not_utf8_line == 3);
  CHECK(table.cells.text(1, 0) == "caf\xE9");
  CHECK(parse_csv("a,b\ncaf\xC3\xA9,4\n", "x.csv").not_utf8_line == 0);
}

TEST_CASE("UTF-8 is checked as the Unicode standard has it") {
  for (const char* good :
       {"", "a", "\xC3\xA9", "\xE2\x88\x92", "\xF0\x9F\x98\x80", "\xED\x9F\xBF"}) {
    CHECK(first_not_utf8(good) == std::string_view::npos);
  }
  for (const char* bad : {"\x80", "\xC0\x80", "\xC3", "\xE0\x80\x80", "\xED\xA0\x80",
                          "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\xE2\x88", "\xE2\x88x"}) {
    CHECK(first_not_utf8(bad) == 0);
  }
}

TEST_CASE("what is no CSV is refused by name") {
  const std::string quote_hint =
      R"(; quote the whole field and double the quotes in it: "say ""hi""")";
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", "x.csv: the file is empty; it needs a header line and a row a run"},
      {"\xEF\xBB\xBF", "x.csv: the file is empty; it needs a header line and a row a run"},
      {"# only\n", "x.csv: the file has comments only; it needs a header line and a row a run"},
      {"a,b\n# c\n", "x.csv:1: 0 data rows below the header; add a row a run"},
      {"\xFF\xFE"
       "a",
       "x.csv: the file is UTF-16; save it as UTF-8"},
      {std::string("a\0,\0b\0", 6), "x.csv: the file is UTF-16; save it as UTF-8"},
      {std::string("\0a\0,\0b", 6), "x.csv: the file is UTF-16; save it as UTF-8"},
      {"PK\x03\x04zzz", "x.csv: a zip or Excel file, not CSV; export the table as CSV"},
      {"PAR1zzz", "x.csv: a Parquet file, not CSV; export the table as CSV"},
      {"<!DOCTYPE html>", "x.csv: an HTML page, not CSV; download the raw file"},
      {"\x01\x02\x03\x04\x05", "x.csv: a binary file, not CSV; export the table as CSV"},
      {"1,2\n3,4\n",
       "x.csv:1: no header row found, the first line is \"1\", ...; name the columns in a first "
       "line without #, such as params,tokens,loss"},
      {"a,a\n1,2\n",
       "x.csv:1: column a: appears twice in the header, as fields 1 and 2; rename or "
       "remove one"},
      {"a,b\n1\n",
       "x.csv:2: 1 field, header has 2: this is the last row, and the file seems cut off; complete "
       "the row, or begin it with '# ' to leave it out"},
      {"a,b\n1\n2,3\n",
       "x.csv:2: 1 field, header has 2; complete the row, or begin it with '# ' to leave it out"},
      {"a,b\n1,2,3\n",
       "x.csv:2: 3 fields, header has 2; quote fields that contain the delimiter, "
       "name every column"},
      {"a,b\n1,2\n\"3\n4,5\n",
       "x.csv:3: quote opened and never closed: \"3; close it, or take it "
       "away"},
      {"a,b\n1,2\"\n", "x.csv:2: stray quote in field 2, at 2\"" + quote_hint},
      {"a,b\n\"1\"x,2\n", "x.csv:2: stray quote in field 1, at x,2" + quote_hint},
  };
  for (const auto& [bytes, message] : cases) {
    CHECK(csv_refusal(bytes) == message);
  }
}

TEST_CASE("a path that cannot be read is refused") {
  const std::string folder = tests_folder().string();
  CHECK(refusal([&] { read_file(folder); }) == folder + ": is a directory; name a file in it");
  CHECK(refusal([] { read_file("no/such.csv"); }) ==
        "no/such.csv: cannot be read: No such file or directory; check the path");
  if (std::filesystem::exists("/proc/self/mem")) {
    CHECK(refusal([] { read_file("/proc/self/mem"); }) ==
          "/proc/self/mem: cannot be read: Input/output error; check the path");
  }
}

}  // namespace
}  // namespace isoloss
