#include "host/reading/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "host/base/error.h"
#include "host/base/file_bytes.h"
#include "host/base/number.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

void require_names(const Record& header, const std::string& path) {
  const bool has_name = std::any_of(header.begin(), header.end(), [](const Field& field) {
    return parse_number(field.text).kind == Number::Kind::bad;
  });
  if (!has_name) {
    throw InputError(path, header.front().line, "",
                     fmt::format("no header row found, the first line is {}",
                                 shown(header.front().text) + ", ..."),
                     "name the columns in a first line without #, such as params,tokens,loss");
  }
}

void require_distinct_names(const Record& header, const std::string& path) {
  std::map<std::string_view, std::size_t> seen;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const auto [first, is_new] = seen.emplace(header[i].text, i);
    if (is_new || header[i].text.empty()) continue;
    throw InputError(
        path, header[i].line, printable(header[i].text),
        fmt::format("appears twice in the header, as fields {} and {}", first->second + 1, i + 1),
        "rename or remove one");
  }
}

// A number such as 100,000,000 without quotes leaves fields of exactly three digits.
bool looks_like_thousands(const Record& row) {
  const auto is_group = [](const Field& field) {
    return field.text.size() == 3 &&
           field.text.find_first_not_of("0123456789") == std::string::npos;
  };
  return std::any_of(row.begin() + 1, row.end(), is_group);
}

[[noreturn]] void refuse_length(const Record& row, std::size_t num_names, const std::string& path) {
  const char* hint = "complete the row, or begin it with # to leave it out";
  if (row.size() > num_names) hint = "quote fields that contain the delimiter, name every column";
  if (row.size() > num_names && looks_like_thousands(row)) {
    hint = "quote numbers with thousands commas: \"100,000,000\"";
  }
  throw InputError(path, row.front().line, "",
                   fmt::format("{}, header has {}", counted(row.size(), "field"), num_names), hint);
}

}  // namespace

std::vector<std::string> CsvTable::names() const {
  std::vector<std::string> names;
  for (const Field& field : header) {
    if (!field.text.empty()) names.push_back(field.text);
  }
  return names;
}

CsvTable parse_csv(std::string_view bytes, const std::string& path) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  require_text(bytes, path);
  CsvTable table;
  table.path = path;
  const std::size_t not_utf8 = first_not_utf8(bytes);
  if (not_utf8 != std::string_view::npos) table.not_utf8_line = line_of(bytes, not_utf8);

  RecordReader reader(bytes, path);
  table.header = reader.next();
  if (table.header.empty()) {
    throw InputError(path, 0, "", "the file has comments only",
                     "it needs a header line and a row a run");
  }
  while (table.header.back().text.empty()) table.header.pop_back();
  require_names(table.header, path);
  require_distinct_names(table.header, path);
  const std::size_t num_names = table.header.size();
  const bool has_index = table.header.front().text.empty();
  for (Record row = reader.next(); !row.empty(); row = reader.next()) {
    while (row.size() > num_names && row.back().text.empty()) row.pop_back();
    if (row.size() != num_names) refuse_length(row, num_names, path);
    if (has_index) row.erase(row.begin());
    table.rows.push_back(std::move(row));
  }
  if (has_index) table.header.erase(table.header.begin());
  if (table.rows.empty()) {
    throw InputError(path, table.header_line(), "", "0 data rows below the header",
                     "add a row a run");
  }
  return table;
}

}  // namespace isoloss
