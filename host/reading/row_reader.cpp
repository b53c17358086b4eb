#include "host/reading/row_reader.h"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "host/base/error.h"
#include "host/base/parse_number.h"
#include "host/base/stop.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

// Another NaN, of a cell that nobody has looked at.
constexpr std::uint64_t kUnreadBits = 0x7FF8'0000'0000'0001;
constexpr double kUnread = std::bit_cast<double>(kUnreadBits);

bool is_unread(double value) { return std::bit_cast<std::uint64_t>(value) == kUnreadBits; }

constexpr std::size_t kMostNamed = 5;  // cells, of a message

bool is_bad(const CsvTable& csv, std::size_t row, std::size_t column) {
  return csv.cells.numbers(column) == nullptr &&
         parse_number(csv.cells.text(row, column)).kind == Number::Kind::bad;
}

// "; nor are 2 more cells: line 7 (tokens), line 9 (loss)", of those behind it in its file.
std::string further_bad_cells(const CsvTable& csv, const Columns& columns, std::size_t row,
                              std::size_t column) {
  std::string named;
  std::size_t num = 0;
  StopWatch watch;
  for (std::size_t i = row; i < csv.num_rows() && csv.path_of(i) == csv.path_of(row); ++i) {
    watch.look();
    for (const Quantity quantity : columns.numbers()) {
      const auto own = columns[quantity];
      if (!own || (i == row && *own == column) || !is_bad(csv, i, *own)) continue;
      if (++num > kMostNamed) continue;
      named += fmt::format("{} line {} ({})", num == 1 ? "" : ",", csv.cells.at(i, *own).line,
                           printable(csv.header[*own].text));
    }
  }
  if (num == 0) return "";
  return fmt::format("; nor {}:{}{}",
                     num == 1 ? "is one more cell" : fmt::format("are {} more cells", num), named,
                     num > kMostNamed ? ", ..." : "");
}

[[noreturn]] void refuse_number(const CsvTable& csv, std::size_t row, std::size_t column,
                                const FileCell& field, const std::string& reason,
                                const std::string& further) {
  throw InputError(csv.path_of(row), field.line, printable(csv.header[column].text),
                   fmt::format("{} is not a number{}{}{}", shown(field.text), further,
                               reason.empty()    ? ""
                               : further.empty() ? ": "
                                                 : "; ",
                               reason),
                   reason.empty() ? "numbers look like 400000000, 4e8 or 400M" : "");
}

// A scale in the header and one in the cell: which is meant?
void refuse_suffix(const CsvTable& csv, std::size_t column, const FileCell& field) {
  const std::string_view text = field.text;
  if (text.empty() || std::string_view("kKmMbBgGtT").find(text.back()) == std::string_view::npos)
    return;
  throw InputError(csv.path, field.line, printable(csv.header[column].text),
                   fmt::format("{} has a scale, and so has the header", shown(text)),
                   "write one of the two");
}

double positive_factor(const ReadOptions& options) {
  const double factor = options.flops_per_token_param;
  if (std::isfinite(factor) && factor > 0) return factor;
  throw InputError("", 0, "", fmt::format("``flops-per-token-param`` {}: must be > 0", factor),
                   "it is 6 for a dense transformer");
}

}  // namespace

RowReader::RowReader(const CsvTable& csv, const Columns& columns, const ReadOptions& options)
    : csv_(csv),
      columns_(columns),
      numbers_(columns.numbers()),
      units_(parse_units(options)),
      flops_per_token_param_(positive_factor(options)),
      reads_all_rows_(options.where.empty()),
      known_(csv.header.size()) {}

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

std::vector<double> RowReader::values(Quantity wanted, const std::vector<std::size_t>& rows) {
  std::vector<double> out;
  out.reserve(rows.size());
  if (const auto own = multiple(wanted)) {
    for (const std::size_t row : rows) out.push_back(own->at(row));
  } else if (const auto product = size_product(wanted)) {
    const double k = flops_per_token_param_;
    const auto& [params, tokens] = *product;
    for (const std::size_t row : rows) out.push_back(k * params.at(row) * tokens.at(row));
  } else {
    for (const std::size_t row : rows) out.push_back(quantity(row, wanted));
  }
  return out;
}

std::optional<RowReader::Multiple> RowReader::multiple(Quantity quantity) const {
  const auto column = columns_[quantity];
  if (!column || columns_.at(quantity).scale != 1) return {};
  const FileUnit unit = units_.of(quantity);
  const std::vector<double>* numbers = csv_.cells.numbers(*column);
  if (numbers == nullptr || unit.kind != FileUnit::Kind::factor) return {};
  return Multiple{numbers->data(), unit.factor};
}

std::optional<std::pair<RowReader::Multiple, RowReader::Multiple>> RowReader::size_product(
    Quantity quantity) const {
  const auto params = multiple(Quantity::params);
  const auto tokens = multiple(Quantity::tokens);
  if (quantity != Quantity::flops || columns_[quantity] || !params || !tokens) return {};
  return std::pair{*params, *tokens};
}

bool RowReader::read_plain() {
  for (const Quantity number : numbers_) {
    const auto column = columns_[number];
    if (!column || csv_.cells.numbers(*column) != nullptr) continue;
    std::vector<double> values;
    values.reserve(csv_.num_rows());
    StopWatch watch;
    for (std::size_t row = 0; row < csv_.num_rows(); ++row) {
      watch.look();
      const double value = plain_number(csv_.cells.text(row, *column));
      if (value == 0) return false;
      values.push_back(value);
    }
    known_[*column] = std::move(values);
  }
  return true;
}

double RowReader::cell(std::size_t row, std::size_t column) {
  if (const std::vector<double>* numbers = csv_.cells.numbers(column)) return (*numbers)[row];
  std::vector<double>& known = known_[column];
  if (known.empty()) known.assign(csv_.num_rows(), kUnread);
  if (is_unread(known[row])) known[row] = parsed(row, column);
  return known[row];
}

double RowReader::parsed(std::size_t row, std::size_t column) {
  const FileCell place = field(row, column);
  const Number number = parse_number(place.text);
  if (number.kind == Number::Kind::missing) return NAN;
  if (number.kind == Number::Kind::bad)

    refuse_number(csv_, row, column, place, number.reason,
                  reads_all_rows_ ? further_bad_cells(csv_, columns_, row, column) : "");
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
    const FileCell field = csv.cells.at(0, *columns[quantity]);
    if (parse_number(field.text).kind != Number::Kind::bad) return;
    if (field.text.find_first_of("0123456789") != std::string_view::npos) return;
    texts.emplace_back(field.text);
  }
  throw InputError(csv.path, csv.cells.line(0), "",
                   "not numbers (a second header, or a row of units?): " + listed(texts),
                   "remove the row, or begin it with '# '");
}

}  // namespace isoloss
