#include "host/report/table.h"

#include <algorithm>
#include <iterator>

#include "host/base/text.h"
#include "host/report/ink.h"
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

std::vector<TextRow> text_rows(const Table& table) {
  std::vector<TextRow> out = title_rows(table.columns);
  for (const Cells& row : table.rows) {
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
      if (c < row.size()) out[c] = std::max(out[c], num_columns(row[c]));
  }
  return out;
}

std::string padded(const std::string& text, std::size_t width, bool is_right) {
  const std::string blanks(width - std::min(width, num_columns(text)), ' ');
  return is_right ? blanks + text : text + blanks;
}

// A row: what stands above it, what stands before its last cell, that cell, what stands below.
struct Laid {
  std::string above, before, last, below;
  bool is_word = false;  // the last cell, which does not go on below itself then
};

// The last cell of a row that has something to show in its line.
std::size_t last_cell(const Table& table, const TextRow& row) {
  std::size_t last = 0;
  for (std::size_t c = 0; c < row.size(); ++c)
    if (table.columns[c].place == Place::beside && !row[c].empty()) last = c;
  return last;
}

Laid laid(const Table& table, const std::vector<std::size_t>& widths, const TextRow& row) {
  Laid out;
  out.before.assign(table.indent, ' ');
  const std::size_t last = last_cell(table, row);
  for (std::size_t c = 0; c < row.size(); ++c) {
    const TableColumn& column = table.columns[c];
    const bool is_beside = column.place == Place::beside;
    if (column.place == Place::above) out.above += row[c];
    if (column.place == Place::below) out.below += row[c];
    if (column.place == Place::below || c > last) continue;
    const std::string cell = padded(is_beside ? row[c] : "", widths[c], column.is_right);
    if (c < last || !is_beside) {
      out.before += cell + std::string(column.gap, ' ');
    } else {
      out.last = column.is_right ? cell : row[c];
      out.is_word = column.is_right || row[c].find(' ') == std::string::npos;
    }
  }
  return out;
}

// The columns that a cell needs where it goes on below itself.
std::size_t least_width(const std::string& cell) {
  constexpr std::size_t kReadable = 24;
  std::size_t least = std::min(kReadable, num_columns(cell));
  for (const std::string& line : lines_of(wrapped(cell, 0, 1, 0)))
    least = std::max(least, num_columns(line));
  return least;
}

bool fits(const Laid& row, std::size_t width) {
  const std::size_t last = row.is_word ? num_columns(row.last) : least_width(row.last);
  return num_columns(row.before) + last <= width;
}

bool is_whole(const Laid& row, std::size_t width) {
  return num_columns(row.before) + num_columns(row.last) <= width;
}

std::string without_end(const std::string& text) {
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

std::string shown(const Laid& row, std::size_t indent, const Terminal& on) {
  std::string out;
  if (!row.above.empty()) out += wrapped(row.above, indent, on.width, 2);
  if (row.is_word || is_whole(row, on.width))
    out += without_end(row.before + row.last) + "\n";
  else
    out += row.before + wrapped_behind(row.last, num_columns(row.before), on.width);
  return row.below.empty() ? out : out + wrapped(row.below, 4, on.width, 0);
}

// Rows of a table and its titles as they stand beside each other.
struct Layout {
  std::vector<Laid> rows;
  std::size_t num_titles = 0;
};

Layout layout_of(const Table& table) {
  const std::vector<TextRow> rows = text_rows(table);
  const std::vector<std::size_t> widths = widths_of(table.columns, rows);
  Layout out;
  out.num_titles = rows.size() - table.rows.size();
  for (const TextRow& row : rows) out.rows.push_back(laid(table, widths, row));
  return out;
}

bool is_whole(const Table& table, std::size_t width) {
  const Layout layout = layout_of(table);
  return std::all_of(layout.rows.begin(), layout.rows.end(),
                     [&](const Laid& row) { return is_whole(row, width); });
}

bool fits(const Table& table, std::size_t width) {
  const Layout layout = layout_of(table);
  return std::all_of(layout.rows.begin(), layout.rows.end(),
                     [&](const Laid& row) { return fits(row, width); });
}

bool is_blank(const Laid& row) { return without_end(row.above + row.before + row.last).empty(); }

std::string shown(const Table& table, const Terminal& on, bool is_part = false) {
  const Layout layout = layout_of(table);
  std::string out;
  for (std::size_t i = 0; i < layout.rows.size(); ++i) {
    if (is_part && i < layout.num_titles && is_blank(layout.rows[i])) continue;
    std::string lines = escaped(shown(layout.rows[i], table.indent, on));
    lines.pop_back();
    out += (i < layout.num_titles ? inked(lines, Ink::heading, on) : lines) + "\n";
  }
  return out;
}

void remove_column(Table& table, std::size_t column) {
  const auto at = static_cast<std::ptrdiff_t>(column);
  table.columns.erase(table.columns.begin() + at);
  for (Cells& row : table.rows)
    if (row.size() > column) row.erase(row.begin() + at);
}

// The columns of `table` that `places` names, its key before all. A row that ends before them is
// left out of a table that goes on.
Table part_of(const Table& table, const std::vector<std::size_t>& places) {
  Table out;
  out.indent = table.indent;
  for (const std::size_t c : places) out.columns.push_back(table.columns[c]);
  const bool goes_on = places.size() > 1 && places[1] > 1;
  for (const Cells& row : table.rows) {
    if (goes_on && row.size() <= places[1]) continue;
    out.rows.emplace_back();
    for (const std::size_t c : places)
      if (c < row.size()) out.rows.back().push_back(row[c]);
  }
  return out;
}

// As many columns in a table as fit, one at least.
std::string split_table(const Table& table, const Terminal& on) {
  std::string out;
  std::vector<std::size_t> places{0};
  for (std::size_t c = 1; c < table.columns.size(); ++c) {
    places.push_back(c);
    if (places.size() == 2 || fits(part_of(table, places), on.width)) continue;
    places.pop_back();
    out += shown(part_of(table, places), on, true) + "\n";
    places = {0, c};
  }
  return out + shown(part_of(table, places), on, true);
}

void remove_last_optional(Table& table) {
  const auto last = std::find_if(table.columns.rbegin(), table.columns.rend(),
                                 [](const TableColumn& column) { return column.is_optional; });
  remove_column(table, static_cast<std::size_t>(std::distance(last, table.columns.rend()) - 1));
}

bool has_optional(const Table& table) {
  return std::any_of(table.columns.begin(), table.columns.end(),
                     [](const TableColumn& column) { return column.is_optional; });
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

std::string text_table(const Table& asked, const Terminal& on) {
  // A narrow terminal folds what a file has, and leaves out no more.
  const std::size_t most = std::max(on.width, Terminal{}.width);
  Table table = asked;
  if (!table.brief_rows.empty() && !is_whole(table, most)) table.rows = table.brief_rows;
  while (has_optional(table) && !is_whole(table, most)) remove_last_optional(table);
  return fits(table, on.width) ? shown(table, on) : split_table(table, on);
}

}  // namespace isoloss
