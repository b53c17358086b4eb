// `isoloss fit --rows`: every row of the file, with what the law says of it or why it was left out.

#include <cmath>
#include <sstream>

#include "tests/catch.h"
#include "tests/run_program.h"
#include "tests/test_files.h"

namespace isoloss {
namespace {

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

}  // namespace

TEST_CASE("Every row of a fit is written, with what the law says of it or why it was left out") {
  const std::string csv =
      run_program(
          "fit datasets/chinchilla_figure4.csv --drop-highest-loss 2 --where 'params < "
          "5e9' --bootstrap 0 --quiet --rows - 2>/dev/null")
          .output;
  const auto rows = cells_of(csv);
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

}  // namespace isoloss
