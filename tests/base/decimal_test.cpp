#include "host/base/decimal.h"

#include <fmt/format.h>

#include <cstring>
#include <random>
#include <string>

#include "tests/catch.h"

namespace isoloss {
namespace {

struct Read {
  double value = 17;  // left as it is where nothing was read
  std::errc fault{};
  std::ptrdiff_t length = 0;
};

template <class How>
Read read(How how, const std::string& text) {
  Read out;
  const auto result = how(text.data(), text.data() + text.size(), out.value);
  out.fault = result.ec;
  out.length = result.ptr - text.data();
  return out;
}

void check_alike(const std::string& text) {
  INFO(text);
  const Read one = read(read_decimal, text);
  const Read other = read(read_decimal_by_strtod, text);
  CHECK(std::memcmp(&one.value, &other.value, sizeof one.value) == 0);
  CHECK(one.fault == other.fault);
  CHECK(one.length == other.length);
}

TEST_CASE("strtod reads decimals as from_chars does") {
  for (const char* text : {"",
                           "-",
                           ".",
                           "e5",
                           "-0",
                           "-0.0",
                           "0",
                           "1",
                           "1.",
                           ".5",
                           "-.5e1",
                           "1e",
                           "1e+",
                           "1e-",
                           "1e5+3",
                           "+1",
                           " 1",
                           "1 ",
                           "0x10",
                           "1e400",
                           "-1e400",
                           "1e-400",
                           "0e999",
                           "4.9e-324",
                           "1.7976931348623157e308",
                           "1.7976931348623159e308",
                           "9007199254740993",
                           "1.2.3",
                           "1_000",
                           "12,5"})
    check_alike(text);
}

TEST_CASE("strtod reads random decimals to the same bits") {
  std::mt19937_64 random(7);
  for (int i = 0; i < 5000; ++i) {
    const auto whole = random() % 1000;
    const auto fraction = random();
    check_alike(fmt::format("{}.{}e{}", whole, fraction, static_cast<int>(random() % 700) - 350));
  }
}

double short_value(const std::string& text) {
  ShortDecimal decimal;
  for (const char c : text)
    if (!decimal.take(c)) return 0;
  return decimal.value();
}

TEST_CASE("short decimals are the nearest doubles, or not taken") {
  std::mt19937_64 random(11);
  int num_taken = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string text = fmt::format("{}", random() >> random() % 60);
    if (random() % 4 != 0) text.insert(random() % (text.size() + 1), ".");
    INFO(text);
    const double value = short_value(text);
    if (value != 0) CHECK(value == read(read_decimal, text).value);
    num_taken += value != 0;
  }
  CHECK(num_taken > 10000);
  for (const char* text : {"", ".", "0", "1e5", "-1", "+1", "1.2.3", "1,2", "9007199254740993",
                           "12345678901234567890", "0.0000000000000000001"})
    CHECK(short_value(text) == 0);
  CHECK(short_value("400000000") == 4e8);
  CHECK(short_value("3.1416") == 3.1416);
}

}  // namespace
}  // namespace isoloss
