#include "host/base/number_text.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace isoloss {
namespace {

// "5.76e+05" -> "5.76e5"
std::string without_plus(std::string text) {
  const std::size_t plus = text.find("e+");
  if (plus == std::string::npos) return text;
  text.erase(plus + 1, text[plus + 2] == '0' ? 2 : 1);
  return text;
}

}  // namespace

std::string number_text(double x) {
  if (x == 0) return "0";
  if (std::fabs(x) >= 9999.5 && std::fabs(x) < 999999.5) return fmt::format("{:.0f}", x);
  return without_plus(fmt::format("{:#.5g}", x));
}

std::string count_text(double x) {
  struct Suffix {
    double factor;
    const char* name;
  };
  constexpr std::array suffixes{Suffix{1e12, "T"}, Suffix{1e9, "B"}, Suffix{1e6, "M"},
                                Suffix{1e3, "k"}};
  if (!(x < 9.995e14)) return without_plus(fmt::format("{:.3g}", x));
  for (const Suffix& suffix : suffixes) {
    if (x < 0.9995 * suffix.factor) continue;
    const double scaled = x / suffix.factor;
    const int decimals = scaled < 9.995 ? 2 : (scaled < 99.95 ? 1 : 0);
    return fmt::format("{:.{}f}{}", scaled, decimals, suffix.name);
  }
  return fmt::format("{:.3g}", x);
}

std::string flops_text(double x) { return without_plus(fmt::format("{:.3g}", x)); }

std::string confidence_text(double share) {
  const std::string rounded = fmt::format("{:.3g}", 100 * share);
  return (rounded == "100" && share < 1 ? fmt::format("{:.15g}", 100 * share) : rounded) + "%";
}

std::string whole_text(double x) {
  const std::string digits = fmt::format("{:.0f}", x);
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const bool begins_group = i > 0 && digits[i - 1] != '-' && (digits.size() - i) % 3 == 0;
    if (begins_group) out += ',';
    out += digits[i];
  }
  return out;
}

}  // namespace isoloss
