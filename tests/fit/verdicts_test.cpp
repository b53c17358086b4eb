// What a report says of runs that cannot tell parameters apart, or of a law that does not suit
// them.

#include <cmath>

#include "tests/case_fits.h"
#include "tests/catch.h"
#include "tests/input_error.h"
#include "tests/run_program.h"

namespace isoloss {

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

}  // namespace isoloss
