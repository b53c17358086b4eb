#include "host/reading/column_names.h"

#include <numbers>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/base/text.h"
#include "host/reading/read_options.h"
#include "tests/catch.h"
#include "tests/reading.h"

namespace isoloss {
namespace {

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
  ReadOptions options;
  options.weights = "w";
  const RunTable table =
      parse("Name,Model Size,C,val_loss,w\na,1e8,6e17,3,2\nb,2e8,6e17,4,1\n", options);
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

TEST_CASE("The flag --column decides, and an empty name leaves a column unread") {
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
        "one with --column tokens=HEADER; the header has: loss, N, x");
  CHECK(
      refused("N:D:loss\n1:2:3\n") ==
      "x.csv:1: two of params (N), tokens (D) and flops (C) are needed, found none; no column for "
      "the loss (L); name them with --column params=HEADER --column loss=HEADER; the header has: "
      "N:D:loss; fields are split at a comma, tab, semicolon, pipe or blanks");
  ReadOptions options;
  options.column["loss"] = "bpb";
  CHECK(refused("N,D,loss\n1,2,3\n", options) ==
        "x.csv:1: no column \"bpb\" for --column loss; the header has: N, D, loss");
  options.column = {{"los", "loss"}};
  CHECK(refused("N,D,loss\n1,2,3\n", options) ==
        "--column: no quantity \"los\"; did you mean loss?");
  options.column = {{"speed", "loss"}};
  CHECK(refused("N,D,loss\n1,2,3\n", options) ==
        "--column: no quantity \"speed\"; the quantities are params, tokens, flops, loss and run");
}

TEST_CASE("one column cannot be two quantities") {
  ReadOptions options;
  options.column = {{"params", "N"}, {"tokens", "N"}};
  CHECK(refused("N,loss\n1e8,3\n", options) ==
        "x.csv:1: column N: asked for as params (N) and as tokens (D); name another column with "
        "--column");
}

TEST_CASE("no usual name stands for two quantities") {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < kNumQuantities; ++i) {
    const QuantityNames& names = names_of(static_cast<Quantity>(i));
    for (const std::string_view name : names.others) {
      INFO(name);
      CHECK(name == plain_name(name));
      CHECK(seen.insert(std::string(name)).second);
    }
  }
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
      "x.csv:1: two of params (N), tokens (D) and flops (C) are needed, found none; no column for "
      "the loss (L); name them with --column params=HEADER --column loss=HEADER; the header has: "
      "a0, "
      "a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, ... (100 in all)");
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
      "; units are loss=nats, loss=bits, loss=ppl, loss=bpb:BYTES_PER_TOKEN, "
      "loss=bpc:CHARACTERS_PER_TOKEN, loss=nats_per_byte:BYTES_PER_TOKEN, k, M, B, T or a number "
      "for "
      "params, tokens and flops, and log10 or log for all";
  const std::vector<std::pair<std::pair<std::string, std::string>, std::string>> cases{
      {{"loss", "ppl:2"}, "--unit loss=ppl:2: no such unit"},
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

}  // namespace
}  // namespace isoloss
