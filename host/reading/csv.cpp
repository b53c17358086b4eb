#include "host/reading/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "host/base/error.h"
#include "host/base/file_bytes.h"
#include "host/base/number.h"
#include "host/base/text.h"
#include "host/base/threads.h"
#include "host/reading/decimal_commas.h"
#include "host/reading/quantity.h"

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

// Whether fields are what files call the quantities of a run.
bool looks_like_header(const Record& row) {
  const auto is_name = [](const Field& field) {
    for (std::size_t i = 0; i < kNumQuantities; ++i)
      if (is_usual_name(static_cast<Quantity>(i), field.text)) return true;
    return false;
  };
  return std::count_if(row.begin(), row.end(), is_name) > 1;
}

[[noreturn]] void refuse_preamble(const Record& header, const Record& row,
                                  const std::string& path) {
  throw InputError(path, header.front().line, "",
                   fmt::format("{} stands before the header, which seems to be line {}",
                               shown(header.front().text), row.front().line),
                   "begin such lines with '# ', or remove them");
}

const char* hint_for_length(const Record& row, std::size_t num_names, char delimiter) {
  if (delimiter == ' ') return "fields are split at blanks here: write commas between them";
  if (row.size() < num_names) return "complete the row, or begin it with '# ' to leave it out";
  return looks_like_thousands(row) ? "quote numbers with thousands commas: \"100,000,000\""
                                   : "quote fields that contain the delimiter, name every column";
}

// `reader` stands behind the row.
[[noreturn]] void refuse_length(const Record& row, const Record& header, const std::string& path,
                                RecordReader& reader) {
  if (looks_like_header(row)) refuse_preamble(header, row, path);
  const bool is_cut_off = row.size() < header.size() && reader.next().empty();
  throw InputError(
      path, row.front().line, "",
      fmt::format("{}, header has {}{}", counted(row.size(), "field"), header.size(),
                  is_cut_off ? ": this is the last row, and the file seems cut off" : ""),
      hint_for_length(row, header.size(), reader.delimiter()));
}

}  // namespace

std::vector<std::string> CsvTable::names() const {
  std::vector<std::string> names;
  for (const Field& field : header) {
    if (!field.text.empty()) names.push_back(field.text);
  }
  return names;
}

const std::string& CsvTable::path_of(std::size_t row) const {
  const std::string* found = &path;
  for (const FilePart& part : parts)
    if (part.first_row <= row) found = &part.path;
  return *found;
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
    throw_if_stopped();
    while (row.size() > num_names && row.back().text.empty()) row.pop_back();
    if (row.size() != num_names) refuse_length(row, table.header, path, reader);
    if (has_index) row.erase(row.begin());
    table.rows.push_back(std::move(row));
  }
  if (has_index) table.header.erase(table.header.begin());
  if (table.rows.empty()) {
    throw InputError(path, table.header_line(), "", "0 data rows below the header",
                     "add a row a run");
  }
  if (reader.delimiter() != ',') undo_decimal_commas(table);
  return table;
}

}  // namespace isoloss
