#include "host/reading/decimal_commas.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "host/base/error.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

// What the separators of a number say.
enum class Separators { none, comma_decimal, point_decimal, comma_unclear, point_unclear };

struct Evidence {
  std::optional<std::size_t> comma;    // the first row that has a decimal comma for certain
  std::optional<std::size_t> point;    // a decimal point
  std::optional<std::size_t> unclear;  // a point before three digits
};

// Digits, commas and points at the front, behind a sign.
std::string_view mantissa_of(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  const auto end = std::find_if_not(text.begin(), text.end(),
                                    [](char c) { return is_digit(c) || c == ',' || c == '.'; });
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

// What may follow them in a number: an exponent, or a suffix such as B.
bool is_tail(std::string_view text) {
  text = trim(text);
  if (text.size() <= 1) return text.find_first_not_of("kKmMbBgGtT") == std::string_view::npos;
  if (text[0] != 'e' && text[0] != 'E') return false;
  text.remove_prefix(text[1] == '-' || text[1] == '+' ? 2 : 1);
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

// Whether one separator between these digits may divide thousands.
bool may_be_thousands(std::string_view before, std::string_view behind) {
  return behind.size() == 3 && !before.empty() && before.size() <= 3 && before[0] != '0';
}

Separators separators_of(std::string_view text) {
  const std::string_view digits = mantissa_of(text);
  const std::size_t comma = digits.rfind(',');
  const std::size_t point = digits.rfind('.');
  if (comma == point) return Separators::none;
  const std::size_t begin = text.find(digits[0]);
  if (!is_tail(text.substr(begin + digits.size()))) return Separators::none;
  if (comma != std::string_view::npos && point != std::string_view::npos)
    return comma > point ? Separators::comma_decimal : Separators::point_decimal;
  const bool is_comma = comma != std::string_view::npos;
  const std::size_t at = is_comma ? comma : point;
  // Two of a kind divide thousands, so that the other one is for decimals.
  if (digits.find(digits[at]) != at)
    return is_comma ? Separators::point_decimal : Separators::comma_decimal;
  if (may_be_thousands(digits.substr(0, at), digits.substr(at + 1)))
    return is_comma ? Separators::comma_unclear : Separators::point_unclear;
  return is_comma ? Separators::comma_decimal : Separators::point_decimal;
}

Evidence evidence_of(const CsvTable& table, std::size_t column) {
  Evidence found;
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const Separators separators = separators_of(table.cells.text(row, column));
    if (separators == Separators::comma_decimal && !found.comma) found.comma = row;
    if (separators == Separators::point_decimal && !found.point) found.point = row;
    if (separators == Separators::point_unclear && !found.unclear) found.unclear = row;
  }
  return found;
}

[[noreturn]] void refuse_unclear(const CsvTable& table, std::size_t column, const FileCell& unclear,
                                 const FileCell& comma) {
  std::string whole(unclear.text);
  std::erase(whole, '.');
  throw InputError(table.path, unclear.line, printable(table.header[column].text),
                   fmt::format("{} may mean {} or {}, because line {} has a decimal comma: {}",
                               shown(unclear.text), printable(whole), printable(unclear.text),
                               comma.line, shown(comma.text)),
                   "write such numbers without a point, or all decimals with points");
}

void write_points(FileCells& cells, std::size_t column) {
  for (std::size_t row = 0; row < cells.num_rows(); ++row) {
    std::string text(cells.text(row, column));
    if (separators_of(text) == Separators::none) continue;
    std::erase(text, '.');
    std::replace(text.begin(), text.end(), ',', '.');
    cells.set(row, column, cells.texts.keep(text));
  }
}

}  // namespace

void undo_decimal_commas(CsvTable& table) {
  std::vector<Evidence> columns;
  std::optional<FileCell> comma;
  bool has_point = false;
  for (std::size_t i = 0; i < table.header.size(); ++i) {
    columns.push_back(evidence_of(table, i));
    if (!comma && columns[i].comma) comma = table.cells.at(*columns[i].comma, i);
    has_point = has_point || columns[i].point;
  }
  if (!comma) return;
  std::vector<bool> is_comma;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    is_comma.push_back(!columns[i].point && (!has_point || columns[i].comma));
    if (is_comma[i] && columns[i].unclear)
      refuse_unclear(table, i, table.cells.at(*columns[i].unclear, i), *comma);
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (is_comma[i]) write_points(table.cells, i);
  }
}

}  // namespace isoloss
