#include "host/report/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "host/report/wrap.h"

namespace isoloss {
namespace {

using TextRow = std::vector<std::string>;

// A title has as many rows as its longest, and the last line of each stands in the last.
std::vector<TextRow> title_rows(const std::vector<TableColumn>& columns) {
  std::size_t num_rows = 1;
  for (const TableColumn& column : columns)
    num_rows = std::max(num_rows, lines_of(column.title).size());
  std::vector<TextRow> out(num_rows, TextRow(columns.size()));
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (columns[c].place == Place::below) continue;
    const std::vector<std::string> lines = lines_of(columns[c].title);
    for (std::size_t i = 0; i < lines.size(); ++i) out[num_rows - lines.size() + i][c] = lines[i];
  }
  return out;
}

std::vector<TextRow> text_rows(const Table& table, const std::vector<Cells>& rows) {
  std::vector<TextRow> out = title_rows(table.columns);
  for (const Cells& row : rows) {
    out.emplace_back();
    for (const Cell& cell : row) out.back().push_back(cell.text);
  }
  return out;
}

std::vector<std::size_t> widths_of(const std::vector<TableColumn>& columns,
                                   const std::vector<TextRow>& rows) {
  std::vector<std::size_t> out;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    out.push_back(columns[c].width);
    if (columns[c].width > 0) continue;
    for (const TextRow& row : rows)
      if (c < row.size()) out[c] = std::max(out[c], row[c].size());
  }
  return out;
}

std::string padded(const std::string& text, std::size_t width, bool is_right) {
  return is_right ? fmt::format("{:>{}}", text, width) : fmt::format("{:<{}}", text, width);
}

std::string line_of(const Table& table, const std::vector<std::size_t>& widths,
                    const TextRow& row) {
  std::string line(table.indent, ' '), above;
  for (std::size_t c = 0; c < row.size(); ++c) {
    const TableColumn& column = table.columns[c];
    if (column.place == Place::below) continue;
    const bool is_above = column.place == Place::above;
    if (is_above) above += std::string(table.indent, ' ') + row[c] + "\n";
    line += padded(is_above ? "" : row[c], widths[c], column.is_right);
    line.append(column.gap, ' ');
  }
  return above + line.substr(0, line.find_last_not_of(' ') + 1);
}

std::string below(const Table& table, const TextRow& row, std::size_t width) {
  std::string out;
  for (std::size_t c = 0; c < row.size(); ++c)
    if (table.columns[c].place == Place::below && !row[c].empty())
      out += wrapped(row[c], 4, width, 0);
  return out;
}

std::string shown_line(const Table& table, const std::string& line, std::size_t width) {
  if (line.size() <= width || table.when_wide == WhenWide::as_it_is) return line + "\n";
  if (table.when_wide == WhenWide::cut) return line.substr(0, width - 3) + "...\n";
  return wrapped(line.substr(table.indent), table.indent, width);
}

std::string lines_of_table(const Table& table, const std::vector<Cells>& cells, std::size_t width) {
  const std::vector<TextRow> rows = text_rows(table, cells);
  const std::vector<std::size_t> widths = widths_of(table.columns, rows);
  std::string out;
  for (const TextRow& row : rows)
    out += shown_line(table, line_of(table, widths, row), width) + below(table, row, width);
  return out;
}

std::size_t width_of(const std::string& text) {
  std::size_t widest = 0;
  for (const std::string& line : lines_of(text)) widest = std::max(widest, line.size());
  return widest;
}

void remove_column(Table& table, std::size_t column) {
  const auto at = static_cast<std::ptrdiff_t>(column);
  table.columns.erase(table.columns.begin() + at);
  for (Cells& row : table.rows)
    if (row.size() > column) row.erase(row.begin() + at);
}

// The columns of `table` that `places` names.
Table part_of(const Table& table, const std::vector<std::size_t>& places) {
  Table out;
  out.indent = table.indent;
  out.rows.resize(table.rows.size());
  for (const std::size_t c : places) {
    out.columns.push_back(table.columns[c]);
    for (std::size_t i = 0; i < table.rows.size(); ++i)
      if (c < table.rows[i].size()) out.rows[i].push_back(table.rows[i][c]);
  }
  return out;
}

// As many columns in a table as fit, one at least.
std::string split_table(const Table& table, std::size_t width) {
  std::string out, text;
  std::vector<std::size_t> places{0};
  for (std::size_t c = 1; c < table.columns.size(); ++c) {
    places.push_back(c);
    Table part = part_of(table, places);
    std::string longer = lines_of_table(part, part.rows, width);
    if (places.size() > 2 && width_of(longer) > width) {
      out += text + "\n";
      places = {0, c};
      part = part_of(table, places);
      longer = lines_of_table(part, part.rows, width);
    }
    text = longer;
  }
  return out + text;
}

}  // namespace

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out(1);
  for (const char c : text) {
    if (c == '\n')
      out.emplace_back();
    else
      out.back() += c;
  }
  return out;
}

std::string text_table(const Table& asked, std::size_t width) {
  if (asked.when_wide == WhenWide::split) return split_table(asked, width);
  Table table = asked;
  std::string out = lines_of_table(table, table.rows, width);
  if (width_of(out) > width && !table.brief_rows.empty()) {
    table.rows = table.brief_rows;
    out = lines_of_table(table, table.rows, width);
  }
  while (width_of(out) > width) {
    const auto last = std::find_if(table.columns.rbegin(), table.columns.rend(),
                                   [](const TableColumn& column) { return column.is_optional; });
    if (last == table.columns.rend()) break;
    remove_column(table, static_cast<std::size_t>(std::distance(last, table.columns.rend()) - 1));
    out = lines_of_table(table, table.rows, width);
  }
  return out;
}

}  // namespace isoloss
