#include "host/report/confidence_text.h"

#include <fmt/format.h>

namespace isoloss {

std::string confidence_text(double probability) {
  constexpr int kAllDigits = 17;
  for (int digits = 3; digits < kAllDigits; ++digits) {
    std::string text = fmt::format("{:.{}g}%", 100 * probability, digits);
    if (text != "100%" || probability >= 1) return text;
  }
  return fmt::format("{}%", 100 * probability);
}

}  // namespace isoloss
