#include "host/reading/read_runs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "host/base/error.h"
#include "host/base/memory.h"
#include "host/base/stop.h"
#include "host/base/text.h"
#include "host/reading/column_choice.h"
#include "host/reading/curve_inputs.h"
#include "host/reading/header_scale.h"
#include "host/reading/inferred_runs.h"
#include "host/reading/reading_checks.h"
#include "host/reading/row_filter.h"
#include "host/reading/row_reader.h"
#include "host/reading/run_files.h"
#include "host/reading/where_text.h"

namespace isoloss {
namespace {

ColumnUse use_of(const RowReader& reader, Quantity quantity) {
  const Column& column = reader.columns().at(quantity);
  if (!column.position) return {column.name, reader.formula(quantity), true, false};
  const std::string& header = reader.csv().header[*column.position].text;
  const bool is_known = index_of(quantity) < kNumQuantities;
  const bool is_own_name = is_known ? is_short_name(quantity, header_scale(header).name)
                                    : plain_name(column.name) == plain_name(header);
  return {column.name, header, false, !is_own_name};
}

// The same with the unit of its numbers; one that is asked for takes the place of the header's.
ColumnUse use_in_unit(const RowReader& reader, Quantity quantity, const ReadOptions& options) {
  ColumnUse out = use_of(reader, quantity);
  if (out.derived) return out;
  for (const auto& [name, unit] : options.unit)
    if (quantity_called(name) == quantity) out.unit = unit;
  if (out.unit.empty()) out.scale = reader.columns().at(quantity).scale;
  return out;
}

// The uses of the numbers that are read, then of run and weights.
std::vector<ColumnUse> column_uses(const RowReader& reader, const ReadOptions& options) {
  std::vector<ColumnUse> uses;
  for (const Quantity quantity : reader.numbers()) {
    if (quantity != Quantity::weights) uses.push_back(use_in_unit(reader, quantity, options));
  }
  for (const Quantity quantity : {Quantity::run, Quantity::weights}) {
    if (reader.columns()[quantity]) uses.push_back(use_of(reader, quantity));
  }
  return uses;
}

// A name as --where takes it.
std::string where_name(const std::string& name) {
  const bool is_plain = begins_name(name[0]) && std::all_of(name.begin(), name.end(), [](char c) {
                          return begins_name(c) || (c >= '0' && c <= '9') || c == '.';
                        });
  return is_plain ? printable(name) : fmt::format("`{}`", printable(name));
}

[[noreturn]] void refuse_not_positive(const RowReader& reader, std::size_t row, Quantity quantity) {
  const Column& column = reader.columns().at(quantity);
  const FileCell field = reader.field(row, *column.position);
  const bool is_log_likelihood = quantity == Quantity::loss && field.text.starts_with('-');
  throw InputError(
      reader.csv().path_of(row), field.line, printable(reader.csv().header[*column.position].text),
      fmt::format("{} must be > 0, this is {}", printable(column.title), printable(field.text)),
      fmt::format("{}leave such rows out with ``where`` '{} > 0'",
                  is_log_likelihood ? "a log-likelihood? flip the sign; or " : "",
                  where_name(column.name)));
}

bool is_sound(const Column& column, double value) {
  using Limits = std::numeric_limits<double>;
  return value >= (column.positive ? Limits::min() : Limits::lowest()) && value <= Limits::max();
}

bool are_sound(const Column& column, const std::vector<double>& values) {
  bool are = true;
  for (const double value : values) are &= is_sound(column, value);
  return are;
}

void require_sound(RowReader& reader, std::size_t row, Quantity quantity) {
  const Column& column = reader.columns().at(quantity);
  if (is_sound(column, reader.quantity(row, quantity))) return;
  if (column.position && reader.cell(row, *column.position) <= 0) {
    refuse_not_positive(reader, row, quantity);
  }
  throw InputError(
      reader.csv().path_of(row), reader.csv().cells.line(row), "",
      fmt::format("{} = {} is outside the range of double precision", printable(column.title),
                  column.position ? "the value in our unit" : reader.formula(quantity)),
      "check the row and ``unit``");
}

// The numbers that are read, the file's own columns first: an error about them says more than one
// about what they give.
std::vector<Quantity> own_first(const RowReader& reader) {
  std::vector<Quantity> out = reader.numbers();
  std::stable_partition(out.begin(), out.end(),
                        [&](Quantity quantity) { return reader.columns()[quantity].has_value(); });
  return out;
}

// Refuses the first row that has an unsound number, if any.
void require_sound(RowReader& reader, const std::vector<std::size_t>& rows) {
  const std::vector<Quantity> quantities = own_first(reader);
  for (const std::size_t row : rows)
    for (const Quantity quantity : quantities) require_sound(reader, row, quantity);
}

// Where the table keeps what is read.
std::vector<double>& values_in(RunTable& table, const Columns& columns, Quantity quantity) {
  if (quantity == columns.response) return table.loss;
  switch (quantity) {
    case Quantity::params:
      return table.params;
    case Quantity::tokens:
      return table.tokens;
    case Quantity::flops:
      return table.flops;
    case Quantity::weights:
      return table.weights;
    default:
      return table.further[columns.at(quantity).name];
  }
}

void add_numbers(RunTable& table, RowReader& reader, const std::vector<std::size_t>& rows) {
  for (const Quantity quantity : own_first(reader)) {
    throw_if_stopped();
    const Column& column = reader.columns().at(quantity);
    std::vector<double> values = reader.values(quantity, rows);
    if (!are_sound(column, values)) require_sound(reader, rows);
    values_in(table, reader.columns(), quantity) = std::move(values);
  }
  if (!reader.columns().at(reader.columns().response).is_read)
    table.loss.assign(rows.size(), std::numeric_limits<double>::quiet_NaN());
}

void add_places(RunTable& table, const RowReader& reader, const std::vector<std::size_t>& rows) {
  table.line.reserve(rows.size());
  for (const std::size_t row : rows) table.line.push_back(reader.csv().cells.line(row));
  const auto column = reader.columns()[Quantity::run];
  if (!column) return;
  table.run.reserve(rows.size());
  for (const std::size_t row : rows) {
    const std::string_view label = reader.csv().cells.text(row, *column);
    table.run.push_back(label.empty() ? fmt::format("line {}", reader.csv().cells.line(row))
                                      : std::string(label));
  }
}

// Takes the rows with the `count` highest losses, or values of the response, away; of equal ones
// the later.
void drop_highest(KeptRows& kept, RowReader& reader, std::size_t count) {
  if (count == 0 || !reader.columns().at(reader.columns().response).is_read) return;
  if (count >= kept.rows.size()) {
    throw InputError(
        reader.csv().path, 0, "",
        fmt::format("``drop-highest-loss`` {} leaves no row of {}", count, kept.rows.size()),
        "drop fewer");
  }
  const Quantity response = reader.columns().response;
  std::vector<std::pair<double, std::size_t>> by_response;
  for (const std::size_t row : kept.rows) {
    by_response.emplace_back(reader.quantity(row, response), row);
  }
  std::sort(by_response.rbegin(), by_response.rend());
  std::set<std::size_t> dropped;
  for (std::size_t i = 0; i < count; ++i) dropped.insert(by_response[i].second);
  std::erase_if(kept.rows, [&](std::size_t row) { return dropped.contains(row); });
  std::vector<std::size_t> lines;
  for (const std::size_t row : dropped) lines.push_back(reader.csv().cells.line(row));
  kept.dropped.push_back({"highest " + printable(reader.columns().at(response).name),
                          count,
                          std::move(lines),
                          {dropped.begin(), dropped.end()}});
}

[[noreturn]] void refuse_error(const RunTable& table, std::size_t i) {
  throw InputError(table.path_of(table.row[i]), table.line[i], "",
                   fmt::format("the standard error {:g} gives no weight", table.weights[i]),
                   "write errors in the unit of the response");
}

// Standard errors become weights, of mean one: the inverse of their squares.
void weigh_by_errors(const ReadOptions& options, RunTable& table) {
  constexpr double kFar = 1e100;  // its square is a number
  double sum = 0;
  for (std::size_t i = 0; i < table.num_runs(); ++i) {
    const double error = options.error_of_log ? table.weights[i] / table.loss[i] : table.weights[i];
    if (!(error > 1 / kFar) || !(error < kFar)) refuse_error(table, i);
    table.weights[i] = 1 / (error * error);
    sum += table.weights[i];
  }
  const double mean = sum / static_cast<double>(table.num_runs());
  for (double& weight : table.weights) weight /= mean;
  table.unit_error = 1 / std::sqrt(mean);
}

RunTable table_of(const CsvTable& csv, const ReadOptions& options) {
  const CurveInputs curves(csv, options);
  const Columns columns = choose_columns(csv, curves.reading());
  refuse_units_row(csv, columns);
  RowReader reader(csv, columns, options);
  KeptRows kept = filter_rows(reader, options);
  drop_highest(kept, reader, options.drop_highest_loss);

  RunTable table;
  table.path = csv.path;
  table.parts = csv.parts;
  table.num_rows_read = csv.num_rows();
  table.response = columns.at(columns.response).name;
  table.flops_given = columns.at(Quantity::flops).is_read && columns[Quantity::flops];
  table.columns = column_uses(reader, options);
  table.dropped = kept.dropped;
  add_numbers(table, reader, kept.rows);
  add_places(table, reader, kept.rows);
  table.warnings = check_reading(table, reader, kept.rows);
  table.row = std::move(kept.rows);
  if (!options.error.empty()) weigh_by_errors(options, table);
  curves.add_to(table, reader);
  if (options.infer_runs) infer_runs(table);
  return table;
}

}  // namespace

RunTable runs_of(const CsvTable& csv, const ReadOptions& options) {
  constexpr double kBytesARow = 120;  // about
  return with_room_for(kBytesARow * static_cast<double>(csv.num_rows()),
                       "the numbers of " + counted(csv.num_rows(), "row"),
                       [&] { return table_of(csv, options); });
}

RunTable parse_runs(std::string_view bytes, const std::string& path, const ReadOptions& options) {
  CsvTable csv = parse_table(std::string(bytes), path);
  prepare(csv, options);
  return runs_of(csv, options);
}

RunTable read_runs(const std::string& path, const ReadOptions& options) {
  return runs_of(read_table({path}, options), options);
}

}  // namespace isoloss
