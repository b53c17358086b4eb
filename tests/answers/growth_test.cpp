// Growths as they are typed, and as they are sampled.

#include "host/answers/forecast/growth.h"

#include <cmath>

#include "tests/catch.h"
#include "tests/closed_form.h"
#include "tests/input_error.h"
#include "tests/tolerance.h"

namespace isoloss {
TEST_CASE("A growth is a factor, a period and a range") {
  const struct {
    const char* text;
    double value;
  } growths[] = {{"4x/year", 4},
                 {"1e6x/10years", std::pow(1e6, 0.1)},
                 {"2x/6months", 4},
                 {"0.5x/2years", std::sqrt(0.5)},
                 {"1x/year", 1}};
  for (const auto& [text, value] : growths) {
    INFO(text);
    CHECK(is_near(parse_growth("--growth", text).value, value));
  }
  const Uncertain wide = parse_growth("--growth", "16x/2years:9x..25x");
  REQUIRE(wide.range);
  CHECK(is_near(wide.value, 4));
  CHECK(is_near(wide.range->lower, 3));
  CHECK(is_near(wide.range->upper, 5));
  CHECK(is_near(parse_amount("--unique-tokens", "300T:100T..1000T").range->upper, 1e15));
}

TEST_CASE("What is no growth is refused with what to write instead") {
  const struct {
    const char* text;
    const char* says;
  } refused[] = {{"4", "does not say in which time; write 4x/year"},
                 {"4x", "does not say in which time; write 4x/year"},
                 {"4/year", "without an x: \"4\"; write 4x/year"},
                 {"40%/year", "1.4x/year is 40 % more"},
                 {"4x/fortnight", "which is no period; write 4x/year"},
                 {"4x/0years", "is not above 0"},
                 {"0x/year", "is not above 0; 1x/year stays as it is"},
                 {"-4x/year", "is not above 0; 1x/year stays as it is"},
                 {"nanx/year", "is no number"},
                 {"4x/year:", "has no range behind the colon"},
                 {"4x/year:3x", "has no range behind the colon"},
                 {"4x/year:5x..6x", "does not hold the value before it"},
                 {"4x/year:5x..3x", "does not hold the value before it"},
                 {"4x/year:4x..4x", "does not hold the value before it"},
                 {"4x/year:3..5", "without an x: \"3\""},
                 {"4x/year:0x..5x", "is not above 0"}};
  for (const auto& [text, says] : refused) {
    const std::string message = refusal([&, own = text] { parse_growth("--growth", own); });
    INFO(text << ": " << message);
    CHECK(message.find(says) != std::string::npos);
  }
}

TEST_CASE("A growth may change from a year on") {
  const Growth own = parse_growths("--growth", "4x/year:3x..5x,2030=2x/year,2032.5=1x/year", 2026);
  CHECK(own.first.value == 4);
  REQUIRE(own.later.size() == 2);
  CHECK(own.later[0].years == 4);
  CHECK(own.later[0].rate.value == 2);
  CHECK(own.later[1].years == 6.5);
  const struct {
    const char* text;
    const char* says;
  } refused[] = {{"4x/year,2x/year", "does not say from which year on; write 4x/year,2030=2x/year"},
                 {"4x/year,2026=2x/year", "no year behind 2026"},
                 {"4x/year,2030=2x/year,2029=1x/year", "no year behind 2030"},
                 {"4x/year,soon=2x/year", "begins in \"soon\""},
                 {"2030=4x/year", "is no number"},
                 {"4x/year,2030=2", "does not say in which time"},
                 {"4x/year,", "ends in a comma"}};
  for (const auto& [text, says] : refused) {
    const std::string message = refusal([&, own = text] { parse_growths("--growth", own, 2026); });
    INFO(text << ": " << message);
    CHECK(message.find(says) != std::string::npos);
  }
}

TEST_CASE("A range holds nine samples in ten, half of the others on either side") {
  const Uncertain growth = parse_growth("--growth", "4x/year:3x..8x");
  constexpr int kSamples = 10000;
  int below = 0, above = 0, low = 0;
  for (std::uint64_t i = 0; i < kSamples; ++i) {
    const double own = std::exp(growth.log_at(normal_deviate(1, i, 0)));
    below += own<3, above += own> 8, low += own < 4;
  }
  const auto is_share = [&](int count, double share) {
    const double sd = std::sqrt(kSamples * share * (1 - share));
    return std::fabs(count - kSamples * share) < tolerance::kCoverageSigmas * sd;
  };
  CHECK(is_share(below, 0.05));
  CHECK(is_share(above, 0.05));
  CHECK(is_share(low, 0.5));
}

}  // namespace isoloss
