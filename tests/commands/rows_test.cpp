// Every row of the file, with what the law says of it or why it was left out: `isoloss fit --rows`
// and the JSON of the fit.

#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "host/laws/registry.h"
#include "host/report/rows.h"
#include "tests/catch.h"
#include "tests/run_program.h"
#include "tests/test_files.h"

namespace isoloss {
namespace {

using Json = nlohmann::json;

std::vector<std::vector<std::string>> cells_of(const std::string& csv) {
  std::vector<std::vector<std::string>> out;
  std::istringstream lines(csv);
  for (std::string line; std::getline(lines, line);) {
    out.emplace_back(1);
    bool is_quoted = false;
    for (const char c : line) {
      if (c == '"') is_quoted = !is_quoted;
      if (c == ',' && !is_quoted) {
        out.back().emplace_back();
      } else {
        out.back().back() += c;
      }
    }
  }
  return out;
}

const std::string kRowsFit =
    "fit datasets/chinchilla_figure4.csv --drop-highest-loss 2 --where 'params < 5e9' --bootstrap "
    "0 "
    "--quiet ";

}  // namespace

TEST_CASE("Every row of a fit is written, with what the law says of it or why it was left out") {
  const auto rows = cells_of(run_program(kRowsFit + "--rows - 2>/dev/null").output);
  REQUIRE(rows.size() == 1 + 245);
  CHECK(rows[0] == std::vector<std::string>{"line", "run", "params", "tokens", "loss", "fitted",
                                            "residual", "weight", "left_out"});
  std::size_t num_fitted = 0, num_where = 0, num_highest = 0;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    REQUIRE(rows[i].size() == rows[0].size());
    const std::string& why = rows[i].back();
    num_fitted += why.empty();
    num_where += why.find("--where") != std::string::npos;
    num_highest += why == "highest loss";
    if (!why.empty()) continue;
    const double loss = std::stod(rows[i][4]), fitted = std::stod(rows[i][5]);
    CHECK(std::log(fitted / loss) == Approx(std::stod(rows[i][6])).margin(1e-14));
    CHECK(std::stod(rows[i][2]) < 5e9);
  }
  CHECK(num_highest == 2);
  CHECK(num_where > 0);
  CHECK(num_fitted + num_where + num_highest == 245);
}

TEST_CASE("The JSON of a fit has the same rows as columns") {
  const auto csv = cells_of(run_program(kRowsFit + "--rows - 2>/dev/null").output);
  const Json json = Json::parse(run_program(kRowsFit + "--json - 2>/dev/null").output);
  const Json& rows = json.at("rows");
  const std::size_t num = json.at("runs").at("num_runs");
  const Json inputs = rows.at("inputs");
  const std::vector<Json> columns{rows.at("line"),     rows.at("run"),      inputs.at("params"),
                                  inputs.at("tokens"), rows.at("response"), rows.at("fitted"),
                                  rows.at("residual")};
  CHECK(!rows.contains("weight"));
  for (std::size_t k = 0; k < columns.size(); ++k) {
    INFO(csv[0][k]);
    REQUIRE(columns[k].size() == num);
    for (std::size_t i = 0; i < num; ++i) {
      const Json& own = columns[k][i];
      const bool is_same = own.is_string() ? own.get<std::string>() == csv[1 + i][k]
                                           : own.get<double>() == std::stod(csv[1 + i][k]);
      CHECK(is_same);
    }
  }
  std::size_t at = 1 + num;
  const Json& dropped = json.at("runs").at("dropped");
  REQUIRE(rows.at("left_out").size() == dropped.size());
  for (std::size_t k = 0; k < dropped.size(); ++k)
    for (const Json& line : rows.at("left_out")[k]) {
      CHECK(std::to_string(line.get<std::size_t>()) == csv.at(at)[0]);
      CHECK(dropped[k].at("reason").get<std::string>() == csv.at(at++).back());
    }
  CHECK(at == csv.size());
}

TEST_CASE("More rows than a JSON should hold are in none") {
  RunTable runs;
  FitResult fit;
  fit.law = std::make_shared<const LawEntry>(find_law("chinchilla"));
  runs.params = runs.tokens = runs.loss = fit.residuals = {1};
  runs.line = {2};
  runs.dropped = {{"all", 0, std::vector<std::size_t>(kMostJsonRows - 1, 3)}};
  CHECK(Json::parse(rows_json(runs, fit)).at("left_out")[0].size() == kMostJsonRows - 1);
  runs.dropped[0].lines.push_back(4);
  CHECK(rows_json(runs, fit) == "null");
}

}  // namespace isoloss
