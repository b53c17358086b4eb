// What a report says of runs that cannot tell parameters apart, or of a law that does not suit
// them.

#include <cmath>

#include "tests/case_fits.h"
#include "tests/catch.h"
#include "tests/input_error.h"
#include "tests/run_program.h"

namespace isoloss {
namespace {

RunTable data_set(const std::string& file) {
  ReadOptions options;
  options.inputs = {{"params", true}, {"tokens", true}};
  return read_runs(ISOLOSS_SOURCE "/datasets/" + file, options);
}

}  // namespace

TEST_CASE(
    "Parameters that a formula has in one combination only are named, and no runs asked for") {
  const FitResult fit =
      fit_case({"not_identified.csv", "a + b*r^(x-m) + c*x", "y", ResidualKind::squared, true, {}});
  CHECK(fit.status == Status::not_identifiable);
  const std::string text = warning_of(fit, "not_identifiable");
  INFO(text);
  CHECK((text.find("b and m trade off") != std::string::npos ||
         text.find("m and b trade off") != std::string::npos));
  CHECK(text.find("no runs would separate them: hold one with --fix") != std::string::npos);
  CHECK(text.find("wider range") == std::string::npos);
}

TEST_CASE("A share that rises is called that") {
  const FitResult fit = fit_case({"rising.csv", "chinchilla", "pass_at_1", ResidualKind::huber});
  std::string all;
  for (const Warning& warning : fit.warnings) all += warning.text + "\n";
  INFO(all);
  CHECK(all.find("the pass_at_1 rises with") != std::string::npos);
  CHECK(all.find("1 - pass_at_1") != std::string::npos);
  CHECK(all.find("vary model size and tokens independently") == std::string::npos);
}

TEST_CASE("A grid beyond a million starts is refused with its number") {
  const ProgramRun run = run_program(
      "fit tests/cases/lr_bs_grid.csv --starts grid --law 'E + A/N^a1 + B/D^a2 + K/N^a3 + F/D^a4 + "
      "G/N^a5 + H/D^a6 + I/N^a7' 2>&1");
  CHECK(run.exit_code == 2);
  CHECK(run.output.find("--starts grid: 15 parameters make 14348907 starts") != std::string::npos);
}

TEST_CASE("Neither nan nor starts that never were are printed") {
  const ProgramRun run =
      run_program("fit tests/cases/small_values.csv --law 'log(0 - p1*p1 - x)' --response y 2>&1");
  CHECK(run.exit_code == 2);
  CHECK(run.output.find("nan") == std::string::npos);
  CHECK(run.output.find("0 of 0") == std::string::npos);
  CHECK(run.output.find("the law is no number on these runs") != std::string::npos);
}

TEST_CASE("Exponents that trade off exactly are not identifiable where one of them meets a bound") {
  const ProgramRun run = run_program(
      "fit datasets/chinchilla_figure4.csv --law "
      "'E*N^a*D^b*(6*N*D)^c' --bootstrap 0 2>&1");
  INFO(run.output);
  CHECK(run.exit_code == 1);
  CHECK(run.output.find("trade off exactly") != std::string::npos);
  CHECK(run.output.find("no runs would") != std::string::npos);
  CHECK(run.output.find("is at its lower bound") == std::string::npos);
}

TEST_CASE("farseer is identified where its curves are, whatever its own parameters do") {
  FitOptions options;
  options.law = "farseer";
  options.num_resamples = 0;
  const FitResult fit = isoloss::fit(data_set("chinchilla_figure4.csv"), options);
  CHECK(fit.status == Status::converged);
  CHECK(fit.identifiability.condition > 1e4);
  const std::string text = warning_of(fit, "weakly_identifiable");
  INFO(text);
  CHECK(text.find("a_1, b_1 and alpha trade off") != std::string::npos);
  options.residual_loss.kind = ResidualKind::squared;
  const FitResult squared = isoloss::fit(data_set("chinchilla_figure4.csv"), options);
  CHECK(squared.profile.left_out == "single parameters trade off with others");
  const FitResult few = isoloss::fit(data_set("slimpajama_cosine24.csv"), options);
  CHECK(few.status == Status::not_identifiable);
}

}  // namespace isoloss
