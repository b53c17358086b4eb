#include "host/reading/row_reader.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "host/base/error.h"
#include "host/base/number.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

[[noreturn]] void refuse_number(const CsvTable& csv, std::size_t row, std::size_t column,
                                const Field& field, const std::string& reason) {
  throw InputError(
      csv.path_of(row), field.line, printable(csv.header[column].text),
      fmt::format("{} is not a number{}{}", shown(field.text), reason.empty() ? "" : ": ", reason),
      reason.empty() ? "numbers look like 400000000, 4e8 or 400M" : "");
}

// A scale in the header and one in the cell: which is meant?
void refuse_suffix(const CsvTable& csv, std::size_t column, const Field& field) {
  const std::string& text = field.text;
  if (text.empty() || std::string_view("kKmMbBgGtT").find(text.back()) == std::string_view::npos)
    return;
  throw InputError(csv.path, field.line, printable(csv.header[column].text),
                   fmt::format("{} has a scale, and so has the header", shown(text)),
                   "write one of the two");
}

double positive_factor(const ReadOptions& options) {
  const double factor = options.flops_per_token_param;
  if (std::isfinite(factor) && factor > 0) return factor;
  throw InputError("", 0, "", fmt::format("--flops-per-token-param {}: must be > 0", factor),
                   "it is 6 for a dense transformer");
}

}  // namespace

RowReader::RowReader(const CsvTable& csv, const Columns& columns, const ReadOptions& options)
    : csv_(csv),
      columns_(columns),
      numbers_(columns.numbers()),
      units_(parse_units(options)),
      flops_per_token_param_(positive_factor(options)) {}

double RowReader::quantity(std::size_t row, Quantity wanted) {
  if (const auto column = columns_[wanted]) {
    const FileUnit unit = units_.of(wanted);
    const double scale = unit.is_given ? 1 : columns_.at(wanted).scale;
    const double number = cell(row, *column);
    if (scale != 1) refuse_suffix(csv_, *column, field(row, *column));
    return unit.converted(number) * scale;
  }
  const auto of = [&](Quantity other) { return quantity(row, other); };
  const double k = flops_per_token_param_;
  switch (wanted) {
    case Quantity::params:
      return of(Quantity::flops) / (k * of(Quantity::tokens));
    case Quantity::tokens:
      return of(Quantity::flops) / (k * of(Quantity::params));
    default:
      return k * of(Quantity::params) * of(Quantity::tokens);
  }
}

double RowReader::cell(std::size_t row, std::size_t column) {
  const Field& place = field(row, column);
  const Number number = parse_number(place.text);
  if (number.kind == Number::Kind::missing) return kMissing;
  if (number.kind == Number::Kind::bad) refuse_number(csv_, row, column, place, number.reason);
  if (number.has_thousands && !first_thousands_) first_thousands_ = place;
  return number.value;
}

std::string RowReader::formula(Quantity quantity) const {
  const double k = flops_per_token_param_;
  switch (quantity) {
    case Quantity::params:
      return fmt::format("C / ({} D)", k);
    case Quantity::tokens:
      return fmt::format("C / ({} N)", k);
    default:
      return fmt::format("{} N D", k);
  }
}

void refuse_units_row(const CsvTable& csv, const Columns& columns) {
  std::vector<std::string> texts;
  for (const Quantity quantity : columns.numbers()) {
    if (!columns[quantity]) continue;
    const Field& field = csv.rows[0][*columns[quantity]];
    if (parse_number(field.text).kind != Number::Kind::bad) return;
    if (field.text.find_first_of("0123456789") != std::string::npos) return;
    texts.push_back(field.text);
  }
  throw InputError(csv.path, csv.rows[0].front().line, "",
                   "not numbers (a second header, or a row of units?): " + listed(texts),
                   "remove the row, or begin it with '# '");
}

}  // namespace isoloss
