// What a law misses runs by beside their noise, held against the textbook's sums of squares.

#include "host/fit/lack_of_fit.h"

#include <cmath>
#include <map>

#include "fits/random.h"
#include "host/answers/fitted_law.h"
#include "tests/catch.h"
#include "tests/has_warning.h"
#include "tests/input_error.h"
#include "tests/planted_source.h"
#include "tests/relative.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

struct Row {
  double x, y, error;
};

// Four rows a setting, of a parabola or a line.
std::vector<Row> replicated(double curvature) {
  std::vector<Row> out;
  const double noise[] = {0.31, -0.22, 0.05, -0.18, 0.27, -0.09, 0.12};
  for (int i = 0; i < 40; ++i) {
    const double x = 1 + i / 4;
    out.push_back({x, 5 + 2 * x + curvature * x * x + noise[i % 7], 0.1 + 0.01 * (i % 5)});
  }
  return out;
}

RunSource source_of_rows(const std::vector<Row>& rows) {
  std::string csv = "x,y,se\n";
  for (const Row& row : rows) csv += fmt::format("{},{},{}\n", row.x, row.y, row.error);
  RunSource out = source_of(csv);
  out.read.response = "y";
  out.read.error_of_log = false;
  return out;
}

FitOptions line_options() {
  FitOptions out;
  out.law = "a + b*x";
  out.linear_residual = true;
  out.residual_loss.kind = ResidualKind::squared;
  out.num_resamples = 0;
  return out;
}

FitResult line_through(const RunSource& source) { return fit(source, line_options()).made->fit; }

}  // namespace

TEST_CASE("Residuals split into pure error and lack of fit as in the textbook") {
  const std::vector<Row> rows = replicated(0.1);
  const FitResult got = line_through(source_of_rows(rows));
  std::map<double, std::vector<double>> settings;
  for (const Row& row : rows) settings[row.x].push_back(row.y);
  double pure = 0;
  for (const auto& [x, values] : settings) {
    double mean = 0;
    for (const double y : values) mean += y / static_cast<double>(values.size());
    for (const double y : values) pure += (y - mean) * (y - mean);
  }
  const double lack = 2 * got.objective - pure;
  REQUIRE(got.lack_of_fit.size() == 1);
  const LackOfFit& own = got.lack_of_fit.front();
  CHECK(own.num_rows == 40);
  CHECK(own.num_settings == 10);
  CHECK(own.misfit_freedom == 8);
  CHECK(own.noise_freedom == 30);
  CHECK(relative(own.noise, std::sqrt(pure / 30)) < tolerance::kClosedForm);
  CHECK(relative(own.misfit, std::sqrt((lack / 8 - pure / 30) / 4)) < tolerance::kClosedForm);
  CHECK(relative(own.ratio, (lack / 8) / (pure / 30)) < tolerance::kClosedForm);
}

TEST_CASE("A law that misses replicates by more than they differ is warned of") {
  const FitResult straight = line_through(source_of_rows(replicated(0)));
  REQUIRE(straight.lack_of_fit.size() == 1);
  CHECK(straight.lack_of_fit.front().probability > 0.01);
  CHECK_FALSE(has_warning(straight, "lack_of_fit"));
  const FitResult curved = line_through(source_of_rows(replicated(0.1)));
  CHECK(curved.lack_of_fit.front().probability < 1e-6);
  CHECK(has_warning(curved, "lack_of_fit"));
}

TEST_CASE("Copies of rows are no replicates, and neither are checkpoints of a run") {
  std::vector<Row> rows = replicated(0);
  for (std::size_t i = 0; i < rows.size(); i += 4)
    rows[i + 1] = rows[i + 2] = rows[i + 3] = rows[i];
  CHECK(line_through(source_of_rows(rows)).lack_of_fit.empty());
  std::string csv = "run,x,y\n";
  for (const Row& row : replicated(0))
    csv += fmt::format("r{},{},{}\n", std::floor(row.x / 2), row.x, row.y);
  RunSource source = source_of(csv);
  source.read.response = "y";
  CHECK(line_through(source).lack_of_fit.empty());
}

