#include "host/base/parse_number.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "host/base/decimal.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

bool is_missing(std::string_view text) {
  constexpr std::array<std::string_view, 24> kWords{
      "",        "-",       "--",    "nan",    "-nan",  "null",   "none",     "na",
      "n/a",     "#n/a",    "<na>",  "inf",    "+inf",  "-inf",   "infinity", "-infinity",
      "#div/0!", "#value!", "#ref!", "#name?", "#num!", "#null!", "#error!",  "#spill!"};
  if (!text.empty() && is_digit(text[0])) return false;
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return std::find(kWords.begin(), kWords.end(), lower) != kWords.end();
}

// Hands out a text from its left end.
struct Scanner {
  std::string_view rest;

  bool take(char c) {
    if (!rest.starts_with(c)) return false;
    rest.remove_prefix(1);
    return true;
  }
  template <class Accept>
  std::string_view take_while(Accept accept) {
    const auto end = std::find_if_not(rest.begin(), rest.end(), accept);
    const auto taken = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
    rest.remove_prefix(taken.size());
    return taken;
  }
};

// Whether commas split the digits before the point into thousands and could be nothing else.
bool is_in_thousands(std::string_view mantissa) {
  const auto point = mantissa.find('.');
  std::string_view whole = mantissa.substr(0, point);
  if (mantissa.substr(whole.size()).find(',') != std::string_view::npos) return false;
  const auto num_commas = std::count(whole.begin(), whole.end(), ',');
  if (num_commas == 1 && point == std::string_view::npos) return false;
  const std::size_t first = whole.find(',');
  if (first < 1 || first > 3) return false;
  for (whole.remove_prefix(first); !whole.empty(); whole.remove_prefix(4)) {
    if (whole.size() < 4 || whole[0] != ',') return false;
    if (!std::all_of(whole.begin() + 1, whole.begin() + 4, is_digit)) return false;
  }
  return true;
}

// Whether a single comma stands where it may divide thousands or begin decimals: 3,438.
bool is_ambiguous(std::string_view mantissa) {
  const auto comma = mantissa.find(',');
  if (comma == std::string_view::npos || comma < 1 || comma > 3 || mantissa[0] == '0') return false;
  std::string_view digits = mantissa.substr(comma + 1);
  return digits.size() == 3 && std::all_of(digits.begin(), digits.end(), is_digit) &&
         std::all_of(mantissa.begin(), mantissa.begin() + static_cast<std::ptrdiff_t>(comma),
                     is_digit);
}

bool underscores_join_digits(std::string_view mantissa) {
  for (std::size_t at = mantissa.find('_'); at != std::string_view::npos;
       at = mantissa.find('_', at + 1)) {
    if (at == 0 || at + 1 == mantissa.size()) return false;
    if (!is_digit(mantissa[at - 1]) || !is_digit(mantissa[at + 1])) return false;
  }
  return true;
}

// What is wrong with the digits before an exponent or suffix; empty if nothing.
std::string mantissa_fault(std::string_view mantissa) {
  if (std::count(mantissa.begin(), mantissa.end(), '.') > 1) return "it has two decimal points";
  if (!underscores_join_digits(mantissa)) return "an underscore must stand between digits";
  if (is_ambiguous(mantissa)) {
    std::string without(mantissa);
    std::erase(without, ',');
    std::string with_point(mantissa);
    with_point[mantissa.find(',')] = '.';
    return fmt::format("it may mean {} or {}; write one of these", without, with_point);
  }
  if (mantissa.find(',') != std::string_view::npos && !is_in_thousands(mantissa)) {
    return "a comma is read only in thousands such as 100,000,000; use a point for decimals";
  }
  return {};
}

const char* power_of_suffix(char suffix) {
  switch (suffix) {
    case 'k':
    case 'K':
      return "e3";
    case 'm':
    case 'M':
      return "e6";
    case 'b':
    case 'B':
    case 'g':
    case 'G':
      return "e9";
    case 't':
    case 'T':
      return "e12";
    default:
      return nullptr;
  }
}

Number bad(std::string reason) {
  Number number;
  number.reason = std::move(reason);
  return number;
}

Number of_kind(Number::Kind kind) {
  Number number;
  number.kind = kind;
  return number;
}

// Takes `e-7` or a suffix off the text, as a power that from_chars reads; a fault goes to `fault`.
std::string take_power(Scanner& scanner, std::string& fault) {
  const std::string_view suffix = trim(scanner.rest);  // "1.5 B" too
  if (!suffix.empty() && (suffix.size() == 1 || suffix.size() == scanner.rest.size())) {
    if (const char* power = power_of_suffix(suffix[0])) {
      scanner.rest = suffix.substr(1);
      return power;
    }
  }
  if (!scanner.take('e') && !scanner.take('E')) return {};
  std::string power = "e";
  if (scanner.take('-')) {
    power += '-';
  } else {
    scanner.take('+');
  }
  const auto digits = scanner.take_while(is_digit);
  if (digits.empty()) fault = "its exponent has no digits";
  if (scanner.rest.starts_with('.')) fault = "its exponent is not a whole number";
  return power.append(digits);
}

// The double nearest to digits with at most one point, times a power such as "e9" or none.
Number nearest_double(const std::string& digits, const std::string& power) {
  Number number = of_kind(Number::Kind::value);
  if (digits.find_first_of("123456789") == std::string::npos) return number;
  const std::string text = digits + power;
  const auto result = read_decimal(text.data(), text.data() + text.size(), number.value);
  const bool in_range = std::isnormal(number.value);
  if (result.ec == std::errc() && in_range) return number;
  return bad("it is outside the range of double precision, about 1e-308 to 1e308");
}

}  // namespace

double plain_number(std::string_view text) {
  const std::size_t sign = text.starts_with('-') ? 1 : 0;
  if (text.size() == sign || (!is_digit(text[sign]) && text[sign] != '.')) return 0;
  double value = 0;
  const auto result = read_decimal(text.data(), text.data() + text.size(), value);
  const bool is_whole = result.ec == std::errc() && result.ptr == text.data() + text.size();
  return is_whole && std::isnormal(value) ? value : 0;
}

Number parse_number(std::string_view text) {
  text = trim(text);
  if (const double value = plain_number(text); value != 0) {
    Number number = of_kind(Number::Kind::value);
    number.value = value;
    return number;
  }
  if (is_missing(text)) return of_kind(Number::Kind::missing);
  if (text.starts_with("\xE2\x88\x92") || text.starts_with("\xE2\x80\x93")) {
    return bad("it begins with a Unicode minus sign or dash; write a plain -");
  }
  Scanner scanner{text};
  const bool negative = scanner.take('-');
  if (!negative) scanner.take('+');
  const auto mantissa =
      scanner.take_while([](char c) { return is_digit(c) || c == '.' || c == ',' || c == '_'; });
  if (std::none_of(mantissa.begin(), mantissa.end(), is_digit)) return bad("");
  std::string fault = mantissa_fault(mantissa);
  const std::string power = take_power(scanner, fault);
  if (fault.empty() && !scanner.rest.empty()) {
    fault = fmt::format("{} follows the number; suffixes are k, M, B (or G) and T",
                        shown(scanner.rest));
  }
  if (!fault.empty()) return bad(std::move(fault));

  std::string digits(mantissa);
  std::erase_if(digits, [](char c) { return c == ',' || c == '_'; });
  Number number = nearest_double(digits, power);
  number.has_thousands = mantissa.find(',') != std::string_view::npos;
  if (negative) number.value = -number.value;
  return number;
}

}  // namespace isoloss
