// What a file of runs can tell, before a law is relied on.

#include "host/answers/inspect/inspect.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "host/report/inspect.h"
#include "host/report/render.h"
#include "tests/catch.h"
#include "tests/has_warning.h"
#include "tests/input_error.h"
#include "tests/planted_designs.h"
#include "tests/planted_source.h"
#include "tests/run_program.h"
#include "tests/text_checks.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

const Determined& quantity_of(const Inspection& got, const std::string& name) {
  for (const Determined& own : got.quantities)
    if (own.name == name) return own;
  throw std::runtime_error(name);
}

Inspection noisy(const RunTable& runs) { return inspect(source_of(with_noise(runs, 0.0075, 1))); }

std::vector<std::size_t> lines_of_outliers(const Inspection& got) {
  std::vector<std::size_t> out;
  for (const Outlier& own : got.outliers) out.push_back(got.runs.line[own.run]);
  return out;
}

}  // namespace

TEST_CASE("Each of thirteen designs has its verdict") {
  for (const PlantedDesign& design : thirteen_designs()) {
    INFO(design.name);
    const Inspection got = inspect(source_of(design.runs));
    CHECK(verdict_name(got.verdict.kind) == std::string(design.verdict));
    const bool is_sound = got.verdict.kind <= VerdictKind::weak;
    CHECK((got.outcome() == Outcome::sound) == is_sound);
    CHECK(got.verdict.warning.has_value() ==
          (got.verdict.kind != VerdictKind::identifiable && got.fit.has_value()));
  }
}

TEST_CASE("A fit warns of the verdict that was given before it") {
  for (const PlantedDesign& design : thirteen_designs()) {
    INFO(design.name);
    const Inspection got = inspect(source_of(design.runs));
    if (!got.verdict.warning) continue;
    FitOptions options;
    options.num_resamples = 0;
    const FittedRuns made = fit_runs(source_of(design.runs), options);
    CHECK(has_warning(made.fit, got.verdict.warning->name.c_str()));
    CHECK(made.fit.warnings.front() == *got.verdict.warning);
  }
}

TEST_CASE("Noise raises no false alarm on a design that can be told apart") {
  for (const PlantedDesign& design : thirteen_designs()) {
    if (design.verdict != std::string("identifiable")) continue;
    INFO(design.name);
    const Inspection got = noisy(design.runs);
    CHECK(verdict_name(got.verdict.kind) == std::string("identifiable"));
    CHECK(got.outcome() == Outcome::sound);
    CHECK(got.outliers.empty());
  }
}

TEST_CASE("What is determined is asked of plain least squares, whatever the objective") {
  FitOptions lopsided;
  lopsided.residual_loss.over_penalty = 10;
  for (const PlantedDesign& design : thirteen_designs()) {
    if (design.verdict != std::string("identifiable")) continue;
    const RunSource source = source_of(with_noise(design.runs, 0.0075, 1));
    const Inspection plain = inspect(source), other = inspect(source, lopsided);
    REQUIRE(plain.quantities.size() == other.quantities.size());
    for (std::size_t i = 0; i < plain.quantities.size(); ++i)
      CHECK(plain.quantities[i].how == other.quantities[i].how);
  }
}

TEST_CASE("What a design determines is marked quantity by quantity") {
  const Inspection real = noisy(thirteen_designs()[0].runs);
  for (const char* name : {"E", "alpha", "beta", "N_exponent"})
    CHECK(quantity_of(real, name).how == Determination::determined);
  CHECK(contains(as_text(describe_inspection(noisy(one_isoflop()))), "by quantity: E open, A "));
}

TEST_CASE("One isoFLOP narrows the exponent of the best model down, and not the law's own") {
  int num_open = 0, num_alpha = 0;
  for (const std::uint64_t stream : {1, 2, 3, 4, 5, 6, 7, 8}) {
    const Inspection got = inspect(source_of(with_noise(one_isoflop(), 0.0075, stream)));
    CHECK(quantity_of(got, "E").how != Determination::determined);
    num_alpha += quantity_of(got, "alpha").how == Determination::determined;
    const Determined exponent = quantity_of(got, "N_exponent");
    num_open += exponent.how == Determination::open;
    if (exponent.interval)
      CHECK((exponent.interval->lower < 0.51 && 0.51 < exponent.interval->upper));
  }
  CHECK(num_alpha < 2);
  CHECK(num_open < 2);
}

TEST_CASE("Sizes within 4 % tell no exponent, whatever the fit ends at") {
  const Inspection got =
      inspect(RunSource{{ISOLOSS_SOURCE "/tests/designs/sizes_within_4_percent.csv"}, {}, {}});
  CHECK(quantity_of(got, "N_exponent").how != Determination::determined);
  CHECK(!contains(as_text(describe_inspection(got)), "inf"));
}

TEST_CASE("Few small models tell the exponents and not the irreducible loss") {
  const RunTable small = grid_runs({4e6, 8e6, 16e6, 29e6}, {1e8, 3e8, 1e9, 3e9});
  int num_open = 0;
  for (const std::uint64_t stream : {1, 2, 3, 4, 5, 6, 7, 8}) {
    const Inspection got = inspect(source_of(with_noise(small, 0.0075, stream)));
    CHECK(quantity_of(got, "N_exponent").how == Determination::determined);
    num_open += quantity_of(got, "E").how != Determination::determined;
  }
  CHECK(num_open > 0);
}

