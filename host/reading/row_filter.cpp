#include "host/reading/row_filter.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include "host/base/error.h"
#include "host/base/stop.h"
#include "host/base/text.h"
#include "host/reading/column_names.h"
#include "host/reading/where.h"

namespace isoloss {
namespace {

// Columns as --where sees them: the headers by position, then the quantities, and the number of the
// row itself.
class WhereTable : public WhereRow {
 public:
  explicit WhereTable(RowReader& reader) : reader_(reader) {}

  // A quantity by its name or symbol, converted to our unit; any other header as it stands in the
  // file. A header that is spelled like a quantity but read as something else is a header. Where no
  // header is called that, `row` is the line of a row in its file, as reports name it.
  std::optional<WhereColumn> find(std::string_view name) const {
    const auto header = find_header(reader_.csv(), name);
    const auto quantity = reader_.columns().called(name);
    if (!header && name == "row") return kRow;
    if (!quantity || !reader_.columns().is_there(*quantity)) return header;
    const bool is_other = header && reader_.csv().header[*header].text == name &&
                          reader_.columns()[*quantity] != header;
    return is_other ? *header : num_headers() + index_of(*quantity);
  }

  void go_to(std::size_t row) { row_ = row; }

  double number(WhereColumn column) override {
    if (column == kRow) return static_cast<double>(reader_.csv().cells.line(row_));
    if (column < num_headers()) return reader_.cell(row_, column);
    const auto quantity = static_cast<Quantity>(column - num_headers());
    if (quantity == Quantity::run) return reader_.cell(row_, *reader_.columns()[quantity]);
    return reader_.quantity(row_, quantity);
  }

  std::string_view text(WhereColumn column) override {
    const auto position = header_of(column);
    return position ? reader_.field(row_, *position).text : std::string_view();
  }

  // Header that a column of the condition stands for; nothing for a derived quantity.
  std::optional<std::size_t> header_of(WhereColumn column) const {
    if (column < num_headers()) return column;
    if (column == kRow) return {};
    return reader_.columns()[static_cast<Quantity>(column - num_headers())];
  }

 private:
  static constexpr WhereColumn kRow = std::numeric_limits<WhereColumn>::max();

  std::size_t num_headers() const { return reader_.csv().header.size(); }

  RowReader& reader_;
  std::size_t row_ = 0;
};

// Header of the first cell that is missing in a row: of what is read, then of the condition.
std::optional<std::size_t> missing_column(RowReader& reader, std::size_t row,
                                          const std::vector<std::size_t>& read_by_where) {
  std::optional<std::size_t> missing;
  for (const Quantity quantity : reader.numbers()) {
    const auto column = reader.columns()[quantity];
    if (column && std::isnan(reader.cell(row, *column)) && !missing) missing = column;
  }
  for (const std::size_t column : read_by_where) {
    if (!missing && std::isnan(reader.cell(row, column))) missing = column;
  }
  return missing;
}

struct MissingCell {
  std::size_t row;
  std::size_t column;
};

[[noreturn]] void refuse_missing(const RowReader& reader, const std::vector<MissingCell>& missing) {
  const auto [row, column] = missing.front();
  const FileCell field = reader.field(row, column);
  throw InputError(reader.csv().path_of(row), field.line,
                   printable(reader.csv().header[column].text),
                   fmt::format("the value is missing ({})",
                               field.text.empty() ? "empty" : printable(field.text)),
                   fmt::format("use ``drop-missing`` to skip {}", counted(missing.size(), "row")));
}

void add_dropped(std::vector<Dropped>& dropped, const std::string& reason, const FileCells& cells,
                 std::size_t row) {
  auto same = std::find_if(dropped.begin(), dropped.end(),
                           [&](const Dropped& other) { return other.reason == reason; });
  if (same == dropped.end()) same = dropped.insert(same, {reason, 0});
  ++same->num_rows;
  same->lines.push_back(cells.line(row));
  same->rows.push_back(row);
}

[[noreturn]] void refuse_undefined(const RowReader& reader, std::size_t row) {
  throw InputError(reader.csv().path_of(row), reader.csv().cells.line(row), "",
                   "``where`` gives no number here, such as 0 / 0", "change the condition");
}

[[noreturn]] void refuse_nothing_left(const RowReader& reader, const KeptRows& kept) {
  std::vector<std::string> reasons;
  for (const Dropped& dropped : kept.dropped) {
    reasons.push_back(fmt::format("{}: {}", dropped.reason, dropped.num_rows));
  }
  throw InputError(reader.csv().path, 0, "",
                   fmt::format("none of {} is left ({})", counted(reader.csv().num_rows(), "row"),
                               listed(reasons)),
                   "relax the filters");
}

}  // namespace

KeptRows filter_rows(RowReader& reader, const ReadOptions& options) {
  WhereTable table(reader);
  std::optional<Where> where;
  std::vector<std::size_t> read_by_where;
  if (!trim(options.where).empty()) {
    where.emplace(
        options.where, [&](std::string_view name) { return table.find(name); },
        reader.csv().names());
    for (const WhereColumn column : where->number_columns()) {
      if (const auto header = table.header_of(column)) read_by_where.push_back(*header);
    }
  }

  KeptRows kept;
  if (!where && reader.read_plain()) {
    kept.rows.resize(reader.csv().num_rows());
    std::iota(kept.rows.begin(), kept.rows.end(), std::size_t{0});
    return kept;
  }
  kept.rows.reserve(reader.csv().num_rows());
  std::vector<MissingCell> missing;
  std::vector<Dropped> dropped_missing;
  const std::string failed = fmt::format("fails ``where`` '{}'", printable(trim(options.where)));
  for (std::size_t row = 0; row < reader.csv().num_rows(); ++row) {
    throw_if_stopped();
    table.go_to(row);
    const std::optional<bool> holds = where ? where->holds(table) : true;
    if (holds == false) {
      add_dropped(kept.dropped, failed, reader.csv().cells, row);
      continue;
    }
    const auto column =
        missing_column(reader, row, holds ? std::vector<std::size_t>{} : read_by_where);
    if (column) {
      missing.push_back({row, *column});
      add_dropped(dropped_missing, printable(reader.csv().header[*column].text) + " missing",
                  reader.csv().cells, row);
      continue;
    }
    if (!holds) refuse_undefined(reader, row);
    kept.rows.push_back(row);
  }
  if (!missing.empty() && !options.drop_missing) refuse_missing(reader, missing);
  kept.dropped.insert(kept.dropped.end(), dropped_missing.begin(), dropped_missing.end());
  if (kept.rows.empty()) refuse_nothing_left(reader, kept);
  return kept;
}

}  // namespace isoloss
