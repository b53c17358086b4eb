#include "host/reading/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "host/base/error.h"
#include "host/base/file_bytes.h"
#include "host/base/parse_number.h"
#include "host/base/stop.h"
#include "host/base/text.h"
#include "host/reading/csv_records.h"
#include "host/reading/decimal_commas.h"
#include "host/reading/quantity_names.h"

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

void require_sound(const Record& header, const std::string& path) {
  require_names(header, path);
  require_distinct_names(header, path);
}

void require_row(const CsvTable& table) {
  if (table.num_rows() > 0) return;
  throw InputError(table.path, table.header_line(), "", "0 data rows below the header",
                   "add a row a run");
}

// A number such as 100,000,000 without quotes leaves fields of exactly three digits.
bool looks_like_thousands(std::span<const FileCell> row) {
  const auto is_group = [](const FileCell& field) {
    return field.text.size() == 3 &&
           field.text.find_first_not_of("0123456789") == std::string_view::npos;
  };
  return std::any_of(row.begin() + 1, row.end(), is_group);
}

// Whether fields are what files call the quantities of a run.
bool looks_like_header(std::span<const FileCell> row) {
  constexpr std::size_t kLongestName = 100;
  const auto is_name = [](const FileCell& field) {
    if (field.text.size() > kLongestName) return false;
    for (std::size_t i = 0; i < kNumQuantities; ++i)
      if (is_usual_name(static_cast<Quantity>(i), field.text)) return true;
    return false;
  };
  return std::count_if(row.begin(), row.end(), is_name) > 1;
}

[[noreturn]] void refuse_preamble(const Record& header, std::span<const FileCell> row,
                                  const std::string& path) {
  throw InputError(path, header.front().line, "",
                   fmt::format("{} stands before the header, which seems to be line {}",
                               shown(header.front().text), row.front().line),
                   "begin such lines with '# ', or remove them");
}

const char* hint_for_length(std::span<const FileCell> row, std::size_t num_names, char delimiter) {
  if (delimiter == ' ') return "fields are split at blanks here: write commas between them";
  if (row.size() < num_names) return "complete the row, or begin it with '# ' to leave it out";
  return looks_like_thousands(row) ? "quote numbers with thousands commas: \"100,000,000\""
                                   : "quote fields that contain the delimiter, name every column";
}

// `reader` stands behind the row.
[[noreturn]] void refuse_length(std::span<const FileCell> row, const Record& header,
                                const std::string& path, RecordReader& reader) {
  if (looks_like_header(row)) refuse_preamble(header, row, path);
  const std::vector<FileCell> own(row.begin(), row.end());  // the reader goes on to the next
  const bool is_cut_off = own.size() < header.size() && reader.next().empty();
  throw InputError(
      path, own.front().line, "",
      fmt::format("{}, header has {}{}", counted(own.size(), "field"), header.size(),
                  is_cut_off ? ": this is the last row, and the file seems cut off" : ""),
      hint_for_length(own, header.size(), reader.delimiter()));
}

Record header_of(RecordReader& reader, const std::string& path) {
  Record header;
  for (const FileCell& cell : reader.next()) header.push_back({std::string(cell.text), cell.line});
  if (header.empty()) {
    throw InputError(path, 0, "", "the file has comments only",
                     "it needs a header line and a row a run");
  }
  while (header.back().text.empty()) header.pop_back();
  require_sound(header, path);
  return header;
}

// Room for the rows, which are no more than lines, nor than what has a delimiter a name.
void reserve_rows(std::string_view text, std::size_t num_names, FileCells& cells) {
  const auto num_lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  cells.reserve(std::min(num_lines, text.size() / num_names) + 1);
}

void add_rows(RecordReader& reader, std::string_view text, bool has_index, CsvTable& table) {
  const std::size_t num_names = table.header.size();
  const std::size_t num_columns = num_names - (has_index ? 1 : 0);
  if (reader.delimiter() == ',') {
    table.cells.add_record_columns(num_columns, text, ',');
  } else {  // where a comma in a number may be a decimal one
    for (std::size_t i = 0; i < num_columns; ++i) table.cells.add_column();
  }
  reserve_rows(text, num_names, table.cells);
  StopWatch watch;
  for (std::span<FileCell> row = reader.next(); !row.empty(); row = reader.next()) {
    watch.look();
    while (row.size() > num_names && row.back().text.empty()) row = row.first(row.size() - 1);
    if (row.size() != num_names) refuse_length(row, table.header, table.path, reader);
    table.cells.add_row(has_index ? row.subspan(1) : row, reader.is_plain());
  }
}

}  // namespace

std::vector<std::string> CsvTable::names() const {
  std::vector<std::string> names;
  for (const Field& field : header) {
    if (!field.text.empty()) names.push_back(field.text);
  }
  return names;
}

const std::string& CsvTable::path_of(std::size_t row) const { return path_in(parts, path, row); }

void CsvTable::add_column(const std::string& name) {
  header.push_back({name, header_line()});
  cells.add_column();
}

void require_sound(const CsvTable& table) {
  require_sound(table.header, table.path);
  require_row(table);
}

CsvTable parse_csv(std::string bytes, const std::string& path) {
  CsvTable table;
  table.path = path;
  const std::string_view text = without_mark(table.cells.texts.take(std::move(bytes)));
  require_text(text, path);
  const std::size_t not_utf8 = first_not_utf8(text);
  if (not_utf8 != std::string_view::npos) table.not_utf8_line = line_of(text, not_utf8);

  RecordReader reader(text, path, table.cells.texts);
  table.header = header_of(reader, path);
  const bool has_index = table.header.front().text.empty();
  add_rows(reader, text, has_index, table);
  if (has_index) table.header.erase(table.header.begin());
  require_row(table);
  if (reader.delimiter() != ',') undo_decimal_commas(table);
  return table;
}

}  // namespace isoloss
