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
  csv.add_column(name);
  return csv.header.size() - 1;
}

// A place in a chart: a run's step.
struct Step {
  std::string_view run, step;
  std::size_t line;
};

// The row of a run at a step, appended if the last one is another's.
std::size_t row_of(FileCells& cells, const Step& at) {
  const std::size_t num = cells.num_rows();
  if (num > 0 && cells.text(num - 1, 0) == at.run && cells.line(num - 1) == at.line) return num - 1;
  cells.add_row(at.line);
  cells.set(num, 0, at.run);
  cells.set(num, 1, at.step);
  return num;
}

// Whether a digit, or a point behind one, stands in name[at], seen in one direction.
bool goes_on_with_number(std::string_view name, std::size_t at, int step) {
  if (at >= name.size()) return false;
  if (is_digit(name[at])) return true;
  const std::size_t next = at + static_cast<std::size_t>(step);  // wraps below 0, beyond any size
  return name[at] == '.' && next < name.size() && is_digit(name[next]);
}

// 70m is no part of run-170m, nor 3b of run-1.3b: no number goes on with one of the part's own.
bool is_part_of(std::string_view name, std::string_view part) {
  for (std::size_t at = 0; (at = name.find(part, at)) != std::string_view::npos; ++at) {
    const std::size_t end = at + part.size();
    const bool goes_before = is_digit(part.front()) && goes_on_with_number(name, at - 1, -1);
    const bool goes_on = is_digit(part.back()) && goes_on_with_number(name, end, 1);
    if (!goes_before && !goes_on) return true;
  }
  return false;
}

// The entry whose key is the name or the longest part of it; end() if none is.
auto size_of(const std::map<std::string, double>& sizes, std::string_view name) {
  auto best = sizes.end();
  for (auto at = sizes.begin(); at != sizes.end(); ++at) {
    if (!is_part_of(name, at->first)) continue;
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
  out.header = {{"run", csv.header_line()}};
  out.cells.add_column();
  out.add_column(csv.header[0].text);
  for (std::size_t i = 1; i < csv.header.size(); ++i) {
    const std::string& header = csv.header[i].text;
    const std::size_t dash = header.rfind(kBetween);
    if (is_bound(header) || dash == std::string::npos) continue;
    const std::size_t column = column_called(out, header.substr(dash + kBetween.size()));
    const std::string_view run = out.cells.texts.keep(header.substr(0, dash));
    for (std::size_t row = 0; row < csv.num_rows(); ++row) {
      const std::string_view text = csv.cells.text(row, i);
      if (text.empty()) continue;
      const Step at{run, csv.cells.text(row, 0), csv.cells.line(row)};
      out.cells.set(row_of(out.cells, at), column, text);
    }
  }
  if (out.num_rows() == 0) return csv;
  out.cells.texts.take_all(std::move(csv.cells.texts));
  return out;
}

void add_sizes(CsvTable& csv, const std::map<std::string, double>& sizes) {
  if (sizes.empty()) return;
  if (find_header(csv, "params"))
    throw InputError(csv.path, csv.header_line(), "params", "the file has sizes, and ``sizes`` too",
                     "leave out ``sizes``");
  const auto runs = usual_headers(csv, Columns(), Quantity::run);
  const std::size_t params = csv.header.size();
  csv.add_column("params");
  if (runs.empty()) csv.add_column("run");
  for (std::size_t i = 0; i < csv.num_rows(); ++i) {
    const std::string_view name = runs.empty() ? csv.path_of(i) : csv.cells.text(i, runs[0]);
    const auto size = size_of(sizes, name);
    if (size == sizes.end())
      throw InputError(csv.path_of(i), csv.cells.line(i), "",
                       fmt::format("``sizes`` has no size of {}", shown(name)),
                       "add NAME=PARAMS, with a name that is a part of this one");
    TextStore& texts = csv.cells.texts;
    csv.cells.set(i, params, texts.keep(fmt::format("{}", size->second)));
    if (runs.empty()) csv.cells.set(i, params + 1, texts.keep(size->first));
  }
}

}  // namespace isoloss
