// Which rows decide an answer: exact refits without each.

#include "host/answers/influence/influence.h"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "host/report/influence.h"
#include "tests/catch.h"
#include "tests/input_error.h"
#include "tests/planted_designs.h"
#include "tests/planted_source.h"
#include "tests/run_program.h"
#include "tests/text_checks.h"
#include "tests/two_threads.h"

namespace isoloss {
namespace {

RunTable planted_grid(std::uint64_t stream) {
  return with_noise(grid_runs({1e8, 3e8, 1e9, 3e9, 1e10}, {1e9, 3e9, 1e10, 3e10, 1e11, 3e11}),
                    0.005, stream);
}

const Warning* decisive_of(const Influence& got) {
  for (const Warning& own : got.warnings)
    if (own.name == "decisive_runs") return &own;
  return nullptr;
}

}  // namespace

TEST_CASE("One wrong row is found and named with its file and line") {
  RunTable runs = planted_grid(1);
  runs.loss[29] *= 1.3;  // the largest run of all
  FitOptions options = two_threads(400);
  options.residual_loss.kind = ResidualKind::squared;
  const Influence got = influence(source_of(runs), {{LeaveOut::row}}, options);
  REQUIRE(got.without.size() == runs.num_runs());
  CHECK(got.without[0].group.label == "line 31");
  const MovedQuantity& most = got.without[0].moved[got.without[0].most];
  CHECK(most.times < 1);  // the resamples without it reach as far
  CHECK(most.times_of_rest > 3);
  REQUIRE(decisive_of(got) != nullptr);
  INFO(decisive_of(got)->text);
  CHECK(contains(decisive_of(got)->text, "without planted.csv, line 31, "));
  CHECK(!contains(decisive_of(got)->text, "; without"));
}

TEST_CASE("A fit names the row that it hangs on, and none of clean runs") {
  const auto named = [](RunTable runs, ResidualKind kind) {
    FitOptions options = two_threads(1000);
    options.residual_loss.kind = kind;
    for (const Warning& own : fit(source_of(runs), options).warnings)
      if (own.name == "decisive_runs") return own.text;
    return std::string();
  };
  RunTable runs = planted_grid(1);
  runs.loss[29] *= 1.3;
  CHECK(contains(named(runs, ResidualKind::squared), "without planted.csv, line 31, "));
  for (const std::uint64_t stream : {1, 2, 3, 4, 5, 6})
    for (const ResidualKind kind : {ResidualKind::huber, ResidualKind::squared})
      CHECK(named(planted_grid(stream), kind).empty());
}

// Four of the five highest losses of figure 4, which Besiroglu et al. 2024 left out, and one more.
TEST_CASE("Outliers that hide each other are left out together") {
  RunSource source;
  source.paths = {ISOLOSS_SOURCE "/datasets/chinchilla_figure4.csv"};
  const Influence got = influence(source, {{LeaveOut::row, LeaveOut::outliers}}, two_threads(1000));
  CHECK(got.without[0].group.kind == LeaveOut::outliers);
  CHECK(got.without[0].group.label == "5 outliers");
  CHECK(got.without[1].group.label == "line 4");
  CHECK(got.without[1].times() < 1);
  REQUIRE(decisive_of(got) != nullptr);
  CHECK(contains(decisive_of(got)->text, "lines 4, 5, 6, 7, 248)"));
}

TEST_CASE("No row of clean planted runs is named") {
  for (const std::uint64_t stream : {1, 2, 3, 4}) {
    INFO(stream);
    for (const ResidualKind kind : {ResidualKind::huber, ResidualKind::squared}) {
      FitOptions options = two_threads(400);
      options.residual_loss.kind = kind;
      const Influence got = influence(source_of(planted_grid(stream)), {{LeaveOut::row}}, options);
      CHECK(decisive_of(got) == nullptr);
      CHECK(got.without.front().times() < 1);
      CHECK(got.without.front().times() > 0.05);
    }
  }
}

TEST_CASE("Few sizes move the answer by chance, and are not named for that") {
  int num_moved = 0;
  for (const std::uint64_t stream : {1, 2, 3, 4}) {
    INFO(stream);
    FitOptions options = two_threads(400);
    options.residual_loss.kind = ResidualKind::squared;
    const Influence got = influence(source_of(planted_grid(stream)), {{LeaveOut::size}}, options);
    for (const MovedQuantity& own : got.without.front().moved) num_moved += own.times > 1;
    CHECK(decisive_of(got) == nullptr);
  }
  CHECK(num_moved > 0);
}

TEST_CASE("A fit that leaves the row out by hand gives the same numbers") {
  const std::string file =
      "datasets/olmo_ladder_final.csv --column tokens='steps*batch_tokens' "
      "--drop-missing ";
  const auto all = nlohmann::json::parse(
      run_program("influence " + file + "--each row,size --bootstrap 100 --json - 2>/dev/null")
          .output);
  const auto& quantities = all.at("quantities");
  std::string budgets;
  for (const auto& own : quantities) {
    const std::string name = own.at("quantity");
    if (name.starts_with("N at ")) budgets += (budgets.empty() ? "" : ",") + name.substr(5);
  }
  for (const std::size_t place : {std::size_t{0}, all.at("without").size() - 1}) {
    const auto& without = all.at("without")[place];
    std::string where;
    for (const auto& line : without.at("lines"))
      where += fmt::format("{}row != {}", where.empty() ? "" : " && ", line.get<int>());
    INFO(where);
    const auto fit = nlohmann::json::parse(
        run_program(fmt::format("fit {} --where '{}' --bootstrap 0 --quiet --json - 2>/dev/null",
                                file, where))
            .output);
    for (std::size_t k = 0; k < quantities.size(); ++k) {
      const std::string name = quantities[k].at("quantity");
      const auto& value = without.at("moved")[k].at("value");
      INFO(name);
      if (fit.at("params").contains(name)) CHECK(value == fit.at("params").at(name).at("value"));
      if (name == "N_exponent") CHECK(value == fit.at("exponents").at("N_exponent").at("value"));
    }
  }
}

TEST_CASE("Sizes and runs and files are left out whole, where there are any") {
  std::string csv = "run,params,tokens,loss\n";
  const RunTable runs = planted_grid(1);
  for (std::size_t i = 0; i < runs.num_runs(); ++i)
    csv += fmt::format("r{},{},{},{}\n", i / 3, runs.params[i], runs.tokens[i], runs.loss[i]);
  const Influence got = influence(source_of(csv), {}, two_threads(40));
  std::map<LeaveOut, std::size_t> num_of;
  for (const Without& own : got.without) ++num_of[own.group.kind];
  CHECK(num_of == std::map<LeaveOut, std::size_t>{
                      {LeaveOut::row, 30}, {LeaveOut::size, 5}, {LeaveOut::run, 10}});
  for (std::size_t i = 1; i < got.without.size(); ++i)
    CHECK(got.without[i - 1].times() >= got.without[i].times());
  const std::string error =
      refusal([&] { influence(source_of(csv), {{LeaveOut::file}}, two_threads(40)); });
  CHECK(contains(error, "--each file: these runs have only one"));
}

TEST_CASE("A row without which nothing is left to tell counts as the most") {
  const Influence got =
      influence(source_of(with_noise(thirteen_designs()[5].runs, 0.002, 1)), {}, two_threads(40));
  REQUIRE(got.without.size() >= 6);
  CHECK(got.without[0].status == Status::not_identifiable);
}

TEST_CASE("The digits do not depend on the threads") {
  FitOptions options = two_threads(100);
  const std::string two = influence_json(influence(source_of(planted_grid(2)), {}, options));
  options.num_threads = 1;
  CHECK(influence_json(influence(source_of(planted_grid(2)), {}, options)) == two);
}

TEST_CASE("What is left out is one of five kinds") {
  const ProgramRun run = run_program("influence datasets/chinchilla_figure4.csv --each rows 2>&1");
  CHECK(run.exit_code == 2);
  CHECK(contains(run.output, "\"rows\" is nothing to leave out"));
}

}  // namespace isoloss
