#include "host/report/prediction.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/base/number_text.h"
#include "host/base/text.h"
#include "host/report/wrap.h"

namespace isoloss {
namespace {

constexpr std::size_t kWidth = 100;
constexpr std::size_t kMostRows = 40;

// A column of the table: its name and how many characters its cells have.
struct Shown {
  std::string name;
  std::vector<std::string> cells;
};

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

std::vector<Shown> table(const FittedLaw& fit, const NewRuns& runs, const Predictions& predictions,
                         std::string (*text)(double)) {
  std::vector<Shown> out;
  const auto add = [&](const std::string& name, auto cell) {
    out.push_back({name, {}});
    for (std::size_t i = 0; i < runs.num_rows; ++i) out.back().cells.push_back(cell(i));
  };
  if (!runs.run.empty()) add("run", [&](std::size_t i) { return runs.run[i]; });
  for (const std::string& column : input_columns(fit, runs)) {
    const std::vector<double>& values = runs.values.at(column);
    add(column, [&](std::size_t i) { return text(values[i]); });
  }
  add("predicted", [&](std::size_t i) { return text(predictions.value[i]); });
  if (!predictions.interval.empty()) {
    add("lower", [&](std::size_t i) { return text(predictions.interval[i].lower); });
    add("upper", [&](std::size_t i) { return text(predictions.interval[i].upper); });
  }
  if (!has_observed(runs)) return out;
  const auto known = [&](std::size_t i, double x) {
    return std::isfinite(runs.observed[i]) ? text(x) : std::string();
  };
  add("observed", [&](std::size_t i) { return known(i, runs.observed[i]); });
  add("error", [&](std::size_t i) { return known(i, predictions.value[i] - runs.observed[i]); });
  return out;
}

std::string plain_text(double x) {
  return x == std::floor(x) && std::fabs(x) < 1e6 ? fmt::format("{:.0f}", x) : number_text(x);
}

std::string exact_text(double x) { return fmt::format("{:.17g}", x); }

std::string rows_text(const std::vector<Shown>& columns, std::size_t num_rows) {
  std::vector<std::size_t> width;
  for (const Shown& own : columns) {
    width.push_back(own.name.size());
    for (const std::string& cell : own.cells) width.back() = std::max(width.back(), cell.size());
  }
  std::string out;
  for (std::size_t row = 0; row <= num_rows; ++row) {
    std::string line;
    for (std::size_t k = 0; k < columns.size(); ++k)
      line += fmt::format(
          "  {:<{}}", row == 0 ? columns[k].name : printable(columns[k].cells[row - 1]), width[k]);
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out + "\n";
}

std::string errors_text(const std::vector<PredictionError>& errors) {
  if (errors.empty()) return "";
  std::size_t width = 11;
  for (const PredictionError& own : errors) width = std::max(width, own.run.size());
  std::string out = fmt::format("  {:<{}}  {:>5}   {:<9} {:<16} {}\n", "run", width, "rows", "R^2",
                                "mean abs. error", "worst relative error");
  PredictionError mean{fmt::format("mean of {}", errors.size()), 0, 0, 0, 0};
  const auto line = [&](const std::string& name, const PredictionError& own) {
    out += fmt::format("  {:<{}}  {:>5}   {:<9} {:<16.5f} {:.3f}%\n", printable(name), width,
                       own.num_rows, std::isnan(own.r2) ? "-" : fmt::format("{:.5f}", own.r2),
                       own.mean_absolute, 100 * own.worst_relative);
  };
  for (const PredictionError& own : errors) {
    line(own.run.empty() ? "all rows" : own.run, own);
    mean.num_rows += own.num_rows;
    mean.r2 += own.r2 / static_cast<double>(errors.size());
    mean.mean_absolute += own.mean_absolute / static_cast<double>(errors.size());
    mean.worst_relative += own.worst_relative / static_cast<double>(errors.size());
  }
  if (errors.size() > 1) line(mean.run, mean);
  return out + "\n";
}

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

}  // namespace

std::string prediction_report(const FittedLaw& fit, const NewRuns& runs,
                              const Predictions& predictions) {
  std::string out = wrapped(fmt::format("{}   {}", fit.law.name, fit.law.formula), 0, kWidth);
  out += fmt::format("{} of {}\n\n", counted(runs.num_rows, "prediction"), printable(fit.response));
  if (runs.num_rows <= kMostRows)
    out += rows_text(table(fit, runs, predictions, plain_text), runs.num_rows);
  out += errors_text(prediction_errors(runs, predictions));
  for (const Warning& warning : predictions.warnings)
    out += wrapped(warning_line(warning), 2, kWidth);
  return escaped(out);
}

std::string prediction_csv(const FittedLaw& fit, const NewRuns& runs,
                           const Predictions& predictions) {
  const std::vector<Shown> columns = table(fit, runs, predictions, exact_text);
  std::string out;
  for (std::size_t row = 0; row <= runs.num_rows; ++row)
    for (std::size_t k = 0; k < columns.size(); ++k)
      out += csv_cell(row == 0 ? columns[k].name : columns[k].cells[row - 1]) +
             (k + 1 < columns.size() ? "," : "\n");
  return out;
}

}  // namespace isoloss
