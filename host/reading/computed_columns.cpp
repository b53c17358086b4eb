#include "host/reading/computed_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/base/parse_number.h"
#include "host/base/stop.h"
#include "host/base/text.h"
#include "host/formula/parse.h"
#include "host/reading/column_names.h"

namespace isoloss {
namespace {

double called(Function function, double a, double b) {
  switch (function) {
    case Function::exp:
      return std::exp(a);
    case Function::log:
      return std::log(a);
    case Function::log10:
      return std::log10(a);
    case Function::log2:
      return std::log2(a);
    case Function::sqrt:
      return std::sqrt(a);
    case Function::pow:
      return std::pow(a, b);
    case Function::min:
      return std::fmin(a, b);
    case Function::max:
      return std::fmax(a, b);
    case Function::abs:
      return std::fabs(a);
    default:
      refuse("a computed column has no such function",
             "use exp, log, log10, log2, sqrt, pow, min, max or abs");
  }
}

double result_of(const Expr& node, double a, double b) {
  switch (node.kind) {
    case ExprKind::negate:
      return -a;
    case ExprKind::add:
      return a + b;
    case ExprKind::subtract:
      return a - b;
    case ExprKind::multiply:
      return a * b;
    case ExprKind::divide:
      return a / b;
    case ExprKind::power:
      return std::pow(a, b);
    case ExprKind::call:
      return std::isnan(a) || std::isnan(b) ? NAN : called(node.function, a, b);
    default:
      return node.number;
  }
}

class ComputedColumn {
 public:
  ComputedColumn(const CsvTable& csv, const std::string& formula, const std::string& flag)
      : csv_(csv), formula_(parse_formula({formula, flag, "", 0})) {
    for (const Name& name : formula_.names) {
      const auto header = find_header(csv, name.text);
      if (!header)
        formula_.text.fail(name.at, fmt::format("no column {}", shown(name.text)),
                           near_or_all(name.text, csv.names(), "the header has:"));
      headers_.push_back(*header);
    }
  }

  // The value in a row as text; empty if a cell is missing.
  std::string text(std::size_t row) const {
    std::vector<double> values;
    for (const Expr& node : formula_.nodes) {
      const auto operand = [&](int i) { return i < 0 ? 0 : values[static_cast<std::size_t>(i)]; };
      values.push_back(node.kind == ExprKind::name
                           ? cell(row, headers_[static_cast<std::size_t>(node.name)])
                           : result_of(node, operand(node.a), operand(node.b)));
    }
    return std::isfinite(values.back()) ? fmt::format("{}", values.back()) : "";
  }

 private:
  double cell(std::size_t row, std::size_t column) const {
    const FileCell field = csv_.cells.at(row, column);
    const Number number = parse_number(field.text);
    if (number.kind == Number::Kind::missing) return NAN;
    if (number.kind == Number::Kind::value) return number.value;
    throw InputError(
        csv_.path_of(row), field.line, printable(csv_.header[column].text),
        fmt::format("{} is not a number, and {} reads it", shown(field.text), formula_.text.label),
        number.reason);
  }

  const CsvTable& csv_;
  Expression formula_;
  std::vector<std::size_t> headers_;
};

bool is_in_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Whether a text that is no header has operators and the name of one: a header that was misspelled
// has none.
bool is_arithmetic(const CsvTable& csv, std::string_view text) {
  if (text.find_first_of("+-*/^(") == std::string_view::npos || find_header(csv, text))
    return false;
  while (!text.empty()) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_in_name);
    const auto length = static_cast<std::size_t>(end - text.begin());
    if (find_header(csv, text.substr(0, length))) return true;
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return false;
}

void add_column(CsvTable& csv, const std::string& formula, const std::string& flag) {
  if (!is_arithmetic(csv, formula)) return;
  const ComputedColumn column(csv, formula, flag);
  const std::size_t own = csv.header.size();
  csv.add_column(std::string(trim(formula)));
  for (std::size_t row = 0; row < csv.num_rows(); ++row) {
    throw_if_stopped();
    csv.cells.set(row, own, csv.cells.texts.keep(column.text(row)));
  }
}

}  // namespace

void add_computed_columns(CsvTable& csv, const ReadOptions& options) {
  for (const auto& [key, formula] : options.column) {
    add_column(csv, formula, "``column`` " + printable(key));
  }
  add_column(csv, options.response, "``response``");
}

}  // namespace isoloss
