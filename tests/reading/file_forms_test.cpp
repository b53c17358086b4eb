// Forms of files and of numbers that people have: decimal commas, blanks, JSON, gzip, several
// files.

#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "host/base/file_bytes.h"
#include "host/reading/json_table.h"
#include "host/reading/run_files.h"
#include "tests/catch.h"
#include "tests/reading.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

std::string compressed(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string out(1000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

const std::string kTwo = "N,D,loss\n1e8,2e9,3\n2e8,4e9,2.5\n";

TEST_CASE("decimal commas are read where no comma divides fields and one of them is certain") {
  const RunTable table = parse("N;D;loss\n1,5e8;2.000.000.000;3,438\n2e8;4e9;3,1\n");
  CHECK(table.params == Numbers{1.5e8, 2e8});
  CHECK(table.tokens == Numbers{2e9, 4e9});
  CHECK(table.loss == Numbers{3.438, 3.1});
  CHECK(parse("N\tD\tloss\n1e8\t2e9\t3,14\n").loss == Numbers{3.14});
  CHECK(refused("N;D;loss\n1e8;2e9;3,438\n") ==
        "x.csv:2: column loss: \"3,438\" is not a number: it may mean 3438 or 3.438; write one of "
        "these");
  CHECK(refused("N;D;loss\n100.000;2e9;3,14\n") ==
        "x.csv:2: column N: \"100.000\" may mean 100000 or 100.000, because line 2 has a decimal "
        "comma: \"3,14\"; write such numbers without a point, or all decimals with points");
}

TEST_CASE("fields are split at blanks where nothing else divides them") {
  CHECK(parse("N   D   loss\n1e8 2e9 3\n  2e8  4e9  2.5  \n").loss == Numbers{3, 2.5});
  CHECK(refused("Model Size D loss\n1e8 2e9 3\n") ==
        "x.csv:2: 3 fields, header has 4: this is the last row, and the file seems cut off; fields "
        "are split at blanks here: write commas between them");
}

TEST_CASE("a line before the header is named") {
  CHECK(
      refused("Results of the sweep\nN,D,loss\n1e8,2e9,3\n") ==
      "x.csv:1: \"Results of the sweep\" stands before the header, which seems to be line 2; begin "
      "such lines with '# ', or remove them");
}

TEST_CASE("a number may stand apart from its suffix") {
  CHECK(parse("N,D,loss\n1.5 B,30 B,2.5\n").params == Numbers{1.5e9});
}

TEST_CASE("a scale in a header scales its column, with a warning") {
  const std::string bytes = "Params (M),Tokens [B],loss (nats)\n70,1.5,3\n";
  const RunTable table = parse(bytes);
  CHECK(table.params == Numbers{70e6});
  CHECK(table.tokens == Numbers{1.5e9});
  CHECK(warning(table, "header_scales") ==
        "numbers are scaled as their headers say: \"Params (M)\" x 1e+06, \"Tokens [B]\" x 1e+09; "
        "--unit QUANTITY=1 takes them as they stand.");
  ReadOptions options;
  options.unit["tokens"] = "1";
  CHECK(parse(bytes, options).tokens == Numbers{1.5});
  CHECK(refused("Params (M),D,loss\n70M,1e9,3\n") ==
        "x.csv:2: column Params (M): \"70M\" has a scale, and so has the header; write one of the "
        "two");
}

TEST_CASE("the last part of a dotted or slashed header is its name") {
  const RunTable table = parse("model.n_params,train/total_tokens,eval/loss\n1e8,2e9,3\n");
  CHECK(table.params == Numbers{1e8});
  CHECK(table.tokens == Numbers{2e9});
  CHECK(
      refused("a.n_params,b.n_params,D,loss\n1e8,1e8,2e9,3\n") ==
      "x.csv:1: 2 columns could be the params (N): a.n_params or b.n_params; choose with --column "
      "params=b.n_params");
}

TEST_CASE("units may be logarithms, perplexities, numbers and nats per byte") {
  ReadOptions options;
  options.unit = {{"params", "log10"}, {"tokens", "524288"}, {"loss", "ppl"}};
  const RunTable table = parse("N,D,loss\n8,1000,20\n", options);
  CHECK(table.params == Numbers{1e8});
  CHECK(table.tokens == Numbers{524288e3});
  CHECK(std::exp(table.loss[0]) == Approx(20));
  options.unit = {{"loss", "nats_per_byte:4.5"}};
  CHECK(parse("N,D,loss\n1e8,2e9,0.5\n", options).loss == Numbers{2.25});
  options = {};
  options.column["loss"] = "val_ppl";
  CHECK(warning(parse("N,D,val_ppl\n1e8,2e9,20\n", options), "perplexity_as_loss") ==
        "\"val_ppl\" is read as a loss in nats per token: a perplexity? Then use --unit loss=ppl.");
  options.column = {{"params", "log10_N"}};
  CHECK(warning(parse("log10_N,D,loss\n8,2e9,3\n", options), "counts_are_logs") ==
        "params (N) are at most 8: logarithms? Then use --unit params=log10.");
}

TEST_CASE("all that lacks is one error, with the likely headers first") {
  CHECK(
      refused("a,b,my_loss_x,z\n1,2,3,4\n") ==
      "x.csv:1: two of params (N), tokens (D) and flops (C) are needed, found none; no column for "
      "the loss (L); name them with --column params=HEADER --column loss=HEADER; the header has: "
      "my_loss_x, a, b, z");
}

TEST_CASE("a column may be computed from others") {
  ReadOptions options;
  options.column["tokens"] = "step*batch_size*seq_len";
  options.response = "1 - acc";
  const RunTable table = parse("N,step,batch_size,seq len,acc\n1e8,1000,256,2048,0.25\n", options);
  CHECK(table.tokens == Numbers{1000.0 * 256 * 2048});
  CHECK(table.loss == Numbers{0.75});
  options.response = "acc - accuracy";
  CHECK(
      refused("N,step,batch_size,seq_len,acc\n1e8,1000,256,2048,0.25\n", options) ==
      "--response: no column \"accuracy\" at character 7\n  acc - accuracy\n        ^\nthe header "
      "has: N, step, batch_size, seq_len, acc, step*batch_size*seq_len");
  options = {};
  options.column["loss"] = "val-bpb";
  CHECK(refused("N,D,loss\n1e8,2e9,3\n", options) ==
        "x.csv:1: no column \"val-bpb\" for --column loss; the header has: N, D, loss");
}

TEST_CASE("a slashed column in --where is shown how to be written") {
  ReadOptions options;
  options.where = "eval/loss < 3.2";
  CHECK(
      refused("N,D,eval/loss\n1e8,2e9,3\n", options) ==
      "--where: write the column as `eval/loss`, in backticks, at character 1\n  eval/loss < 3.2\n "
      " ^");
}

TEST_CASE("JSON is read: an object a line, a list, a state of a trainer") {
  CHECK(parse("{\"N\": 1e8, \"D\": 2e9, \"loss\": 3}\n{\"N\": 2e8, \"D\": 4e9, \"loss\": 2.5}")
            .loss == Numbers{3, 2.5});
  const RunTable nested =
      parse("[{\"model\": {\"n_params\": 100000000}, \"D\": 2e9, \"loss\": 3, \"tags\": [\"}\"]}]");
  CHECK(nested.params == Numbers{1e8});
  CHECK(refused("{\"N\": 1e8, \"D\": 2e9, \"loss\": NaN, \"x\": -Infinity}\n") ==
        "x.csv:1: column loss: the value is missing (empty); use --drop-missing to skip 1 row");
  CHECK(refused("{\"N\": 1e8}\n{\"N\" 1}\n") ==
        "x.csv:2: no sound JSON; one object a run: {\"params\": 1e8, ...}");
  ReadOptions options;
  options.sizes = {{"x", 70e6}};
  options.column["tokens"] = "step*1000";
  const RunTable state = parse(
      "{\"log_history\": [{\"step\": 10, \"loss\": 4}, {\"step\": 20, \"loss\": 3.5}]}", options);
  CHECK(state.tokens == Numbers{1e4, 2e4});
  CHECK(state.params == Numbers{70e6, 70e6});
  CHECK(state.run == std::vector<std::string>{"x", "x"});
}

TEST_CASE("a W&B chart becomes rows where the sizes of its runs are given") {
  ReadOptions options;
  options.sizes = {{"run-70m", 70e6}, {"run-70m-b", 71e6}};
  options.column["tokens"] = "Step*1000";
  const std::string bytes =
      "\"Step\",\"run-70m - eval/loss\",\"run-70m - eval/loss__MIN\",\"run-70m-b - eval/loss\"\n"
      "10,4,4,4.1\n20,3.5,3.5,\n";
  const RunTable table = parse(bytes, options);
  CHECK(table.params == Numbers{70e6, 70e6, 71e6});
  CHECK(table.loss == Numbers{4, 3.5, 4.1});
  CHECK(table.run == std::vector<std::string>{"run-70m", "run-70m", "run-70m-b"});
  options.sizes = {{"other", 1}};
  CHECK(
      refused(bytes, options) ==
      "x.csv:2: --sizes has no size of \"run-70m\"; add NAME=PARAMS, with a name that is a part of "
      "this one");
}

TEST_CASE("a file that gzip compressed is read, a damaged one is refused") {
  CHECK(parse(compressed(kTwo)).loss == Numbers{3, 2.5});
  CHECK(parse(compressed(kTwo) + compressed("3e8,6e9,2.2\n")).loss == Numbers{3, 2.5, 2.2});
  const std::string whole = compressed(kTwo);
  CHECK(refused(whole.substr(0, whole.size() - 12)) ==
        "x.csv: a gzip file that is damaged or cut off; test it with gzip -t, and write it again");
}

TEST_CASE("several files are one table, with a column that names them") {
  const auto folder = std::filesystem::temp_directory_path() / "isoloss_file_forms_test";
  std::filesystem::create_directories(folder);
  const std::string a = folder / "a.csv";
  const std::string b = folder / "b.csv";
  std::ofstream(a) << kTwo;
  std::ofstream(b) << "loss,N,D\n2.2,3e8,6e9\n";
  const CsvTable table = read_table({folder / "*.csv"}, {});
  CHECK(table.names() == std::vector<std::string>{"N", "D", "loss", "file"});
  CHECK(table.cells.text(2, 3) == b);
  CHECK(runs_of(table, {}).loss == Numbers{3, 2.5, 2.2});
  std::ofstream(b) << "loss,N,D\nx2,3e8,6e9\n";
  const std::string message = refusal([&] { runs_of(read_table({a, b}, {}), {}); });
  CHECK(message.starts_with(b + ":2: column loss: \"x2\" is not a number"));
  CHECK(refusal([&] { read_table({folder / "*.tsv"}, {}); }).starts_with("no file matches"));
  std::filesystem::remove_all(folder);
}

TEST_CASE("what a law of flops alone does not read is not derived") {
  ReadOptions options;
  options.inputs = {{"flops"}};
  const RunTable table = parse("tokens,C,loss\n2e9,1.2e18,3\n", options);
  CHECK(table.params.empty());
  CHECK(warning(table, "column_derived") == "none");
}

TEST_CASE("a file that is too long is refused while it is read") {
  CHECK(refusal([] { require_size(kLongestFile + 1, "x.csv"); }) ==
        "x.csv: more than 4 GiB; a table of runs is smaller: leave columns or rows out");
}

}  // namespace
TEST_CASE("a key that stands twice in one object of JSON is refused") {
  const std::string first = "{\"params\": 1e8, \"tokens\": 1e9, \"loss\": 3}\n";
  for (const char* second : {"{\"params\": 1e8, \"tokens\": 1e9, \"loss\": 3.9, \"loss\": 2.9}",
                             "{\"params\": 1e8, \"tokens\": 1e9, \"loss\": 3, \"params\": null}"})
    CHECK(contains(refusal([&] { parse_json(first + second, "runs.jsonl"); }),
                   "runs.jsonl:2: the key "));
  const std::string flat =
      "{\"a.params\": 1e8, \"a\": {\"params\": 2e8}, \"tokens\": 1e9, \"loss\": 3}";
  CHECK(
      contains(refusal([&] { parse_json(first + flat, "runs.jsonl"); }), "a.params stands twice"));
  // One of its own in each of several objects is none.
  const CsvTable apart = parse_json("{\"a\": {\"x\": 1}, \"b\": {\"x\": 2}}", "runs.jsonl");
  CHECK(apart.names() == std::vector<std::string>{"a.x", "b.x"});
}

TEST_CASE("JSON under a byte order mark is read, and JSON nested without end refused") {
  const std::string runs =
      "{\"params\": 1e8, \"tokens\": 1e9, \"loss\": 3}\n"
      "{\"params\": 2e8, \"tokens\": 1e9, \"loss\": 2.9}\n";
  CHECK(parse_runs("\xEF\xBB\xBF" + runs, "x.jsonl", {}).num_runs() == 2);
  std::string deep = "1";
  for (int i = 0; i < 200; ++i) deep = "{\"x\":" + deep + "}";
  CHECK(contains(refusal([&] { parse_runs(deep, "x.json", {}); }), "x.json:1: no sound JSON"));
  std::string wide = "1";
  for (int i = 0; i < 20; ++i) wide = "{\"x\":" + wide + "}";
  CHECK(!contains(refusal([&] { parse_runs(wide, "x.json", {}); }), "no sound JSON"));
}

TEST_CASE("A size is of no run whose name goes on with digits") {
  ReadOptions options;
  options.sizes = {{"70m", 70e6}, {"run-1", 1e6}, {"3b", 3e9}};
  const auto params_of = [&](const std::string& name) {
    return parse_runs("run,tokens,loss\n" + name + ",1e9,3\n", "x.csv", options).params.at(0);
  };
  CHECK(params_of("run-70m") == 70e6);
  CHECK(params_of("70m-b") == 70e6);
  CHECK(params_of("run-1-b") == 1e6);
  CHECK(params_of("v.3b") == 3e9);
  for (const char* name : {"run-170m", "run-11", "run-12-170m", "x-1.3b", "x-0.13b", "run-1.5"})
    CHECK(contains(refusal([&] { params_of(name); }), "has no size of"));
}

}  // namespace isoloss
