#include "host/commands/simulation_flags.h"

#include "host/base/error.h"

namespace isoloss {

void SimulationFlags::add(CommandLine& to) {
  CLI::App& command = to.app();
  const char* const in = "What is simulated";
  CLI::Option* own =
      command
          .add_option("--noise", noise,
                      "residuals of the fit, gauss:sd=S or student:scale=S,degrees=3, of log loss; "
                      "with growth=G (as N^G), outliers=SHARE,times=T, correlation=R[,fades] "
                      "within a run")
          ->capture_default_str()
          ->type_name("NOISE")
          ->group(in);
  checked<std::string>(own, [](const std::string& text) { parse_noise(text); });
  to.input("--truth", fit_path, "What isoloss fit --json wrote: the truth, in place of the fit")
      ->type_name("FIT.json")
      ->group(in);
  command
      .add_option("--published-truth", published,
                  "The same of a recipe of the literature; isoloss optimum --list names them")
      ->type_name("NAME")
      ->group(in);
  add_runs(to, paths);
  fit.add(to);
}

std::optional<FittedLaw> SimulationFlags::truth() const {
  require(fit_path.empty() || published.empty(), "--truth and --published-truth are two truths",
          "leave out one");
  if (!fit_path.empty()) return load_fit(fit_path);
  if (!published.empty()) return isoloss::published(published);
  return std::nullopt;
}

}  // namespace isoloss
