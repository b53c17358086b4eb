#include "host/reading/run_sizes.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/base/error.h"
#include "host/base/text.h"
#include "host/reading/column_names.h"

namespace isoloss {
namespace {

constexpr std::string_view kBetween = " - ";  // a run's name and the measure

bool is_bound(std::string_view header) {
  return header.ends_with("__MIN") || header.ends_with("__MAX");
}

std::size_t column_called(CsvTable& csv, const std::string& name) {
  for (std::size_t i = 0; i < csv.header.size(); ++i)
    if (csv.header[i].text == name) return i;
  csv.header.push_back({name, csv.header.front().line});
  return csv.header.size() - 1;
}

// The row of a run at a step, appended if the last one is another's.
Record& row_of(CsvTable& csv, const std::string& run, const Field& step) {
  if (csv.rows.empty() || csv.rows.back()[0].text != run || csv.rows.back()[1].line != step.line)
    csv.rows.push_back({{run, step.line}, step});
  return csv.rows.back();
}

// The entry whose key is the name or the longest part of it; end() if none is.
auto size_of(const std::map<std::string, double>& sizes, std::string_view name) {
  auto best = sizes.end();
  for (auto at = sizes.begin(); at != sizes.end(); ++at) {
    if (name.find(at->first) == std::string_view::npos) continue;
    if (best == sizes.end() || at->first.size() > best->first.size()) best = at;
  }
  return best;
}

}  // namespace

bool is_chart(const CsvTable& csv) {
  return std::any_of(csv.header.begin(), csv.header.end(),
                     [](const Field& field) { return is_bound(field.text); });
}

CsvTable unfold_chart(CsvTable csv) {
  if (!is_chart(csv)) return csv;
  CsvTable out;
  out.path = csv.path;
  const std::size_t line = csv.header_line();
  out.header = {{"run", line}, {csv.header[0].text, line}};
  for (std::size_t i = 1; i < csv.header.size(); ++i) {
    const std::string& header = csv.header[i].text;
    const std::size_t dash = header.rfind(kBetween);
    if (is_bound(header) || dash == std::string::npos) continue;
    const std::size_t column = column_called(out, header.substr(dash + kBetween.size()));
    for (const Record& row : csv.rows) {
      if (row[i].text.empty()) continue;
      Record& to = row_of(out, header.substr(0, dash), row[0]);
      to.resize(std::max(to.size(), column + 1), {"", row[0].line});
      to[column].text = row[i].text;
    }
  }
  for (Record& row : out.rows) row.resize(out.header.size(), {"", row[0].line});
  return out.rows.empty() ? csv : out;
}

void add_sizes(CsvTable& csv, const std::map<std::string, double>& sizes) {
  if (sizes.empty()) return;
  if (find_header(csv, "params"))
    throw InputError(csv.path, csv.header_line(), "params", "the file has sizes, and --sizes too",
                     "leave out --sizes");
  const auto runs = usual_headers(csv, Columns(), Quantity::run);
  for (std::size_t i = 0; i < csv.rows.size(); ++i) {
    Record& row = csv.rows[i];
    const std::string& name = runs.empty() ? csv.path_of(i) : row[runs[0]].text;
    const auto size = size_of(sizes, name);
    if (size == sizes.end())
      throw InputError(csv.path_of(i), row.front().line, "",
                       fmt::format("--sizes has no size of {}", shown(name)),
                       "add NAME=PARAMS, with a name that is a part of this one");
    row.push_back({fmt::format("{}", size->second), row.front().line});
    if (runs.empty()) row.push_back({size->first, row.front().line});
  }
  csv.header.push_back({"params", csv.header_line()});
  if (runs.empty()) csv.header.push_back({"run", csv.header_line()});
}

}  // namespace isoloss
