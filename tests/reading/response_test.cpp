// Laws that predict something else than the loss.

#include <numbers>
#include <string>
#include <vector>

#include "host/reading/read_options.h"
#include "host/reading/run_table.h"
#include "tests/catch.h"
#include "tests/reading.h"

namespace isoloss {
namespace {

ReadOptions predicting(const std::string& response, const std::vector<InputColumn>& inputs) {
  ReadOptions options;
  options.inputs = inputs;
  options.response = response;
  return options;
}

const std::string kTasks =
    "model,N,D,val_loss,Task Error\n"
    "a,1e8,2e9,3.0,0.5\n"
    "b,2e8,4e9,2.5,0.75\n"
    "c,4e8,8e9,2.0,0.25\n";

TEST_CASE("the response is any column, and then no loss is needed") {
  const RunTable table =
      parse("N,D,accuracy\n1e8,2e9,0.5\n", predicting("accuracy", {{"params"}, {"tokens"}}));
  CHECK(table.loss == Numbers{0.5});
  CHECK(table.response == "accuracy");
  CHECK(table.columns.back().quantity == "accuracy");
  CHECK(parse("N,D,loss\n1e8,2e9,3\n").response == "loss");
}

TEST_CASE("a loss may predict another measure, and only the loss is converted") {
  ReadOptions options = predicting("task_error", {{"loss"}});
  options.unit["loss"] = "bits";
  const RunTable table = parse(kTasks, options);
  CHECK(table.loss == Numbers{0.5, 0.75, 0.25});
  CHECK(table.response == "Task Error");
  CHECK(table.values_of("loss") ==
        Numbers{3 * std::numbers::ln2, 2.5 * std::numbers::ln2, 2 * std::numbers::ln2});
  CHECK(table.params.empty());
  CHECK(refused(kTasks, predicting("", {{"loss"}})) ==
        "the loss is an input of this law, and nothing says what it predicts; name the column of "
        "that with --response HEADER");
}

TEST_CASE("a response that usually names the loss is the loss unless that is an input") {
  const std::string bytes = "N,D,train_loss,val_loss\n1e8,2e9,4,3\n";
  ReadOptions options = predicting("val_loss", {{"params"}, {"tokens"}});
  options.unit["loss"] = "bits";
  const RunTable table = parse(bytes, options);
  CHECK(table.response == "loss");
  CHECK(table.loss == Numbers{3 * std::numbers::ln2});
  const RunTable other = parse(bytes, predicting("val_loss", {{"loss"}}));
  CHECK(other.response == "val_loss");
  CHECK(other.loss == Numbers{3});
  CHECK(other.values_of("loss") == Numbers{4});
}

TEST_CASE("a response is checked, filtered and dropped as a loss is") {
  ReadOptions options = predicting("Task Error", {{"params"}, {"tokens"}});
  options.where = "val_loss < 2.9 && loss > 1 && `Task Error` < 1";
  options.drop_highest_loss = 1;
  const RunTable table = parse(kTasks, options);
  CHECK(table.loss == Numbers{0.25});
  REQUIRE(table.dropped.size() == 2);
  CHECK(table.dropped[1].reason == "highest Task Error");
  CHECK(refused("N,D,Task Error\n1e8,2e9,-0.5\n",
                predicting("Task Error", {{"params"}, {"tokens"}})) ==
        "x.csv:2: column Task Error: Task Error must be > 0, this is -0.5; leave such rows out "
        "with --where '`Task Error` > 0'");
  options = predicting("Task Error", {{"params"}, {"tokens"}});
  options.positive_response = false;
  CHECK(parse("N,D,Task Error\n1e8,2e9,-0.5\n", options).loss == Numbers{-0.5});
}

TEST_CASE("a response that is not there, or an input as well, is refused") {
  CHECK(refused(kTasks, predicting("bleu", {{"params"}})) ==
        "x.csv:1: no column \"bleu\" for --response; the header has: model, N, D, val_loss, Task "
        "Error");
  ReadOptions options = predicting("Task Error", {{"x"}});
  options.column["x"] = "Task Error";
  CHECK(refused(kTasks, options) ==
        "x.csv:1: column Task Error: asked for as x and as the response; name another column with "
        "--column");
  CHECK(parse(kTasks, predicting("D", {{"params"}})).tokens.empty());
}

}  // namespace
}  // namespace isoloss
