// Rows and columns that were misread without a word: rows that begin with #, groups that are no
// runs, checkpoints without a run.

#include <string>

#include "tests/catch.h"
#include "tests/reading.h"
#include "tests/test_files.h"

namespace isoloss {
namespace {

TEST_CASE("a row that begins with an error of a spreadsheet is a row with a missing value") {
  const std::string bytes = "N,D,loss\n1e8,2e9,3\n#N/A,2e9,3.1\n#DIV/0!,2e9,3.2\n";
  CHECK(refused(bytes) ==
        "x.csv:3: column N: the value is missing (#N/A); use --drop-missing to skip 2 rows");
  ReadOptions options;
  options.drop_missing = true;
  CHECK(parse(bytes, options).num_rows_read == 3);
  for (const char* error : {"#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#n/a"})
    CHECK(parse("N,D,loss\n1e8,2e9,3\n" + std::string(error) + ",2e9,3\n", options).num_runs() ==
          1);
}

TEST_CASE("a # before a blank or in a line of other length begins a comment") {
  CHECK(parse("#a,b,c\nN,D,loss\n# 1e8,2e9,3\n1e8,2e9,3\n#made by x\n##\n#\n").num_runs() == 1);
  CHECK(refused("N,D,loss\n1e8,2e9,3\n#1e8,2e9,3\n") ==
        "x.csv:3: a comment, or a row that begins with \"#1e8\"? begin a comment with '# ', or "
        "quote the field");
  CHECK(parse("run,N,D,loss\n\"#1\",1e8,2e9,3\n").run == std::vector<std::string>{"#1"});
}

TEST_CASE("a column of experiments or data sets is no run, and more than one are a warning") {
  const std::string bytes =
      "experiment,N,D,loss\nA,1e8,2e9,3\nA,2e8,2e9,2.9\nB,1e8,2e9,4\nB,2e8,2e9,3.9\n";
  const RunTable table = parse(bytes);
  CHECK(table.run.empty());
  CHECK(
      warning(table, "groups_mixed") ==
      "one law for rows of 2 values of \"experiment\" (\"A\": 2, \"B\": 2): each may have its own; "
      "fit one with --where '`experiment` == \"A\"'. If it names runs: --column run=experiment.");
  ReadOptions options;
  options.where = "`experiment` == \"A\"";
  CHECK(warning(parse(bytes, options), "groups_mixed") == "none");
  options = {};
  options.group = "experiment";
  CHECK(warning(parse(bytes, options), "groups_mixed") == "none");
  CHECK(warning(parse("dataset,N,D,loss\nA,1e8,2e9,3\nA,2e8,2e9,2.9\n"), "groups_mixed") == "none");
  CHECK(warning(parse("dataset,N,D,loss\nA,1e8,2e9,3\nB,2e8,2e9,2.9\n"), "groups_mixed") == "none");
}

// `count` rows of one size whose tokens rise.
std::string checkpoints(const std::string& size, int count) {
  std::string rows;
  for (int i = 1; i <= count; ++i)
    rows += size + "," + std::to_string(i) + "e9," + std::to_string(9.0 / (i + 1)) + "\n";
  return rows;
}

TEST_CASE("checkpoints of one run are told by params that stay and tokens that rise") {
  const std::string bytes =
      "N,D,loss\n" + checkpoints("1e8", 12) + "3e8,1e9,3\n" + checkpoints("2e8", 10);
  const RunTable table = parse(bytes);
  REQUIRE(table.run.size() == 23);
  CHECK(table.run[0] == "line 2");
  CHECK(table.run[11] == "line 2");
  CHECK(table.run[12] == "line 14");
  CHECK(table.run[22] == "line 15");
  CHECK(warning(table, "runs_inferred") ==
        "22 rows with equal params and rising tokens are taken as checkpoints of 2 runs, resampled "
        "as a whole: name the column of runs with --group, or say --group none if they are runs of "
        "their own.");
  ReadOptions options;
  options.infer_runs = false;
  CHECK(parse(bytes, options).run.empty());
  // A grid of sizes and lengths.
  CHECK(parse("N,D,loss\n" + checkpoints("1e8", 6) + checkpoints("2e8", 6)).run.empty());
}

TEST_CASE("invisible characters of a file are shown as bytes") {
  CHECK(refused("N,D,loss\n1\xC2\x9B,2,3\n").find("\"1\\x9B\"") != std::string::npos);
  CHECK(refused("N,D,loss\n1\xE2\x80\xAE,2,3\n").find("\"1\\u202E\"") != std::string::npos);
  CHECK(refused("N,D,loss\n1\xE2\x80\x8B,2,3\n").find("\"1\\u200B\"") != std::string::npos);
}

}  // namespace
}  // namespace isoloss
