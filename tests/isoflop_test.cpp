// Approach 2: a parabola at each budget, a power law through their minima.

#include "host/isoflop.h"

#include <fmt/format.h>

#include <cmath>

#include "tests/catch.h"
#include "tests/input_error.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

// A row of params, tokens, budget, loss and weight.
std::string row(double params, double budget, double loss, double weight = 1) {
  return fmt::format("{:.17g},1e9,{:.17g},{:.17g},{}\n", params, budget, loss, weight);
}

RunTable table_of(const std::string& rows) {
  ReadOptions options;
  options.inputs = {{"params"}, {"budget"}};
  options.weights = "weight";
  return parse_runs("params,tokens,budget,loss,weight\n" + rows, "runs.csv", options);
}

IsoflopFit isoflop_of(const std::string& rows) {
  return fit_isoflop(table_of(rows), "params", "budget");
}

// Rows whose losses lie on parabolas with their least at 0.3 C^0.45, away from the middle.
std::string exact_rows() {
  std::string out;
  for (const double budget : {1e18, 3e19, 1e21}) {
    const double best = std::log(0.3) + 0.45 * std::log(budget);
    for (const double away : {-0.4, 0.1, 0.9, 2.5})
      out += row(std::exp(best + away), budget, 2.5 + 0.07 * away * away);
  }
  return out;
}

const std::string kSecondBudget = row(1, 2, 3) + row(2, 2, 2) + row(4, 2, 3);

}  // namespace

TEST_CASE("Exact parabolas give their power law back") {
  const IsoflopFit fit = isoflop_of(exact_rows());
  CHECK(std::fabs(fit.exponent / 0.45 - 1) < tolerance::kClosedForm);
  CHECK(std::fabs(fit.coefficient / 0.3 - 1) < tolerance::kClosedForm);
  CHECK(std::fabs(fit.optimum(1e20) / (0.3 * std::pow(1e20, 0.45)) - 1) < tolerance::kClosedForm);
  REQUIRE(fit.minima.size() == 3);
  for (const IsoflopMinimum& at : fit.minima) {
    CHECK(std::fabs(at.loss / 2.5 - 1) < tolerance::kClosedForm);
    CHECK(std::fabs(at.curvature / 0.07 - 1) < tolerance::kClosedForm);
    CHECK(at.num_runs == 4);
    CHECK(at.inside);
  }
}

TEST_CASE("Minima come by ascending budget, whatever the order of the rows") {
  const IsoflopFit fit = isoflop_of(row(1, 9, 3) + row(2, 9, 2) + row(4, 9, 3) + kSecondBudget);
  REQUIRE(fit.minima.size() == 2);
  CHECK(fit.minima[0].budget == 2);
  CHECK(fit.minima[1].budget == 9);
}

TEST_CASE("A row of weight two counts like a row that stands twice") {
  const std::string others = row(1, 9, 3.1) + row(3, 9, 2) + row(4, 9, 2.2) + kSecondBudget;
  const IsoflopFit weighted = isoflop_of(row(8, 9, 3, 2) + others);
  const IsoflopFit twice = isoflop_of(row(8, 9, 3) + row(8, 9, 3) + others);
  const IsoflopFit once = isoflop_of(row(8, 9, 3) + others);
  CHECK(std::fabs(weighted.exponent / twice.exponent - 1) < tolerance::kClosedForm);
  CHECK(std::fabs(weighted.exponent / once.exponent - 1) > tolerance::kSameOptimum);
}

TEST_CASE("A least beyond the runs of its budget is marked") {
  const IsoflopFit fit = isoflop_of(row(1, 9, 5) + row(2, 9, 4) + row(4, 9, 3.5) + kSecondBudget);
  CHECK(fit.minima[0].inside);
  CHECK(!fit.minima[1].inside);
}

TEST_CASE("Budgets that have no parabola are refused") {
  CHECK(
      refusal([] { isoflop_of(row(1, 9, 3) + row(2, 9, 2) + row(2, 9, 2.1) + kSecondBudget); }) ==
      "runs.csv: 2 different models at the budget 9: a parabola needs 3; leave the budget out, or "
      "add runs");
  CHECK(refusal([] {
          isoflop_of(row(1, 9, 3) + row(2, 9, 4) + row(4, 9, 3) + kSecondBudget);
        }).find("no least at the budget 9") != std::string::npos);
  CHECK(refusal([] { isoflop_of(kSecondBudget); }).find("one budget") != std::string::npos);
}

}  // namespace isoloss
