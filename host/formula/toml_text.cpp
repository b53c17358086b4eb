#include "host/formula/toml_text.h"

namespace isoloss {
namespace {

constexpr std::string_view kDigits = "0123456789ABCDEF";

}  // namespace

std::string in_ascii(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && c != '~') {
      out += c;
    } else {
      out += {'~', kDigits[byte / 16], kDigits[byte % 16]};
    }
  }
  return out;
}

std::string from_ascii(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool has_digits = text[at] == '~' && at + 2 < text.size();
    const auto high = has_digits ? kDigits.find(text[at + 1]) : std::string_view::npos;
    const auto low = has_digits ? kDigits.find(text[at + 2]) : std::string_view::npos;
    if (high == std::string_view::npos || low == std::string_view::npos) {
      out += text[at];
      continue;
    }
    out += static_cast<char>(high * 16 + low);
    at += 2;
  }
  return out;
}

}  // namespace isoloss
