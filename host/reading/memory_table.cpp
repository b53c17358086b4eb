#include "host/reading/memory_table.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "host/base/file_bytes.h"
#include "host/base/memory.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

bool is_plain_text(const char* text) {
  if (text == nullptr) return false;
  const std::string_view own = text;
  return !own.empty() && trim(own).size() == own.size() &&
         own.find_first_of("\r\n") == std::string_view::npos &&
         first_not_utf8(own) == std::string_view::npos;
}

bool is_plain(const MemoryColumn& column, std::size_t num_rows) {
  if (!is_plain_text(column.name)) return false;
  if (column.numbers == nullptr)
    return std::all_of(column.texts, column.texts + num_rows, is_plain_text);
  bool is_plain = true;
  for (std::size_t row = 0; row < num_rows; ++row)
    is_plain &= column.numbers[row] == 0 || std::isnormal(column.numbers[row]);
  return is_plain;
}

void add_column(CsvTable& table, const MemoryColumn& column, std::size_t num_rows) {
  table.header.push_back({column.name, 1});
  if (column.numbers != nullptr) {
    table.cells.add_column(std::vector<double>(column.numbers, column.numbers + num_rows));
    return;
  }
  table.cells.add_column();
  for (std::size_t row = 0; row < num_rows; ++row)
    table.cells.set(row, table.cells.num_columns() - 1, table.cells.texts.keep(column.texts[row]));
}

}  // namespace

bool are_plain(std::span<const MemoryColumn> columns, std::size_t num_rows) {
  return !columns.empty() && std::all_of(columns.begin(), columns.end(), [&](const auto& column) {
    return is_plain(column, num_rows);
  });
}

CsvTable memory_table(std::span<const MemoryColumn> columns, std::size_t num_rows,
                      const std::string& path) {
  CsvTable table;
  table.path = path;
  for (std::size_t row = 0; row < num_rows; ++row) table.cells.add_row(row + 2);
  for (const MemoryColumn& column : columns) add_column(table, column, num_rows);
  require_sound(table);
  return table;
}

}  // namespace isoloss
