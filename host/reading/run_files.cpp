#include "host/reading/run_files.h"

#include <fmt/format.h>
#include <glob.h>

#include "host/base/call.h"
#include "host/base/error.h"
#include "host/base/file_bytes.h"
#include "host/base/text.h"
#include "host/reading/computed_columns.h"
#include "host/reading/gzip.h"
#include "host/reading/json_table.h"
#include "host/reading/memory_table.h"
#include "host/reading/run_sizes.h"

namespace isoloss {
namespace {

// A name that is a file is that file, whatever characters it has.
void add_matches(const std::string& pattern, std::vector<std::string>& paths) {
  if (pattern == "-" || pattern.find_first_of("*?[") == std::string::npos || file_exists(pattern)) {
    paths.push_back(pattern);
    return;
  }
  glob_t found{};
  const int status = glob(pattern.c_str(), GLOB_TILDE, nullptr, &found);
  for (std::size_t i = 0; status == 0 && i < found.gl_pathc; ++i)
    paths.emplace_back(found.gl_pathv[i]);
  globfree(&found);
  if (status != 0)
    throw InputError("", 0, "", fmt::format("no file matches {}", shown(pattern)),
                     "check the path");
}

std::size_t column_of(CsvTable& csv, const Field& header) {
  for (std::size_t i = 0; i < csv.header.size(); ++i)
    if (csv.header[i].text == header.text) return i;
  csv.header.push_back(header);
  csv.cells.add_column();
  return csv.header.size() - 1;
}

// Appends the rows of another file.
void append(CsvTable& all, CsvTable&& csv) {
  all.parts.push_back({csv.path, all.num_rows()});
  std::vector<std::size_t> columns;
  for (const Field& header : csv.header) columns.push_back(column_of(all, header));
  all.cells.append(std::move(csv.cells), columns);
  if (all.not_utf8_line == 0) all.not_utf8_line = csv.not_utf8_line;
}

void add_file_column(CsvTable& all) {
  for (const Field& header : all.header)
    if (header.text == "file") return;
  const std::size_t own = all.header.size();
  all.add_column("file");
  for (std::size_t part = 0; part < all.parts.size(); ++part) {
    const std::string_view path = all.cells.texts.keep(all.parts[part].path);
    const bool is_last = part + 1 == all.parts.size();
    const std::size_t end = is_last ? all.num_rows() : all.parts[part + 1].first_row;
    for (std::size_t i = all.parts[part].first_row; i < end; ++i) all.cells.set(i, own, path);
  }
}

CsvTable table_at(const std::string& path) {
  const CallInput* input = call_input(path);
  const bool is_in_columns = input != nullptr && are_plain(input->columns, input->num_rows);
  if (is_in_columns) return memory_table(input->columns, input->num_rows, path);
  return parse_table(read_file(path), path == "-" ? "standard input" : path);
}

CsvTable joined(std::vector<CsvTable> tables) {
  if (tables.size() == 1) return std::move(tables[0]);
  CsvTable all;
  all.path = fmt::format("{} and {} more", tables[0].path, tables.size() - 1);
  for (CsvTable& table : tables) append(all, std::move(table));
  add_file_column(all);
  return all;
}

}  // namespace

CsvTable parse_table(std::string bytes, const std::string& path) {
  if (is_gzip(bytes)) return parse_table(gunzip(bytes, path), path);
  return is_json(bytes) ? parse_json(bytes, path) : parse_csv(std::move(bytes), path);
}

void prepare(CsvTable& csv, const ReadOptions& options) {
  if (!options.sizes.empty()) csv = unfold_chart(std::move(csv));
  add_sizes(csv, options.sizes);
  add_computed_columns(csv, options);
}

CsvTable read_table(const std::vector<std::string>& patterns, const ReadOptions& options) {
  std::vector<std::string> paths;
  for (const std::string& pattern : patterns) add_matches(pattern, paths);
  std::vector<CsvTable> tables;
  for (const std::string& path : paths) tables.push_back(table_at(path));
  CsvTable csv = joined(std::move(tables));
  prepare(csv, options);
  return csv;
}

}  // namespace isoloss
