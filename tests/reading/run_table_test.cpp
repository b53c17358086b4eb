#include "host/reading/read_runs.h"

#include <string>
#include <utility>
#include <vector>

#include "tests/catch.h"
#include "tests/reading.h"
#include "tests/test_files.h"

namespace isoloss {
namespace {

ReadOptions with_where(const std::string& condition) {
  ReadOptions options;
  options.where = condition;
  return options;
}

// "reason: rows" of everything that was dropped.
std::vector<std::string> dropped(const RunTable& table) {
  std::vector<std::string> result;
  for (const Dropped& entry : table.dropped) {
    result.push_back(as_flags(entry.reason) + ": " + std::to_string(entry.num_rows));
  }
  return result;
}

const std::string kFive =
    "run,N,D,loss,lr,family\n"
    "r1,1e8,2e9,3.0,1e-3,a\n"
    "r1,1e8,4e9,2.9,,a\n"
    "r2,4e8,2e9,2.8,1e-3,b\n"
    "r2,4e8,4e9,5.0,2e-3,b\n"
    "r3,4e8,8e9,nan,2e-3,\n";

TEST_CASE("equal rows are told by their numbers where all are plain, else by their texts") {
  const auto told = [](const std::string& rows) {
    return warning(parse("params,tokens,loss\n" + rows), "duplicate_rows") != "none";
  };
  CHECK(told("1e8,2e9,3\n2e8,2e9,3\n100000000,2e9,3.0\n"));
  CHECK_FALSE(told("1e8,2e9,3\n2e8,2e9,3\n1e8,2e9,3.1\n"));
  CHECK(told("\"1e8\",2e9,3\n2e8,2e9,3\n1e8,2e9,3\n"));
}

TEST_CASE("The flag --where keeps rows, before anything else in them matters") {
  const RunTable table = parse(kFive, with_where("family == 'a' || family == 'b' && loss < 2.85"));
  CHECK(table.loss == Numbers{3.0, 2.9, 2.8});
  CHECK(table.line == std::vector<std::size_t>{2, 3, 4});
  CHECK(table.num_rows_read == 5);
}

TEST_CASE("The flag --where may drop rows with missing, zero or unreadable values") {
  const RunTable table =
      parse("ok,N,D,loss\n0,x,2e9,3\n0,1e8,0,3\n0,1e8,2e9,\n1,1e8,2e9,3\n", with_where("ok == 1"));
  CHECK(table.num_runs() == 1);
  CHECK(dropped(table) == std::vector<std::string>{"fails --where 'ok == 1': 3"});
  CHECK(parse("N,D,loss\n1e8,0,3\n1e8,2e9,3\n", with_where("tokens > 0")).num_runs() == 1);
}

TEST_CASE("a name in --where is a quantity in our unit, else a header as it stands") {
  ReadOptions options = with_where("loss > 1 && L > 1 && bpb < 1 && D > 1e9 && flops < 1e19");
  options.unit["loss"] = "bpb:4.5";
  options.column["loss"] = "bpb";
  CHECK(parse("N,C,bpb\n1e8,1.2e18,0.9\n", options).num_runs() == 1);
  // A header spelled like a quantity but not read as one is the header.
  options.where = "loss == 7";
  CHECK(parse("N,C,bpb,loss\n1e8,1.2e18,0.9,7\n", options).num_runs() == 1);
}

TEST_CASE("row in --where is the line of a row in its file, unless a header is called that") {
  const std::string runs = "N,D,loss\n1e8,2e9,3\n2e8,2e9,2.9\n3e8,2e9,2.8\n4e8,2e9,2.7\n";
  CHECK(parse(runs, with_where("row != 3")).line == std::vector<std::size_t>{2, 4, 5});
  CHECK(parse(runs, with_where("row >= 3 && !(row == 4)")).line == std::vector<std::size_t>{3, 5});
  const RunTable own =
      parse("row,N,D,loss\n7,1e8,2e9,3\n3,2e8,2e9,2.9\n9,3e8,2e9,2.8\n", with_where("row != 3"));
  CHECK(own.line == std::vector<std::size_t>{2, 4});
}

TEST_CASE("a missing value that --where needs counts as missing") {
  CHECK(refused(kFive, with_where("lr > 0 && loss < 9")) ==
        "x.csv:3: column lr: the value is missing (empty); use --drop-missing to skip 2 rows");
  ReadOptions options = with_where("lr < 1.5e-3");
  options.drop_missing = true;
  const RunTable table = parse(kFive, options);
  CHECK(table.loss == Numbers{3.0, 2.8});
  CHECK(dropped(table) ==
        std::vector<std::string>{"fails --where 'lr < 1.5e-3': 2", "lr missing: 1"});
}

TEST_CASE("a wrong --where is refused") {
  CHECK(refused(kFive, with_where("los < 4")) ==
        "--where: no column \"los\" (did you mean loss?) at character 1\n"
        "  los < 4\n  ^");
  CHECK(refused(kFive, with_where("family > 4")) ==
        "x.csv:2: column family: \"a\" is not a number; numbers look like 400000000, 4e8 or 400M");
  CHECK(refused(kFive, with_where("0 / 0 > N")) ==
        "x.csv:2: --where gives no number here, such as 0 / 0; change the condition");
  CHECK(refused(kFive, with_where("loss < 1 && lr > 0")) ==
        "x.csv:6: column loss: the value is missing (nan); use --drop-missing to skip 1 row");
}

TEST_CASE("no row left is an error that says what dropped them") {
  ReadOptions options = with_where("loss < 1");
  options.drop_missing = true;
  CHECK(refused(kFive, options) ==
        "x.csv: none of 5 rows is left (fails --where 'loss < 1': 4, loss missing: 1); relax the "
        "filters");
}

TEST_CASE("the highest losses are dropped last, of equal ones the later row") {
  ReadOptions options;
  options.drop_highest_loss = 2;
  const RunTable table = parse("N,D,loss\n1e8,2e9,3\n2e8,2e9,5\n3e8,2e9,3\n4e8,2e9,2\n", options);
  CHECK(table.params == Numbers{1e8, 4e8});
  CHECK(dropped(table) == std::vector<std::string>{"highest loss: 2"});
  options.drop_highest_loss = 4;
  CHECK(refused("N,D,loss\n1e8,2e9,3\n2e8,2e9,5\n3e8,2e9,3\n4e8,2e9,2\n", options) ==
        "x.csv: --drop-highest-loss 4 leaves no row of 4; drop fewer");
}

TEST_CASE("missing values stop the reading in any column that is read") {
  const std::string bytes = "N,D,C,loss,w\n1e8,2e9,NA,3,1\n1e8,,1e18,3,1\n1e8,2e9,1e18,3,-\n";
  ReadOptions options;
  options.weights = "w";
  CHECK(refused(bytes, options) ==
        "x.csv:2: column C: the value is missing (NA); use --drop-missing to skip 3 rows");
  options.drop_missing = true;
  CHECK(refused(bytes, options) ==
        "x.csv: none of 3 rows is left (C missing: 1, D missing: 1, w missing: 1); relax the "
        "filters");
}

TEST_CASE("a value that is not positive is refused") {
  ReadOptions options;
  options.weights = "w";
  CHECK(refused("N,D,loss,w\n1e8,2e9,3,0\n", options) ==
        "x.csv:2: column w: weights must be > 0, this is 0; leave such rows out with --where "
        "'weights > 0'");
  CHECK(refused("N,D,loss\n1e200,2e200,3\n") ==
        "x.csv:2: flops (C) = 6 N D is outside the range of double precision; check the row and "
        "--unit");
  options = {};
  options.unit["params"] = "T";
  CHECK(refused("N,D,loss\n1e300,2e9,3\n", options) ==
        "x.csv:2: params (N) = the value in our unit is outside the range of double precision; "
        "check the row and --unit");
}

TEST_CASE("runs are told apart by the run column or the one that is asked for") {
  ReadOptions options = with_where("loss < 9");
  options.drop_missing = true;
  options.group = "family";
  CHECK(parse(kFive, options).run == std::vector<std::string>{"a", "a", "b", "b"});
  CHECK(parse("run_id,name,N,D,loss\n1,x,1e8,2e9,3\n").run == std::vector<std::string>{"1"});
  CHECK(parse("Name,run,N,D,loss\n1,x,1e8,2e9,3\n").run == std::vector<std::string>{"x"});
  CHECK(parse("N,D,loss\n1e8,2e9,3\n").run.empty());
  CHECK(parse("run,N,D,loss\n,1e8,2e9,3\n").run == std::vector<std::string>{"line 2"});
}

TEST_CASE("a second header row is refused only if nothing in it is a number") {
  CHECK(refused("N,D,loss\nx,y,z\n1e8,2e9,3\n") ==
        "x.csv:2: not numbers (a second header, or a row of units?): x, y, z; remove the row, or "
        "begin it with '# '");
  CHECK(refused("N,D,loss\nx,1e9,3\n") ==
        "x.csv:2: column N: \"x\" is not a number; numbers look like 400000000, 4e8 or 400M");
}

TEST_CASE("cells behind the first that are no numbers are named with it") {
  CHECK(refused("N,D,loss\n1e8,x,3\n1e8,2e9,3\n1e8,2e9,y\n") ==
        "x.csv:2: column D: \"x\" is not a number; nor is one more cell: line 4 (loss); numbers "
        "look like 400000000, 4e8 or 400M");
  std::string many = "N,D,loss\n1e8,2e9,3\n";
  for (int i = 0; i < 4; ++i) many += "z,2e9,w\n";
  CHECK(
      refused(many) ==
      "x.csv:3: column N: \"z\" is not a number; nor are 7 more cells: line 3 (loss), line 4 (N), "
      "line 4 (loss), line 5 (N), line 5 (loss), ...; numbers look like 400000000, 4e8 or 400M");
}

TEST_CASE("flops that are not 6ND are a warning with their range") {
  CHECK(warning(parse("N,D,C,loss\n1e8,2e9,1.2e18,3\n1e8,2e9,1.3e18,3.1\n1e8,2e9,0.9e18,3.2\n"),
                "flops_differ") ==
        "flops (C) differ from 6 N D by more than 1% in 2 of 3 rows: C / (6 N D) is 0.75 to 1.083; "
        "C is used as the file has it.");
  CHECK(warning(parse("N,D,C,loss\n1e8,2e9,1.205e18,3\n"), "flops_differ") == "none");
}

TEST_CASE("counts that no model has are a warning") {
  const RunTable table = parse("N,D,loss\n0.1,2,3\n70,1400,2\n");
  CHECK(warning(table, "counts_too_small") ==
        "params (N) are at most 70: in millions or billions? Then use --unit params=M or --unit "
        "params=B.");
  CHECK(warning(parse("N,D,loss\n1e8,2e9,3\n"), "counts_too_small") == "none");
}

TEST_CASE("text of a file is shown without control characters") {
  CHECK(refused("N,D,loss\n\x1B[31m1,2,3\n") ==
        "x.csv:2: column N: \"\\x1B[31m1\" is not a number; numbers look like 400000000, 4e8 or "
        "400M");
  CHECK(refused("N,D,loss\n" + std::string(100, 'x') + "1,2,3\n") ==
        "x.csv:2: column N: \"" + std::string(60, 'x') +
            "...\" is not a number; numbers look like 400000000, 4e8 or 400M");
}

TEST_CASE("the data sets in datasets/ are read without a warning") {
  const std::vector<std::pair<std::string, std::size_t>> files{{"chinchilla_figure4.csv", 245},
                                                               {"cs336_isoflop.csv", 72}};
  for (const auto& [file, num_runs] : files) {
    INFO(file);
    const RunTable table = read_runs((tests_folder().parent_path() / "datasets" / file).string());
    CHECK(table.num_runs() == num_runs);
    CHECK(table.warnings.empty());
    CHECK(table.flops_given);
  }
}

}  // namespace
}  // namespace isoloss
