#include <fmt/format.h>

#include "host/base/stop.h"
#include "host/base/text.h"
#include "host/report/coverage.h"
#include "host/report/csv.h"
#include "host/report/fitted_law.h"

namespace isoloss {
std::string simulated_csv(const Simulated& answer) {
  const RunTable& runs = answer.runs;
  const std::vector<std::string> inputs = answer.truth.law.input_columns();
  std::string out = runs.run.empty() ? "" : "run,";
  for (const std::string& input : inputs) out += csv_cell(input) + ",";
  out += csv_cell(runs.response) + "\n";
  StopWatch watch;
  for (std::size_t i = 0; i < runs.num_runs(); ++i) {
    watch.look();
    if (!runs.run.empty()) out += csv_cell(runs.run[i]) + ",";
    for (const std::string& input : inputs)
      out += fmt::format("{:.17g},", runs.values_of(input)[i]);
    out += fmt::format("{:.17g}\n", runs.loss[i]);
  }
  return out;
}

Document describe_simulated(const Simulated& answer) {
  const std::string said = fmt::format("{} simulated: {}, noise {}, seed {}, set {}",
                                       counted(answer.runs.num_runs(), "run"), answer.truth.title,
                                       noise_text(answer.noise), answer.seed, answer.set);
  Document out{"Simulated runs", said, {{"law", answer.truth.law.formula}}};
  out.sections.push_back(
      {"", {Formula{answer.truth.law.name, answer.truth.law.formula}, Note{said, 2, 2}}});
  add_warnings(answer.truth.warnings, out);
  return out;
}

}  // namespace isoloss
