#include "host/reading/run_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "host/error.h"
#include "host/reading/file_bytes.h"
#include "host/reading/reading_checks.h"
#include "host/reading/row_filter.h"
#include "host/reading/row_reader.h"
#include "host/reading/text.h"

namespace isoloss {
namespace {

// The uses of params, tokens, flops and loss in this order, then of run and weights if read.
std::vector<ColumnUse> column_uses(const RowReader& reader) {
  std::vector<ColumnUse> uses;
  for (const Quantity quantity : {Quantity::params, Quantity::tokens, Quantity::flops,
                                  Quantity::loss, Quantity::run, Quantity::weights}) {
    const auto column = reader.columns()[quantity];
    const bool is_optional = quantity == Quantity::run || quantity == Quantity::weights;
    if (!column && is_optional) continue;
    ColumnUse use{quantity_name(quantity), "", !column, false};
    use.source = column ? reader.csv().header[*column].text : reader.formula(quantity);
    use.renamed = column && !is_short_name(quantity, use.source);
    uses.push_back(std::move(use));
  }
  return uses;
}

[[noreturn]] void refuse_not_positive(const RowReader& reader, std::size_t row, Quantity quantity) {
  const std::size_t column = *reader.columns()[quantity];
  const Field& field = reader.field(row, column);
  const std::string& header = reader.csv().header[column].text;
  const bool is_log_likelihood = quantity == Quantity::loss && field.text.starts_with('-');
  throw InputError(
      reader.csv().path, field.line, printable(header),
      fmt::format("{} must be > 0, this is {}", quantity_title(quantity), printable(field.text)),
      fmt::format("{}leave such rows out with --where '{} > 0'",
                  is_log_likelihood ? "a log-likelihood? flip the sign; or " : "",
                  quantity_name(quantity)));
}

// A positive finite value, or an error that says which it is not.
double positive(RowReader& reader, std::size_t row, Quantity quantity) {
  const double value = reader.quantity(row, quantity);
  if (std::isnormal(value) && value > 0) return value;
  const auto column = reader.columns()[quantity];
  if (column && reader.cell(row, *column) <= 0) refuse_not_positive(reader, row, quantity);
  throw InputError(
      reader.csv().path, reader.csv().rows[row].front().line, "",
      fmt::format("{} = {} is outside the range of double precision", quantity_title(quantity),
                  column ? "the value in our unit" : reader.formula(quantity)),
      "check the row and --unit");
}

void append(RunTable& table, RowReader& reader, std::size_t row) {
  // The file's own columns first: an error about them says more than one about what they give.
  for (const Quantity quantity : kNumericQuantities) {
    if (reader.columns()[quantity]) positive(reader, row, quantity);
  }
  table.params.push_back(positive(reader, row, Quantity::params));
  table.tokens.push_back(positive(reader, row, Quantity::tokens));
  table.flops.push_back(positive(reader, row, Quantity::flops));
  table.loss.push_back(positive(reader, row, Quantity::loss));
  if (reader.columns()[Quantity::weights]) {
    table.weights.push_back(positive(reader, row, Quantity::weights));
  }
  const std::size_t line = reader.csv().rows[row].front().line;
  table.line.push_back(line);
  if (const auto column = reader.columns()[Quantity::run]) {
    const std::string& label = reader.field(row, *column).text;
    table.run.push_back(label.empty() ? fmt::format("line {}", line) : label);
  }
}

// Takes the rows with the `count` highest losses away; of equal ones the later.
void drop_highest_loss(KeptRows& kept, RowReader& reader, std::size_t count) {
  if (count == 0) return;
  if (count >= kept.rows.size()) {
    throw InputError(
        reader.csv().path, 0, "",
        fmt::format("--drop-highest-loss {} leaves no row of {}", count, kept.rows.size()),
        "drop fewer");
  }
  std::vector<std::pair<double, std::size_t>> by_loss;
  for (const std::size_t row : kept.rows) {
    by_loss.emplace_back(reader.quantity(row, Quantity::loss), row);
  }
  std::sort(by_loss.rbegin(), by_loss.rend());
  for (std::size_t i = 0; i < count; ++i) std::erase(kept.rows, by_loss[i].second);
  kept.dropped.push_back({"highest loss", count});
}

}  // namespace

RunTable parse_runs(std::string_view bytes, const std::string& path, const ReadOptions& options) {
  const CsvTable csv = parse_csv(bytes, path);
  const Columns columns = choose_columns(csv, options);
  refuse_units_row(csv, columns);
  RowReader reader(csv, columns, options);
  KeptRows kept = filter_rows(reader, options);
  drop_highest_loss(kept, reader, options.drop_highest_loss);

  RunTable table;
  table.path = path;
  table.num_rows_read = csv.rows.size();
  table.flops_given = columns[Quantity::flops].has_value();
  table.columns = column_uses(reader);
  table.dropped = kept.dropped;
  for (const std::size_t row : kept.rows) append(table, reader, row);
  table.warnings = check_reading(table, reader, kept.rows);
  return table;
}

RunTable read_runs(const std::string& path, const ReadOptions& options) {
  return parse_runs(read_file(path), path, options);
}

}  // namespace isoloss