TEST_CASE("A law that is meant to lie low, and weights of another meaning, tell no lack of fit") {
  FitOptions low = line_options();
  low.residual_loss.over_penalty = 5;
  CHECK(fit(source_of_rows(replicated(0.1)), low).made->fit.lack_of_fit.empty());
  RunSource weighted = source_of_rows(replicated(0.1));
  weighted.read.weights = "se";
  CHECK(line_through(weighted).lack_of_fit.empty());
}

TEST_CASE("A true law is hardly off beside the noise, however many replicates there are") {
  std::vector<Row> rows;
  for (std::uint32_t i = 0; i < 2000; ++i) {
    const double x = i % 10;
    rows.push_back({x, 5 + 2 * x + 0.1 * normal(3, 0, i), 1});
  }
  const LackOfFit own = line_through(source_of_rows(rows)).lack_of_fit.front();
  CHECK(own.misfit < 0.2 * own.noise);
}

TEST_CASE("Standard errors weigh rows by the inverse of their squares, and tell the misfit") {
  const std::vector<Row> rows = replicated(0);
  RunSource source = source_of_rows(rows);
  source.read.error = "se";
  const FitResult got = line_through(source);
  double w = 0, x = 0, y = 0, xx = 0, xy = 0;
  for (const Row& row : rows) {
    const double own = 1 / (row.error * row.error);
    w += own, x += own * row.x, y += own * row.y;
    xx += own * row.x * row.x, xy += own * row.x * row.y;
  }
  const double slope = (w * xy - x * y) / (w * xx - x * x), first = (y - slope * x) / w;
  CHECK(relative(got.params[1].value, slope) < tolerance::kClosedForm);
  double sum = 0;
  for (const Row& row : rows) sum += std::pow((row.y - first - slope * row.x) / row.error, 2);
  REQUIRE(got.lack_of_fit.size() == 2);
  const LackOfFit& own = got.lack_of_fit.back();
  CHECK(own.against_errors);
  CHECK(relative(own.ratio, sum / 38) < tolerance::kClosedForm);
  CHECK(relative(own.noise, std::sqrt(40 / w)) < tolerance::kClosedForm);
}

TEST_CASE("Errors of a loss are relative where logs are compared") {
  RunSource source = source_of_rows(replicated(0));
  source.read.error = "se";
  source.read.error_of_log = true;
  FitOptions options = line_options();
  options.linear_residual = false;
  const RunTable runs = fit(source, options).made->runs;
  const auto error_of = [&](std::size_t i) {
    return *runs.unit_error / std::sqrt(runs.weights[i]) * runs.loss[i];
  };
  for (const std::size_t i : {0u, 7u, 39u})
    CHECK(relative(error_of(i), replicated(0)[i].error) < tolerance::kClosedForm);
}

TEST_CASE("Errors go without weights and without a unit of the loss") {
  RunSource source = source_of_rows(replicated(0));
  source.read.error = "se";
  source.read.weights = "x";
  const auto refused = [&] { return refusal([&] { line_through(source); }); };
  CHECK(refused().find("rows weigh by one of them") != std::string::npos);
  source.read.weights = "";
  source.read.unit = {{"loss", "bits"}};
  CHECK(refused().find("the errors' unit is not known") != std::string::npos);
  source.read.unit = {};
  source.read.response = "2*y";
  CHECK(refused().find("a --response that is computed") != std::string::npos);
  source.read.response = "y";
  source.read.error = "nowhere";
  CHECK(refused().find("nowhere") != std::string::npos);
}

TEST_CASE("An error that gives no weight is named with its line") {
  std::vector<Row> rows = replicated(0);
  rows[3].error = 1e200;
  RunSource source = source_of_rows(rows);
  source.read.error = "se";
  const std::string far = refusal([&] { line_through(source); });
  CHECK(far.find("planted.csv:5") != std::string::npos);
  CHECK(far.find("gives no weight") != std::string::npos);
  rows[3].error = -1;
  source = source_of_rows(rows);
  source.read.error = "se";
  CHECK(refusal([&] { line_through(source); }).find("standard errors must be > 0") !=
        std::string::npos);
}

}  // namespace isoloss
