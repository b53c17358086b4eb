#include "host/reading/header_scale.h"

#include <array>
#include <optional>
#include <string>

#include "host/base/parse_number.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

struct Word {
  std::string_view text;  // as plain_name() gives it
  double scale;
};

constexpr std::array kWords{
    Word{"k", 1e3},          Word{"thousand", 1e3},  Word{"thousands", 1e3},  Word{"m", 1e6},
    Word{"mn", 1e6},         Word{"million", 1e6},   Word{"millions", 1e6},   Word{"b", 1e9},
    Word{"bn", 1e9},         Word{"g", 1e9},         Word{"billion", 1e9},    Word{"billions", 1e9},
    Word{"t", 1e12},         Word{"trillion", 1e12}, Word{"trillions", 1e12}, Word{"nats", 1},
    Word{"natspertoken", 1}, Word{"natstoken", 1},   Word{"flop", 1},         Word{"flops", 1},
    Word{"tokens", 1},       Word{"parameters", 1},  Word{"params", 1}};

// "1e9", "x1e9", "10^9".
std::optional<double> power_of_ten(std::string_view text) {
  if (text.starts_with('x')) text.remove_prefix(1);
  const bool is_power = text.starts_with("10^");
  const Number number =
      parse_number(is_power ? "1e" + std::string(text.substr(3)) : std::string(text));
  if (number.kind != Number::Kind::value || number.value < 10) return {};
  return number.value;
}

std::optional<double> scale_of(std::string_view text) {
  std::string name = plain_name(text);
  if (name.starts_with("in")) name.erase(0, 2);
  for (const Word& word : kWords) {
    if (word.text == name) return word.scale;
  }
  return power_of_ten(name);
}

}  // namespace

HeaderScale header_scale(std::string_view header) {
  header = trim(header);
  const bool is_round = header.ends_with(')');
  if (!is_round && !header.ends_with(']')) return {header};
  const std::size_t open = header.rfind(is_round ? '(' : '[');
  if (open == std::string_view::npos || open == 0) return {header};
  const auto scale = scale_of(header.substr(open + 1, header.size() - open - 2));
  if (!scale) return {header};
  return {trim(header.substr(0, open)), *scale};
}

}  // namespace isoloss