TEST_CASE("Copies and replicates and outliers are found by their lines") {
  RunTable runs = with_noise(thirteen_designs()[1].runs, 0.004, 2);
  runs.loss[10] *= 1.2;
  std::string csv = "params,tokens,loss\n";
  for (std::size_t i = 0; i < runs.num_runs(); ++i)
    csv += fmt::format("{},{},{}\n", runs.params[i], runs.tokens[i], runs.loss[i]);
  csv += fmt::format("{},{},{}\n", runs.params[3], runs.tokens[3], runs.loss[3]);
  csv += fmt::format("{},{},{}\n", runs.params[4], runs.tokens[4], runs.loss[4] * 1.01);
  const Inspection got = inspect(source_of(csv));
  CHECK(lines_of_outliers(got) == std::vector<std::size_t>{12});
  REQUIRE(got.repeats.copies.size() == 1);
  CHECK(got.runs.line[got.repeats.copies[0]] == 42);
  CHECK(got.repeats.num_replicates == 2);
  CHECK(got.repeats.num_settings == 1);
  CHECK(*got.repeats.deviation == Approx(std::log(1.01) / std::sqrt(2)));
}

TEST_CASE("What the runs determine is not told by outliers") {
  const RunSource all{{"datasets/chinchilla_figure4.csv"}, {}, {}};
  RunSource others = all;
  others.read.where = "loss > 2.08 && loss < 3.76";  // the five that are named
  const Inspection got = inspect(all);
  REQUIRE(got.outliers.size() == 5);
  CHECK(got.num_squared == 240);
  FitOptions squared;
  squared.num_resamples = 0;
  squared.residual_loss.kind = ResidualKind::squared;
  for (const ParamEstimate& param : fit_runs(others, squared).fit.params)
    CHECK(quantity_of(got, param.name).value == Approx(param.value).epsilon(tolerance::kSameRefit));
  CHECK(contains(as_text(describe_inspection(got)), "without the 5 outliers"));
}

TEST_CASE("Recorded compute is held against 6 N D, and columns name their units") {
  const Inspection got = inspect(
      source_of("Params (M),tokens,flops,loss\n100,1e9,6e17,3\n200,2e9,2.4e18,2.9\n"
                "300,3e9,5.4e18,2.8\n400,4e9,9.6e18,2.7\n500,5e9,3e19,2.6\n600,1e9,3.6e18,2.65\n"));
  REQUIRE(got.compute);
  CHECK(got.compute->median == Approx(1));
  CHECK(got.compute->largest == Approx(2));
  CHECK(got.compute->num_off == 1);
  const std::string text = as_text(describe_inspection(got));
  CHECK(contains(text, "Params (M)"));
  CHECK(contains(text, "x 1e+06, as its header says"));
  CHECK(contains(text, "nats per token"));
  CHECK(contains(text, "more than 1% off in 1 of 6 rows"));
}

TEST_CASE("Rows of runs are seen as clusters, and each range with its median") {
  std::string csv = "run,params,tokens,loss\n";
  for (int run = 0; run < 6; ++run)
    for (int row = 1; row <= 4 + run; ++row) {
      const double N = 1e8 * (run + 1), D = 1e9 * row;
      csv += fmt::format("r{},{},{},{}\n", run, N, D, planted_loss(N, D));
    }
  const Inspection got = inspect(source_of(csv));
  REQUIRE(got.clusters);
  CHECK(got.clusters->num_runs == 6);
  CHECK(got.clusters->fewest == 4);
  CHECK(got.clusters->most == 9);
  FitOptions independent;
  independent.group_by_run = false;
  CHECK(!inspect(source_of(csv), independent).clusters);
  CHECK(got.ranges[0].symbol == "N");
  CHECK(got.ranges[0].least == 1e8);
  CHECK(got.ranges[0].median == 4e8);
  CHECK(got.ranges[0].num_values == 6);
}

TEST_CASE("The command says what was read, draws the plane and ends with its verdict") {
  const ProgramRun run =
      run_program("inspect datasets/chinchilla_figure4.csv --drop-highest-loss 5");
  INFO(run.output);
  CHECK(run.exit_code == 0);
  CHECK(contains(run.output, "240 of 245 rows kept"));
  CHECK(contains(run.output, "dropped 5: highest loss (lines "));
  CHECK(contains(run.output, "The runs; up: training tokens D, right: model size N, parameters"));
  CHECK(contains(run.output, "identifiable: these runs tell the parameters of chinchilla apart"));
  CHECK(run_program("inspect tests/designs/one_size.csv 2>&1").exit_code == 1);
  const ProgramRun few =
      run_program("inspect tests/designs/as_many_runs.csv --where 'row < 5' --json -");
  CHECK(few.exit_code == 1);
  const auto json = nlohmann::json::parse(few.output);
  CHECK(json.at("verdict").at("name") == "too_few_runs");
  CHECK(json.at("verdict").at("text") == "3 rows, 5 parameters: chinchilla cannot be fitted");
}

TEST_CASE("Bad data is named with file and line, and what is of a fit is refused") {
  const std::string bad = "params,tokens,loss\n1e8,1e9,3\n2e8,2e9,-1\n";
  CHECK(contains(refusal([&] { inspect(source_of(bad)); }),
                 "planted.csv:3: column loss: loss (L) must be > 0, this is -1"));
  const ProgramRun run = run_program("inspect datasets/chinchilla_figure4.csv --bootstrap 3 2>&1");
  CHECK(run.exit_code == 2);
  CHECK(contains(run.output, "inspect has no flag --bootstrap"));
}

}  // namespace isoloss
