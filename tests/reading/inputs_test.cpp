// What a law reads besides the loss: other inputs, other responses, headers of a formula.

#include <stdexcept>
#include <string>
#include <vector>

#include "host/base/text.h"
#include "host/reading/columns.h"
#include "host/reading/read_options.h"
#include "host/reading/run_table.h"
#include "tests/catch.h"
#include "tests/reading.h"

namespace isoloss {
namespace {

ReadOptions with_inputs(const std::vector<InputColumn>& inputs, const std::string& response = "") {
  ReadOptions options;
  options.inputs = inputs;
  options.response = response;
  return options;
}

std::vector<std::string> uses(const RunTable& table) {
  std::vector<std::string> result;
  for (const ColumnUse& use : table.columns) {
    result.push_back(use.quantity + " <- " + use.source + (use.derived ? ", derived" : "") +
                     (use.renamed ? ", renamed" : ""));
  }
  return result;
}

using Texts = std::vector<std::string>;

TEST_CASE("every input of a law is found by its name, its symbol and its other names") {
  for (std::size_t i = 0; i < kNumQuantities; ++i) {
    const auto quantity = static_cast<Quantity>(i);
    if (!is_input(quantity) || quantity == Quantity::loss) continue;
    const QuantityNames& names = names_of(quantity);
    std::vector<std::string_view> headers = names.others;
    headers.push_back(names.name);
    if (!names.symbol.empty()) headers.push_back(names.symbol);
    for (const std::string_view header : headers) {
      INFO(header);
      const RunTable table = parse("loss,other," + std::string(header) + "\n3,7,0.5\n2,7,0.25\n",
                                   with_inputs({{std::string(names.name)}}));
      CHECK(table.values_of(names.name) == Numbers{0.5, 0.25});
      CHECK(table.loss == Numbers{3, 2});
    }
  }
}

TEST_CASE("inputs are read by their usual names, and the report learns where they stand") {
  const RunTable table =
      parse("global_step,Unique D,N,D,P_w,loss\n100,1e9,1e8,2e9,4,3\n",
            with_inputs({{"params"}, {"tokens"}, {"steps"}, {"unique_tokens"}, {"weight_bits"}}));
  CHECK(table.values_of("steps") == Numbers{100});
  CHECK(table.values_of("U") == Numbers{1e9});
  CHECK(table.values_of("weight_bits") == Numbers{4});
  CHECK(table.values_of("N") == table.params);
  CHECK(table.values_of("flops") == Numbers{1.2e18});
  CHECK(uses(table) == Texts{"params <- N", "tokens <- D", "flops <- 6 N D, derived",
                             "steps <- global_step, renamed", "unique_tokens <- Unique D, renamed",
                             "loss <- loss", "weight_bits <- P_w"});
  CHECK(warning(table, "columns_renamed") ==
        "read \"global_step\" as steps (S), \"Unique D\" as unique_tokens (U); choose others with "
        "--column.");
  CHECK_THROWS_AS(table.values_of("experts"), std::logic_error);
  CHECK_THROWS_AS(table.values_of("loss"), std::logic_error);
}

TEST_CASE("a column that is not asked for is never looked at") {
  const std::string bytes = "N,D,loss,E,steps,global_step,lr\n1e8,2e9,3,x,?,bad,\n";
  CHECK(parse(bytes).num_runs() == 1);
  CHECK(parse(bytes).further.empty());
  CHECK(refused(bytes, with_inputs({{"params"}, {"experts"}})) ==
        "x.csv:2: column E: \"x\" is not a number; numbers look like 400000000, 4e8 or 400M");
}

TEST_CASE("an input that is missing is refused with the flag that names it") {
  CHECK(refused("N,D,loss\n1,2,3\n", with_inputs({{"params"}, {"tokens"}, {"steps"}})) ==
        "x.csv:1: no column for steps (S), optimiser steps; name one with --column steps=HEADER; "
        "the header has: loss, N, D");
  CHECK(refused("N,D,loss\n1,2,3\n", with_inputs({{"x"}})) ==
        "x.csv:1: no column for x, the quantity that grows; name one with --column x=HEADER; the "
        "header has: loss, N, D");
  CHECK(refused("N,loss\n1,3\n", with_inputs({{"tokens"}})) ==
        "x.csv:1: no column for tokens (D), training tokens; name one with --column "
        "tokens=HEADER; the header has: loss, N");
  CHECK(refused("N,D,loss\n1,2,3\n", with_inputs({{"dropout"}})) ==
        "x.csv:1: no column \"dropout\", which the law reads; name one with --column "
        "dropout=HEADER; the header has: loss, N, D");
  CHECK(refused("step,global_step,loss\n1,2,3\n", with_inputs({{"steps"}})) ==
        "x.csv:1: 2 columns could be the steps (S): step or global_step; choose with --column "
        "steps=global_step");
}

TEST_CASE("The flag --column takes the name of every input, and a formula's own names") {
  ReadOptions options = with_inputs({{"x"}, {"width"}});
  options.column = {{"x", "Batch Size"}, {"width", "d_model"}, {"S", "step"}};
  const RunTable table = parse("Batch Size,d_model,step,loss\n64,512,9,3\n", options);
  CHECK(table.values_of("x") == Numbers{64});
  CHECK(table.values_of("width") == Numbers{512});
  CHECK(table.warnings.empty());
  options.column = {{"depth", "d_model"}};
  CHECK(refused("x,width,loss\n64,512,3\n", options) ==
        "--column: no quantity \"depth\"; the quantities are params, tokens, flops, loss, x, width "
        "and run");
  options.column = {{"x", "width"}};
  CHECK(refused("width,loss\n64,3\n", options) ==
        "x.csv:1: column width: asked for as x and as width; name another column with --column");
}

TEST_CASE("a header that a formula names is read under that name") {
  const RunTable table = parse("Weight Decay,val_loss\n0.1,3\n", with_inputs({{"weight_decay"}}));
  CHECK(table.values_of("weight_decay") == Numbers{0.1});
  CHECK(uses(table) == Texts{"loss <- val_loss, renamed", "weight_decay <- Weight Decay"});
  CHECK(table.params.empty());
  CHECK(table.flops.empty());
}

TEST_CASE("an input must be positive unless it may have any sign") {
  const std::string bytes = "weight-decay,x,loss\n0,-1,3\n0.1,0,3\n";
  const RunTable table = parse(bytes, with_inputs({{"weight-decay", false}, {"x", false}}));
  CHECK(table.values_of("weight-decay") == Numbers{0, 0.1});
  CHECK(table.values_of("x") == Numbers{-1, 0});
  CHECK(refused(bytes, with_inputs({{"x"}})) ==
        "x.csv:2: column x: x must be > 0, this is -1; leave such rows out with --where 'x > 0'");
  CHECK(refused(bytes, with_inputs({{"weight-decay"}})) ==
        "x.csv:2: column weight-decay: weight-decay must be > 0, this is 0; leave such rows out "
        "with --where '`weight-decay` > 0'");
}

TEST_CASE("params, tokens and flops are not needed where none of them is an input") {
  const RunTable table = parse("N,D,x,loss\n?,,4,3\n", with_inputs({{"x"}}));
  CHECK(table.params.empty());
  CHECK(table.tokens.empty());
  CHECK_FALSE(table.flops_given);
  CHECK(table.warnings.empty());
}

TEST_CASE("an only size is read or derived, and the others where every row has them") {
  const auto sizes = [](const std::string& bytes, const char* input) {
    const RunTable table = parse(bytes, with_inputs({{input}}));
    return std::vector<Numbers>{table.params, table.tokens, table.flops};
  };
  CHECK(sizes("D,loss\n2e9,3\n", "tokens") == std::vector<Numbers>{{}, {2e9}, {}});
  CHECK(sizes("C,loss\n6e17,3\n", "flops") == std::vector<Numbers>{{}, {}, {6e17}});
  CHECK(sizes("N,D,loss\n1e8,2e9,3\n", "flops") == std::vector<Numbers>{{1e8}, {2e9}, {1.2e18}});
  CHECK(sizes("N,C,loss\n1e8,1.2e18,3\n", "tokens") ==
        std::vector<Numbers>{{1e8}, {2e9}, {1.2e18}});
  CHECK(sizes("N,D,loss\n1e8,2e9,3\n", "tokens") == std::vector<Numbers>{{1e8}, {2e9}, {1.2e18}});
  CHECK(sizes("N,D,C,loss\n1e8,2e9,?,3\n", "tokens") == std::vector<Numbers>{{1e8}, {2e9}, {}});
  CHECK(sizes("N,D,loss\n,2e9,3\n", "tokens") == std::vector<Numbers>{{}, {2e9}, {}});
  CHECK(sizes("n_params,model_size,D,loss\n1,2,2e9,3\n", "tokens") ==
        std::vector<Numbers>{{}, {2e9}, {}});
  CHECK(refused("N,C,loss\n,6e17,3\n", with_inputs({{"tokens"}})) ==
        "x.csv:2: column N: the value is missing (empty); use --drop-missing to skip 1 row");
  // A column that is read as something else is not a size as well.
  ReadOptions options = with_inputs({{"tokens"}, {"x"}});
  options.column["x"] = "N";
  CHECK(parse("N,D,loss\n1e8,2e9,3\n", options).params.empty());
}

TEST_CASE("two of params, tokens and flops as inputs are read as three") {
  const RunTable table = parse("N,D,loss\n1e8,2e9,3\n", with_inputs({{"params"}, {"flops"}}));
  CHECK(table.flops == Numbers{1.2e18});
  CHECK(refused("N,x,loss\n1,2,3\n", with_inputs({{"params"}, {"flops"}})) ==
        "x.csv:1: two of params (N), tokens (D) and flops (C) are needed, found params (N); name "
        "one with --column tokens=HEADER; the header has: loss, N, x");
}

}  // namespace
}  // namespace isoloss
