#include "host/report/prediction.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/base/number_text.h"
#include "host/base/text.h"
#include "host/report/csv.h"
#include "host/report/fitted_law.h"
#include "host/report/prediction_charts.h"

namespace isoloss {
namespace {

constexpr std::size_t kMostRows = 40;

bool has_observed(const NewRuns& runs) {
  return std::any_of(runs.observed.begin(), runs.observed.end(),
                     [](double x) { return std::isfinite(x); });
}

// Columns that say which run a row is: those of the law that are no nodes, and its step.
std::vector<std::string> input_columns(const FittedLaw& fit, const NewRuns& runs) {
  std::vector<std::string> out;
  if (runs.values.contains("steps")) out.emplace_back("steps");
  for (const LawInput& input : fit.law.inputs)
    if (!input.is_history() && input.column != "steps") out.push_back(input.column);
  return out;
}

std::string plain_text(double x) {
  return x == std::floor(x) && std::fabs(x) < 1e6 ? fmt::format("{:.0f}", x) : number_text(x);
}

Table rows_table(const FittedLaw& fit, const Predictions& predictions) {
  const NewRuns& runs = predictions.runs;
  Table out;
  out.rows.resize(runs.num_rows);
  const auto add = [&](const std::string& name, auto cell) {
    out.columns.push_back({name});
    for (std::size_t i = 0; i < runs.num_rows; ++i) out.rows[i].push_back(cell(i));
  };
  const auto number = [](double x) { return Cell{plain_text(x), x}; };
  if (!runs.run.empty()) add("run", [&](std::size_t i) { return Cell(printable(runs.run[i])); });
  for (const std::string& column : input_columns(fit, runs)) {
    const std::vector<double>& values = runs.values.at(column);
    add(column, [&](std::size_t i) { return number(values[i]); });
  }
  add("predicted", [&](std::size_t i) { return number(predictions.value[i]); });
  if (!predictions.interval.empty()) {
    add("lower", [&](std::size_t i) { return number(predictions.interval[i].lower); });
    add("upper", [&](std::size_t i) { return number(predictions.interval[i].upper); });
  }
  if (!has_observed(runs)) return out;
  const auto known = [&](std::size_t i, double x) {
    return std::isfinite(runs.observed[i]) ? number(x) : Cell();
  };
  add("observed", [&](std::size_t i) { return known(i, runs.observed[i]); });
  add("error", [&](std::size_t i) { return known(i, predictions.value[i] - runs.observed[i]); });
  return out;
}

PredictionError mean_of(const std::vector<PredictionError>& errors) {
  const auto num = static_cast<double>(errors.size());
  PredictionError out{fmt::format("mean of {}", errors.size()), 0, 0, 0, 0};
  for (const PredictionError& own : errors) {
    out.num_rows += own.num_rows;
    out.r2 += own.r2 / num;
    out.mean_absolute += own.mean_absolute / num;
    out.worst_relative += own.worst_relative / num;
  }
  return out;
}

Cells error_row(const std::string& name, const PredictionError& own) {
  return {printable(name),
          std::to_string(own.num_rows),
          {std::isnan(own.r2) ? "-" : fmt::format("{:.5f}", own.r2), own.r2},
          {fmt::format("{:.5f}", own.mean_absolute), own.mean_absolute},
          {fmt::format("{:.3f}%", 100 * own.worst_relative), own.worst_relative}};
}

Table errors_table(const std::vector<PredictionError>& errors) {
  std::size_t width = 11;
  for (const PredictionError& own : errors) width = std::max(width, own.run.size());
  TableColumn rows = right(fixed("rows", 5, 3));
  Table out{{fixed("run", width, 2),
             rows,
             fixed("R^2", 9),
             fixed("mean abs. error", 16),
             {"worst relative error"}}};
  for (const PredictionError& own : errors)
    out.rows.push_back(error_row(own.run.empty() ? "all rows" : own.run, own));
  if (errors.size() > 1) out.rows.push_back(error_row(mean_of(errors).run, mean_of(errors)));
  return out;
}

// With the mean of the errors, where something was measured.
std::string answer_sentence(const std::string& what, const std::vector<PredictionError>& errors) {
  if (errors.empty()) return what;
  return fmt::format("{}: off by {:.5f} on average", what, mean_of(errors).mean_absolute);
}

}  // namespace

Document describe_prediction(const FittedLaw& fit, const Predictions& predictions) {
  const NewRuns& runs = predictions.runs;
  const std::string what =
      fmt::format("{} of {}", counted(runs.num_rows, "prediction"), printable(fit.response));
  Document out{"Predictions",
               answer_sentence(what, prediction_errors(predictions)),
               methods_of(fit),
               {{"Law", {Formula{fit.law.name, fit.law.formula}, Note{what}}}},
               [&fit, &predictions] { return prediction_charts(fit, predictions); }};
  if (runs.num_rows <= kMostRows)
    out.sections.push_back({"Predictions", {rows_table(fit, predictions)}});
  if (const auto errors = prediction_errors(predictions); !errors.empty())
    out.sections.push_back({"Errors", {errors_table(errors)}});
  out.sections.push_back({"Warnings", {Warnings{"", predictions.warnings}}});
  return out;
}

std::string prediction_csv(const FittedLaw& fit, const Predictions& predictions) {
  const NewRuns& runs = predictions.runs;
  const Table table = rows_table(fit, predictions);
  std::string out;
  for (const TableColumn& column : table.columns)
    out.append(out.empty() ? "" : ",").append(csv_cell(column.title));
  out += '\n';
  for (std::size_t i = 0; i < runs.num_rows; ++i) {
    std::string line;
    for (const Cell& cell : table.rows[i]) {
      const bool is_run = &cell == &table.rows[i].front() && !runs.run.empty();
      if (&cell != &table.rows[i].front()) line += ',';
      if (is_run)
        line += csv_cell(runs.run[i]);  // as the file has it
      else if (cell.number)
        line += fmt::format("{:.17g}", cell.number->value);
    }
    out += line + "\n";
  }
  return out;
}

}  // namespace isoloss
