#include "host/base/parse_number.h"

#include <string>
#include <utility>
#include <vector>

#include "tests/catch.h"

namespace isoloss {
namespace {

using Kind = Number::Kind;

TEST_CASE("a number is read as people write it, correctly rounded") {
  const std::vector<std::pair<std::string, double>> cases{
      {"0", 0.0},
      {"-0.0", -0.0},
      {"3.4385", 3.4385},
      {"+5e8", 5e8},
      {".5e9", 5e8},
      {"5.", 5},
      {"0500000000", 5e8},
      {"6e18", 6e18},
      {"1.3e+09", 1.3e9},
      {"1E-5", 1e-5},
      {"-2.5", -2.5},
      {"350k", 350e3},
      {"350K", 350e3},
      {"400M", 400e6},
      {"70B", 70e9},
      {"70b", 70e9},
      {"1.3G", 1.3e9},
      {"1.4T", 1.4e12},
      {"0.1T", 1e11},
      {"1_000_000", 1e6},
      {"1_0.2_5", 10.25},
      {"100,000,000", 1e8},
      {"1,234.5", 1234.5},
      {"-1,234,567", -1234567},
      {"  12 ", 12},
      {"\xC2\xA0"
       "12",
       12},
      {"123456789.12345678", 123456789.12345678},
      {"9223372036854775809", 9223372036854775809.0},
      {"0e999", 0.0},
      // Halfway between two doubles: the even one; a digit beyond decides for the upper.
      {"9007199254740993", 9007199254740992},
      {"9007199254740993.0000000000000000000000000000000000000001", 9007199254740994},
      {"1." + std::string(10000, '1'), 1.1111111111111112},
  };
  for (const auto& [text, value] : cases) {
    INFO(text);
    const Number number = parse_number(text);
    CHECK(number.kind == Kind::value);
    CHECK(number.value == value);
  }
}

TEST_CASE("a number says whether it was read through thousands commas") {
  CHECK(parse_number("100,000,000").has_thousands);
  CHECK(parse_number("1,234.5").has_thousands);
  CHECK_FALSE(parse_number("100000000").has_thousands);
  CHECK_FALSE(parse_number("1_000").has_thousands);
}

TEST_CASE("words for a missing value are told from wrong numbers") {
  for (const char* text : {"", " ", "nan", "NaN", "-nan", "null", "None", "NA", "N/A", "#N/A",
                           "<NA>", "-", "--", "inf", "+inf", "-inf", "Infinity", "-Infinity"}) {
    INFO(text);
    CHECK(parse_number(text).kind == Kind::missing);
  }
}

TEST_CASE("what is no number is refused with the reason") {
  const std::string comma =
      "a comma is read only in thousands such as 100,000,000; use a point for decimals";
  const std::string range = "it is outside the range of double precision, about 1e-308 to 1e308";
  const std::string suffixes = " follows the number; suffixes are k, M, B (or G) and T";
  const std::string dash = "it begins with a Unicode minus sign or dash; write a plain -";
  const std::string underscore = "an underscore must stand between digits";
  const std::vector<std::pair<std::string, std::string>> cases{
      {"$5", ""},
      {"abc", ""},
      {".", ""},
      {"+", ""},
      {"e5", ""},
      {"--5", ""},
      {"12abc", "\"abc\"" + suffixes},
      {"1e5M", "\"M\"" + suffixes},
      {"0x1p30", "\"x1p30\"" + suffixes},
      {"7 Bn", "\" Bn\"" + suffixes},
      {"1e9.5", "its exponent is not a whole number"},
      {"1e", "its exponent has no digits"},
      {"1e+", "its exponent has no digits"},
      {"1.2.3", "it has two decimal points"},
      {"1e400", range},
      {"-1e400", range},
      {"1e-400", range},
      {"1e99999999999999999999", range},
      {"1,3B", comma},
      {"3,438", "it may mean 3438 or 3.438; write one of these"},
      {"1,00,000", comma},
      {"1000,000,000", comma},
      {",000,000", comma},
      {"1.000,000,000", comma},
      {"_1", underscore},
      {"1_", underscore},
      {"1__0", underscore},
      {"1_.5", underscore},
      {"\xE2\x88\x92"
       "3.2",
       dash},
      {"\xE2\x80\x93"
       "3.2",
       dash},
  };
  for (const auto& [text, reason] : cases) {
    INFO(text);
    const Number number = parse_number(text);
    CHECK(number.kind == Kind::bad);
    CHECK(number.reason == reason);
  }
}

}  // namespace
}  // namespace isoloss
