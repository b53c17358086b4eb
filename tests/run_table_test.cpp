#include "host/run_table.h"

#include <numbers>
#include <string>
#include <utility>
#include <vector>

#include "tests/catch.h"
#include "tests/input_error.h"
#include "tests/test_files.h"

namespace isoloss {
namespace {

using Numbers = std::vector<double>;

RunTable parse(const std::string& bytes, const ReadOptions& options = {}) {
  return parse_runs(bytes, "x.csv", options);
}

std::string refused(const std::string& bytes, const ReadOptions& options = {}) {
  return refusal([&] { parse(bytes, options); });
}

ReadOptions with_where(const std::string& condition) {
  ReadOptions options;
  options.where = condition;
  return options;
}

// "reason: rows" of everything that was dropped.
std::vector<std::string> dropped(const RunTable& table) {
  std::vector<std::string> result;
  for (const Dropped& entry : table.dropped) {
    result.push_back(entry.reason + ": " + std::to_string(entry.num_rows));
  }
  return result;
}

// Text of the warning of that name; "none" if it is not given.
std::string warning(const RunTable& table, const std::string& name) {
  for (const Warning& given : table.warnings) {
    if (given.name == name) return given.text;
  }
  return "none";
}

TEST_CASE("usual names of columns are found whatever their case and separators") {
  const std::vector<std::string> headers{"N,D,L",
                                         "params,tokens,loss",
                                         "Model Size,Training Tokens,Final Loss",
                                         "n_params,n_tokens,val_loss",
                                         "num-params,train_tokens,train/loss",
                                         "Parameters,D,eval.loss",
                                         "total params,tokens_seen,Validation Loss"};
  for (const std::string& header : headers) {
    INFO(header);
    const RunTable table = parse(header + "\n1e8,2e9,3\n");
    CHECK(table.params == Numbers{1e8});
    CHECK(table.tokens == Numbers{2e9});
    CHECK(table.loss == Numbers{3});
    CHECK(table.flops == Numbers{6 * 1e8 * 2e9});
    CHECK_FALSE(table.flops_given);
  }
}

TEST_CASE("the report learns which column was read as what") {
  const RunTable table =
      parse("Name,Model Size,C,val_loss,w\na,1e8,6e17,3,2\nb,2e8,6e17,4,1\n",
            {.column = {}, .unit = {}, .where = "", .weights = "w", .group = ""});
  std::vector<std::string> uses;
  for (const ColumnUse& use : table.columns) {
    uses.push_back(use.quantity + " <- " + use.source + (use.derived ? ", derived" : "") +
                   (use.renamed ? ", renamed" : ""));
  }
  CHECK(uses == std::vector<std::string>{
                    "params <- Model Size, renamed", "tokens <- C / (6 N), derived", "flops <- C",
                    "loss <- val_loss, renamed", "run <- Name, renamed", "weights <- w, renamed"});
  CHECK(table.flops_given);
  CHECK(table.tokens == Numbers{1e9, 5e8});
  CHECK(table.weights == Numbers{2, 1});
  CHECK(table.run == std::vector<std::string>{"a", "b"});
  CHECK(table.path == "x.csv");
}

TEST_CASE("a quantity's name wins over its symbol, and that over the other names") {
  CHECK(parse("N,D,loss,L,val_loss\n1e8,2e9,3,12,4\n").loss == Numbers{3});
  CHECK(parse("N,D,L,val_loss\n1e8,2e9,3,4\n").loss == Numbers{3});
}

TEST_CASE("two equally good columns are an error until one is chosen") {
  const std::string bytes = "N,D,train_loss,Val Loss\n1e8,2e9,3,4\n";
  CHECK(refused(bytes) ==
        "x.csv:1: 2 columns could be the loss (L): train_loss or Val Loss; choose with --column "
        "'loss=Val Loss'");
  ReadOptions options;
  options.column["loss"] = "val_loss";
  const RunTable table = parse(bytes, options);
  CHECK(table.loss == Numbers{4});
  CHECK(warning(table, "columns_renamed") == "none");
}

TEST_CASE("--column decides, and an empty name leaves a column unread") {
  ReadOptions options;
  options.column = {{"N", "x"}, {"flops", ""}};
  const RunTable table = parse("N,x,D,C,loss\n7,1e8,2e9,9e18,3\n", options);
  CHECK(table.params == Numbers{1e8});
  CHECK(table.flops == Numbers{1.2e18});
}

TEST_CASE("a missing or wrongly named column is refused with the headers that there are") {
  CHECK(refused("N,D,x\n1,2,3\n") ==
        "x.csv:1: no column for the loss (L); name one with --column loss=HEADER; the header has: "
        "N, D, x");
  CHECK(refused("N,x,loss\n1,2,3\n") ==
        "x.csv:1: two of params (N), tokens (D) and flops (C) are needed, found params (N); name "
        "one with --column tokens=HEADER; the header has: N, x, loss");
  CHECK(
      refused("N D loss\n1 2 3\n") ==
      "x.csv:1: two of params (N), tokens (D) and flops (C) are needed, found none; name one with "
      "--column params=HEADER; the header has: N D loss; fields are split at a comma, tab, "
      "semicolon or pipe");
  ReadOptions options;
  options.column["loss"] = "bpb";
  CHECK(refused("N,D,loss\n1,2,3\n", options) ==
        "x.csv:1: no column \"bpb\" for --column loss; the header has: N, D, loss");
  options.column = {{"los", "loss"}};
  CHECK(refused("N,D,loss\n1,2,3\n", options) ==
        "--column: no quantity \"los\"; the quantities are params, tokens, flops, loss and run");
}

TEST_CASE("a header of many columns is shortened in a message") {
  std::string header = "a0";
  std::string row = "1";
  for (int i = 1; i < 100; ++i) {
    header += ",a" + std::to_string(i);
    row += ",1";
  }
  CHECK(
      refused(header + "\n" + row + "\n") ==
      "x.csv:1: two of params (N), tokens (D) and flops (C) are needed, found none; name one with "
      "--column params=HEADER; the header has: a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, "
      "... (100 in all)");
}

TEST_CASE("the third of N, D and C follows from the other two") {
  ReadOptions options;
  options.flops_per_token_param = 2;
  CHECK(parse("N,C,loss\n1e8,4e17,3\n", options).tokens == Numbers{2e9});
  CHECK(parse("D,C,loss\n2e9,4e17,3\n", options).params == Numbers{1e8});
  CHECK(parse("N,D,loss\n1e8,2e9,3\n", options).flops == Numbers{4e17});
  CHECK(warning(parse("D,C,loss\n2e9,4e17,3\n", options), "column_derived") ==
        "params (N) derived as C / (2 D), because the file has no such column; change the factor "
        "with --flops-per-token-param.");
  options.flops_per_token_param = 0;
  CHECK(refused("N,D,loss\n1e8,2e9,3\n", options) ==
        "--flops-per-token-param 0: must be > 0; it is 6 for a dense transformer");
}

TEST_CASE("a loss is converted to nats per token only when asked") {
  const auto loss = [](const std::string& unit) {
    ReadOptions options;
    options.unit["loss"] = unit;
    return parse("N,D,loss\n1e8,2e9,0.9\n", options).loss[0];
  };
  CHECK(loss("nats") == 0.9);
  CHECK(loss("bits") == 0.9 * std::numbers::ln2);
  CHECK(loss("bpb:4.5") == 0.9 * (4.5 * std::numbers::ln2));
  CHECK(loss("bpc:4.2") == 0.9 * (4.2 * std::numbers::ln2));
}

TEST_CASE("params, tokens and flops may be counted in thousands to trillions") {
  ReadOptions options;
  options.unit = {{"params", "B"}, {"D", "T"}};
  const RunTable table = parse("N,D,loss\n70,1.5,2\n", options);
  CHECK(table.params == Numbers{70e9});
  CHECK(table.tokens == Numbers{1.5e12});
}

TEST_CASE("an unknown unit is refused with the units that there are") {
  const std::string units =
      "; units are loss=nats, loss=bits, loss=bpb:BYTES_PER_TOKEN, loss=bpc:CHARACTERS_PER_TOKEN, "
      "and k, M, B or T for params, tokens and flops";
  const std::vector<std::pair<std::pair<std::string, std::string>, std::string>> cases{
      {{"loss", "ppl"}, "--unit loss=ppl: no such unit"},
      {{"loss", "nats:2"}, "--unit loss=nats:2: no such unit"},
      {{"loss", "bpb"}, "--unit loss=bpb: bpb needs a positive ratio, such as bpb:4.5"},
      {{"loss", "bpc:-1"}, "--unit loss=bpc:-1: bpc needs a positive ratio, such as bpc:4.5"},
      {{"params", "Q"}, "--unit params=Q: no such unit"},
      {{"params", "0"}, "--unit params=0: no such unit"},
      {{"run", "k"}, "--unit run=k: no quantity with a unit"},
      {{"x", "k"}, "--unit x=k: no quantity with a unit"},
  };
  for (const auto& [unit, message] : cases) {
    ReadOptions options;
    options.unit = {unit};
    CHECK(refused("N,D,loss\n1e8,2e9,3\n", options) == message + units);
  }
}

const std::string kFive =
    "run,N,D,loss,lr,family\n"
    "r1,1e8,2e9,3.0,1e-3,a\n"
    "r1,1e8,4e9,2.9,,a\n"
    "r2,4e8,2e9,2.8,1e-3,b\n"
    "r2,4e8,4e9,5.0,2e-3,b\n"
    "r3,4e8,8e9,nan,2e-3,\n";

TEST_CASE("--where keeps rows, before anything else in them matters") {
  const RunTable table = parse(kFive, with_where("family == 'a' || family == 'b' && loss < 2.85"));
  CHECK(table.loss == Numbers{3.0, 2.9, 2.8});
  CHECK(table.line == std::vector<std::size_t>{2, 3, 4});
  CHECK(table.num_rows_read == 5);
}

TEST_CASE("--where may drop rows with missing, zero or unreadable values") {
  const RunTable table =
      parse("ok,N,D,loss\n0,x,2e9,3\n0,1e8,0,3\n0,1e8,2e9,\n1,1e8,2e9,3\n", with_where("ok == 1"));
  CHECK(table.num_runs() == 1);
  CHECK(dropped(table) == std::vector<std::string>{"not ok == 1: 3"});
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

TEST_CASE("a missing value that --where needs counts as missing") {
  CHECK(refused(kFive, with_where("lr > 0 && loss < 9")) ==
        "x.csv:3: column lr: the value is missing (empty); use --drop-missing to skip 2 rows");
  ReadOptions options = with_where("lr < 1.5e-3");
  options.drop_missing = true;
  const RunTable table = parse(kFive, options);
  CHECK(table.loss == Numbers{3.0, 2.8});
  CHECK(dropped(table) == std::vector<std::string>{"not lr < 1.5e-3: 2", "lr missing: 1"});
}

TEST_CASE("a wrong --where is refused") {
  CHECK(refused(kFive, with_where("los < 4")) ==
        "--where: no column \"los\" (there are run, N, D, loss, lr, family) at character 1\n"
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
        "x.csv: none of 5 rows is left: not loss < 1 drops 4, loss missing drops 1");
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
        "x.csv: none of 3 rows is left: C missing drops 1, D missing drops 1, w missing drops 1");
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
        "begin it with #");
  CHECK(refused("N,D,loss\nx,1e9,3\n") ==
        "x.csv:2: column N: \"x\" is not a number; numbers look like 400000000, 4e8 or 400M");
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
