#include "host/report/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/base/text.h"

namespace isoloss {
namespace {

std::string all_digits(double x) { return std::isfinite(x) ? fmt::format("{}", x) : ""; }

// Rows of a sum are indented in text.
std::string without_indent(const std::string& text) {
  return text.substr(std::min(text.find_first_not_of(' '), text.size()));
}

// What a column of the table becomes.
struct Parts {
  bool has_value = false;     // the cells' own, or their text; not of intervals alone
  bool has_interval = false;  // two more columns
};

Parts parts_of(const Table& table, std::size_t column) {
  Parts out;
  for (const Cells& row : table.rows) {
    if (column >= row.size()) continue;
    const Cell& cell = row[column];
    out.has_interval = out.has_interval || (cell.number && cell.number->interval);
    out.has_value = out.has_value || (!cell.text.empty() && !cell.is_interval_alone());
  }
  out.has_value = out.has_value || !out.has_interval;
  return out;
}

void add_titles(const TableColumn& column, const Parts& parts, std::vector<std::string>& out) {
  const std::string title = title_of(column);
  if (parts.has_value) out.push_back(title);
  if (!parts.has_interval) return;
  out.push_back(title + ", lower");
  out.push_back(title + ", upper");
}

void add_cell(const Cell& cell, const Parts& parts, std::vector<std::string>& out) {
  const bool has_digits = cell.number && std::isfinite(cell.number->value);
  if (parts.has_value)
    out.push_back(has_digits                 ? all_digits(cell.number->value)
                  : cell.is_interval_alone() ? ""
                                             : without_indent(cell.text));
  if (!parts.has_interval) return;
  const bool has_interval = cell.number && cell.number->interval;
  out.push_back(has_interval ? all_digits(cell.number->interval->lower) : "");
  out.push_back(has_interval ? all_digits(cell.number->interval->upper) : "");
}

std::string line_of(const std::vector<std::string>& cells) {
  std::string out;
  for (const std::string& cell : cells) {
    if (&cell != &cells.front()) out += ',';
    out += csv_cell(cell);
  }
  return out + "\n";
}

}  // namespace

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

std::string as_csv(const Table& table) {
  std::vector<Parts> parts;
  std::vector<std::string> titles;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    parts.push_back(parts_of(table, c));
    add_titles(table.columns[c], parts[c], titles);
  }
  std::string out = line_of(titles);
  for (const Cells& row : table.rows) {
    std::vector<std::string> cells;
    for (std::size_t c = 0; c < parts.size(); ++c)
      add_cell(c < row.size() ? row[c] : Cell(), parts[c], cells);
    out += line_of(cells);
  }
  return escaped(out);
}

std::string as_csv(const Document& document) {
  std::string out;
  for (const Section& section : document.sections)
    for (const Block& block : section.blocks)
      if (const auto* table = std::get_if<Table>(&block))
        out += fmt::format("{}# {}\n{}", out.empty() ? "" : "\n",
                           escaped(section.title.empty() ? document.title : section.title),
                           as_csv(*table));
  return out;
}

}  // namespace isoloss
