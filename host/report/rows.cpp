#include "host/report/rows.h"

#include <fmt/format.h>

#include "fits/math.h"
#include "host/base/stop.h"
#include "host/report/csv.h"
#include "host/report/json_parts.h"

namespace isoloss {
namespace {

std::string header_of(const RunTable& runs, const std::vector<std::string>& inputs) {
  std::string out = runs.parts.empty() ? "line," : "file,line,";
  if (!runs.run.empty()) out += "run,";
  for (const std::string& input : inputs) out += csv_cell(input) + ",";
  return out + csv_cell(runs.response) + ",fitted,residual,weight,left_out\n";
}

double fitted_of(const LawEntry& law, double response, double residual) {
  return law.log_residual ? response * isoloss::exp(residual) : response + residual;
}

std::vector<double> fitted_values(const RunTable& runs, const FitResult& fit) {
  std::vector<double> out;
  for (std::size_t i = 0; i < runs.num_runs(); ++i)
    out.push_back(fitted_of(*fit.law, runs.loss[i], fit.residuals[i]));
  return out;
}

std::size_t num_rows_in_all(const RunTable& runs) {
  std::size_t out = runs.num_runs();
  for (const Dropped& dropped : runs.dropped) out += dropped.lines.size();
  return out;
}

Json left_out_lines(const RunTable& runs) {
  Json out = Json::array();
  for (const Dropped& dropped : runs.dropped) out.push_back(dropped.lines);
  return out;
}

Json files_of(const RunTable& runs, const std::vector<std::size_t>& rows) {
  Json out = Json::array();
  for (const std::size_t row : rows) out.push_back(runs.path_of(row));
  return out;
}

Json left_out_files(const RunTable& runs) {
  Json out = Json::array();
  for (const Dropped& dropped : runs.dropped) out.push_back(files_of(runs, dropped.rows));
  return out;
}

// The beginning of a row of CSV.
std::string place_cells(const RunTable& runs, std::size_t row, std::size_t line) {
  const std::string file = runs.parts.empty() ? "" : csv_cell(runs.path_of(row)) + ",";
  return fmt::format("{}{},", file, line);
}

using Members = std::vector<std::pair<std::string, std::string>>;

// An object that lies `indent` deep, each of its members on one line.
std::string one_line_each(const Members& members, std::size_t indent) {
  std::string out = "{";
  for (const auto& [name, value] : members)
    out += fmt::format("{}\n{:{}}{}: {}", out.size() > 1 ? "," : "", "", indent + 2,
                       json_line(name), value);
  return fmt::format("{}\n{:{}}}}", out, "", indent);
}

}  // namespace

std::string rows_json(const RunTable& runs, const FitResult& fit) {
  if (num_rows_in_all(runs) > kMostJsonRows) return "null";
  Members inputs;
  for (const std::string& input : fit.law->input_columns())
    inputs.emplace_back(input, json_line(runs.values_of(input)));
  Members columns;
  if (!runs.parts.empty()) columns.emplace_back("file", json_line(files_of(runs, runs.row)));
  columns.emplace_back("line", json_line(runs.line));
  if (!runs.run.empty()) columns.emplace_back("run", json_line(runs.run));
  columns.emplace_back("inputs", one_line_each(inputs, 4));
  columns.emplace_back("response", json_line(runs.loss));
  columns.emplace_back("fitted", json_line(fitted_values(runs, fit)));
  columns.emplace_back("residual", json_line(fit.residuals));
  if (!runs.weights.empty()) columns.emplace_back("weight", json_line(runs.weights));
  columns.emplace_back("left_out", json_line(left_out_lines(runs)));
  if (!runs.parts.empty()) columns.emplace_back("left_out_files", json_line(left_out_files(runs)));
  return one_line_each(columns, 2);
}

std::string rows_csv(const RunTable& runs, const FitResult& fit) {
  const std::vector<std::string> inputs = fit.law->input_columns();
  std::string out = header_of(runs, inputs);
  StopWatch watch;
  for (std::size_t i = 0; i < runs.num_runs(); ++i) {
    watch.look();
    out += place_cells(runs, runs.row[i], runs.line[i]);
    if (!runs.run.empty()) out += csv_cell(runs.run[i]) + ",";
    for (const std::string& input : inputs)
      out += fmt::format("{:.17g},", runs.values_of(input)[i]);
    out += fmt::format("{:.17g},{:.17g},{:.17g},{:.17g},\n", runs.loss[i],
                       fitted_of(*fit.law, runs.loss[i], fit.residuals[i]), fit.residuals[i],
                       runs.weights.empty() ? 1 : runs.weights[i]);
  }
  const std::size_t num_blank = inputs.size() + (runs.run.empty() ? 0 : 1) + 4;
  for (const Dropped& dropped : runs.dropped)
    for (std::size_t k = 0; k < dropped.lines.size(); ++k)
      out += place_cells(runs, dropped.rows[k], dropped.lines[k]) + std::string(num_blank, ',') +
             csv_cell(dropped.reason) + "\n";
  return out;
}

}  // namespace isoloss
