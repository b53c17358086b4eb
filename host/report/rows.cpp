#include "host/report/rows.h"

#include <fmt/format.h>

#include "fits/math.h"
#include "host/base/stop.h"
#include "host/report/render.h"

namespace isoloss {
namespace {

std::vector<std::string> input_columns(const LawEntry& law) {
  std::vector<std::string> out;
  for (const LawInput& input : law.inputs)
    if (!input.is_history()) out.push_back(input.column);
  return out;
}

std::string header_of(const RunTable& runs, const std::vector<std::string>& inputs) {
  std::string out = "line,";
  if (!runs.run.empty()) out += "run,";
  for (const std::string& input : inputs) out += csv_cell(input) + ",";
  return out + csv_cell(runs.response) + ",fitted,residual,weight,left_out\n";
}

double fitted_of(const LawEntry& law, double response, double residual) {
  return law.log_residual ? response * isoloss::exp(residual) : response + residual;
}

}  // namespace

std::string rows_csv(const RunTable& runs, const FitResult& fit) {
  const std::vector<std::string> inputs = input_columns(*fit.law);
  std::string out = header_of(runs, inputs);
  StopWatch watch;
  for (std::size_t i = 0; i < runs.num_runs(); ++i) {
    watch.look();
    out += fmt::format("{},", runs.line[i]);
    if (!runs.run.empty()) out += csv_cell(runs.run[i]) + ",";
    for (const std::string& input : inputs)
      out += fmt::format("{:.17g},", runs.values_of(input)[i]);
    out += fmt::format("{:.17g},{:.17g},{:.17g},{:.17g},\n", runs.loss[i],
                       fitted_of(*fit.law, runs.loss[i], fit.residuals[i]), fit.residuals[i],
                       runs.weights.empty() ? 1 : runs.weights[i]);
  }
  const std::size_t num_blank = inputs.size() + (runs.run.empty() ? 0 : 1) + 4;
  for (const Dropped& dropped : runs.dropped)
    for (const std::size_t line : dropped.lines)
      out += fmt::format("{}{},{}\n", line, std::string(num_blank, ','), csv_cell(dropped.reason));
  return out;
}

}  // namespace isoloss
