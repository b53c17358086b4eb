#include "host/base/column_bytes.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <string_view>

namespace isoloss {
namespace {

// Quoted, so that no text is taken for a delimiter or a comment.
void append_text(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void append_value(std::string& out, const MemoryColumn& column, std::size_t row) {
  if (column.numbers == nullptr) {
    if (column.texts[row] != nullptr) append_text(out, column.texts[row]);
  } else if (!std::isnan(column.numbers[row])) {
    fmt::format_to(std::back_inserter(out), "{}", column.numbers[row]);
  }
}

}  // namespace

std::string column_bytes(std::span<const MemoryColumn> columns, std::size_t num_rows) {
  std::string out;
  for (const MemoryColumn& column : columns) {
    append_text(out, column.name);
    out += ',';
  }
  if (!out.empty()) out.back() = '\n';
  for (std::size_t row = 0; row < num_rows; ++row) {
    for (const MemoryColumn& column : columns) {
      append_value(out, column, row);
      out += ',';
    }
    out.back() = '\n';
  }
  return out;
}

}  // namespace isoloss
