#include "host/answers/compare_laws/holdout.h"

#include <cmath>

#include "tests/catch.h"
#include "tests/figure4.h"
#include "tests/input_error.h"

namespace isoloss {
namespace {

RunTable three_sizes() {
  RunTable out;
  out.path = "runs.csv";
  out.params = {1e8, 1.01e8, 2e8, 2e8, 4e8};
  out.tokens = {1e9, 2e9, 1e9, 3e9, 5e9};
  for (std::size_t i = 0; i < out.params.size(); ++i)
    out.flops.push_back(6 * out.params[i] * out.tokens[i]);
  out.loss = {3, 2.9, 2.8, 2.7, 2.6};
  return out;
}

}  // namespace

TEST_CASE("A way to hold runs out is written in one word") {
  for (const auto& [text, kind, quantity, share] :
       {std::tuple{"beyond-compute:1/10", HoldoutKind::beyond, "compute", 0.1},
        {"beyond-flops:0.25", HoldoutKind::beyond, "compute", 0.25},
        {"top-params:20%", HoldoutKind::top, "params", 0.2},
        {"each-run", HoldoutKind::each, "run", 0.0}}) {
    const Holdout got = parse_holdout(text);
    CHECK(got.kind == kind);
    CHECK(got.quantity == quantity);
    CHECK(got.share == Approx(share));
    CHECK(parse_holdout(got.text()).text() == got.text());
  }
  for (const char* wrong :
       {"", "compute", "beyond-compute", "beyond-:1/10", "top-params:0", "top-params:120%",
        "top-params:1/0", "each-run:3", "each-", "beyond-compute:nan", "below-compute:1/2"})
    CHECK_THROWS_AS(parse_holdout(wrong), InputError);
}

TEST_CASE("What lies beyond a share of the largest is held out, with how far beyond it lies") {
  const RunTable runs = three_sizes();
  const auto folds = folds_of(runs, {HoldoutKind::beyond, "compute", 0.11});
  REQUIRE(folds.size() == 1);
  CHECK(folds[0].fitted == std::vector<std::size_t>{0, 1, 2});
  CHECK(folds[0].held_out == std::vector<std::size_t>{3, 4});
  const double largest = runs.flops[1];
  CHECK(folds[0].times[0] == Approx(runs.flops[3] / largest));
  CHECK(folds[0].times[1] == Approx(runs.flops[4] / largest));
}

TEST_CASE("The top share of runs keeps equal ones together") {
  const auto folds = folds_of(three_sizes(), {HoldoutKind::top, "params", 0.4});
  CHECK(folds[0].held_out == std::vector<std::size_t>{4});
  CHECK_THROWS_AS(folds_of(three_sizes(), {HoldoutKind::top, "params", 0.9}), InputError);
}

TEST_CASE("Each size is held out in turn, sizes that hardly differ as one") {
  const auto folds = folds_of(three_sizes(), {HoldoutKind::each, "params", 0});
  REQUIRE(folds.size() == 3);
  CHECK(folds[0].label == "params 100M");
  CHECK(folds[0].held_out == std::vector<std::size_t>{0, 1});
  CHECK(folds[1].held_out == std::vector<std::size_t>{2, 3});
  CHECK(folds[2].fitted == std::vector<std::size_t>{0, 1, 2, 3});
}

TEST_CASE("Runs are held out by label, and not where nothing tells them apart") {
  RunTable runs = three_sizes();
  CHECK_THROWS_AS(folds_of(runs, {HoldoutKind::each, "run", 0}), InputError);
  runs.run = {"b", "a", "b", "a", "c"};
  const auto folds = folds_of(runs, {HoldoutKind::each, "run", 0});
  REQUIRE(folds.size() == 3);
  CHECK(folds[0].held_out == std::vector<std::size_t>{0, 2});
  CHECK_THROWS_AS(folds_of(runs, {HoldoutKind::each, "bits", 0}), InputError);
}

TEST_CASE("By default there are as many cuts as leave enough runs to fit") {
  const RunTable runs = figure4();
  const auto all = default_holdouts(runs, "compute", 8);
  REQUIRE(all.size() == 3);
  for (const Holdout& own : all) CHECK(folds_of(runs, own)[0].fitted.size() >= 8);
  CHECK(default_holdouts(runs, "compute", 200).size() < 3);
  CHECK(default_holdouts(runs, "compute", 1000).empty());
}

}  // namespace isoloss
