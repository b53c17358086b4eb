// Bounds that nobody asked for: they give way where the law is defined beyond them, and are named
// where they hold.

#include "host/fit/widen.h"
#include "tests/case_fits.h"
#include "tests/catch.h"
#include "tests/run_program.h"
#include "tests/scratch_folder.h"
#include "tests/tolerance.h"

namespace isoloss {

TEST_CASE(
    "An offset that the runs want below zero goes there, and the bound that it left is named") {
  CaseQuestion asked{"power_offset.csv", "c0 + c*x^m", "y", ResidualKind::squared, true, {}};
  const FitResult linear = fit_case(asked);
  CHECK(param_of(linear, "c0").value == Approx(-3.465).epsilon(tolerance::kPrinted));
  CHECK(param_of(linear, "c").value == Approx(2.165).epsilon(tolerance::kPrinted));
  CHECK(param_of(linear, "m").value == Approx(-0.348).epsilon(tolerance::kPrinted));
  asked.linear_residual = false;
  const FitResult fit = fit_case(asked);
  CHECK(fit.status == Status::converged);
  CHECK(param_of(fit, "c0").value < 0);
  CHECK(warning_of(fit, "bound_widened").find("--bound c0=0: keeps it") != std::string::npos);

  CaseQuestion wide = asked;
  wide.bounds = {"c0=-10:10"};
  CHECK(fit.objective == Approx(fit_case(wide).objective).epsilon(tolerance::kSameOptimum));
  CaseQuestion held = asked;
  held.bounds = {"c0=0:"};
  const FitResult at_zero = fit_case(held);
  CHECK(at_zero.status == Status::at_bound);
  CHECK(at_zero.objective > 1.5 * fit.objective);
  CHECK(warning_of(at_zero, "parameter_at_bound").find("default") == std::string::npos);
}

TEST_CASE("An exponent steeper than those of scaling laws is found") {
  const FitResult fit =
      fit_case({"steep.csv", "E + A/x^b", "err", ResidualKind::squared, false, {}});
  CHECK(fit.status == Status::converged);
  CHECK(param_of(fit, "b").value == Approx(4.19).epsilon(tolerance::kPrinted));
  CHECK(warning_of(fit, "bound_widened").find("--bound b=:3 keeps it") != std::string::npos);
}

TEST_CASE("Places in a square may have any sign") {
  const FitResult fit = fit_case({"lr_bs_grid.csv",
                                  "E + A/N^alpha + B/D^beta + k*(log(lr)-c-a*log(N)-b*log(D))^2 + "
                                  "q*(log(bs)-p-r*log(D))^2",
                                  "loss",
                                  ResidualKind::squared,
                                  false,
                                  {}});
  CHECK(param_of(fit, "a").value == Approx(-0.713).epsilon(tolerance::kPlantedByNoise));
  CHECK(param_of(fit, "b").value == Approx(0.307).epsilon(tolerance::kPlantedByNoise));
  CHECK(param_of(fit, "r").value == Approx(0.571).epsilon(tolerance::kPlantedByNoise));
}

TEST_CASE("Data in small units are fitted as any other") {
  const CaseQuestion six{"small_values_6.csv", "p1*exp(p2*x/4e-10)", "y"};
  const FitResult fit = fit_case(six);
  CHECK(fit.objective == Approx(1.3097876863089e-3).epsilon(tolerance::kGoldenParameter));
  CHECK(param_of(fit, "p1").value == Approx(1.0166e-9).epsilon(tolerance::kPrinted));
  CHECK(param_of(fit, "p2").value == Approx(2.77758e-10).epsilon(tolerance::kPrinted5));
  CHECK(fit_case({"small_values.csv", "p1*exp(p2*x/4e-10)", "y"}).status == Status::converged);
}

TEST_CASE("Profile intervals have the right width however small the parameter") {
  const FitResult line =
      fit_case({"line_6.csv", "a + b*flops", "hours", ResidualKind::squared, true, {}});
  const ParamEstimate& b = param_of(line, "b");
  CHECK(b.value == Approx(3.1e-20).epsilon(tolerance::kPrintedObjective));
  CHECK(b.profile->lower == Approx(2.9202699e-20).epsilon(tolerance::kPrintedEnd));
  CHECK(b.profile->upper == Approx(3.2797301e-20).epsilon(tolerance::kPrintedEnd));
  const FitResult bent = fit_case({"quadratic_tokens.csv",
                                   "a + b*tokens + c*tokens^2",
                                   "score",
                                   ResidualKind::squared,
                                   true,
                                   {}});
  const ParamEstimate& c = param_of(bent, "c");
  CHECK(c.value == Approx(-6.2440476e-22).epsilon(tolerance::kPrintedEnd));
  CHECK(c.profile->lower == Approx(-1.17993428e-21).epsilon(tolerance::kPrintedEnd));
  CHECK(c.profile->upper == Approx(-6.8875246e-23).epsilon(tolerance::kPrintedEnd));
}

TEST_CASE("A fit beyond a default bound can be saved and predicted from") {
  const ScratchFolder folder;
  const std::string json = folder.file("fit.json");
  const ProgramRun fit = run_program(
      "fit tests/cases/line.csv --law 'c/flops^q' --response hours --objective squared "
      "--bootstrap 0 --json " +
      json + " 2>&1");
  INFO(fit.output);
  CHECK(fit.exit_code == 0);
  CHECK(fit.output.find("--bound q=0: keeps it") != std::string::npos);
  const ProgramRun told = run_program("predict tests/cases/line.csv --fit " + json + " 2>&1");
  INFO(told.output);
  CHECK(told.exit_code == 0);
}

TEST_CASE("A narrow box of the user's is searched in its own units") {
  CaseQuestion asked{
      "tiny_param.csv", "offset + amp*exp(-x*s/1.6e-16)", "y", ResidualKind::squared, true,
      {"s=0:1e-14"}};
  const FitResult fit = fit_case(asked);
  CHECK(fit.status == Status::converged);
  CHECK(param_of(fit, "s").value == Approx(4.225e-16).epsilon(tolerance::kPrinted));
}

}  // namespace isoloss
