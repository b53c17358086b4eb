#include "host/base/text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace isoloss {
namespace {

constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
constexpr std::size_t kMostShown = 60;
constexpr std::size_t kMostListed = 12;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
}

bool continues_utf8(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Bytes of an invisible character at the front that may change how the text around it looks: C1
// controls, zero-width characters, direction marks and the byte-order mark; 0 if there is none.
std::size_t invisible_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (text.size() > 1 && byte(0) == 0xC2 && byte(1) >= 0x80 && byte(1) < 0xA0) return 2;
  if (text.size() < 3) return 0;
  const bool is_mark =
      byte(0) == 0xE2 && byte(1) == 0x80 &&
      ((byte(2) >= 0x8B && byte(2) <= 0x8F) || (byte(2) >= 0xA8 && byte(2) <= 0xAE));
  const bool is_isolate = byte(0) == 0xE2 && byte(1) == 0x81 && byte(2) >= 0xA0 && byte(2) <= 0xAF;
  const bool is_order_mark = text.starts_with("\xEF\xBB\xBF");
  return is_mark || is_isolate || is_order_mark ? 3 : 0;
}

std::string escaped(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) text += fmt::format("\\x{:02X}", static_cast<unsigned char>(c));
  return text;
}

}  // namespace

std::string_view trim(std::string_view text) {
  for (;;) {
    if (text.starts_with(kNoBreakSpace)) {
      text.remove_prefix(kNoBreakSpace.size());
    } else if (text.ends_with(kNoBreakSpace)) {
      text.remove_suffix(kNoBreakSpace.size());
    } else if (!text.empty() && is_blank(text.front())) {
      text.remove_prefix(1);
    } else if (!text.empty() && is_blank(text.back())) {
      text.remove_suffix(1);
    } else {
      return text;
    }
  }
}

std::string plain_name(std::string_view header) {
  std::string name;
  for (const char c : trim(header)) {
    if (is_blank(c) || c == '_' || c == '-' || c == '/' || c == '.') continue;
    name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return name;
}

std::string printable(std::string_view text) {
  std::string result;
  std::size_t num_shown = 0;
  while (!text.empty()) {
    if (!continues_utf8(text[0]) && ++num_shown > kMostShown) return result + "...";
    const std::size_t hidden = is_control(text[0]) ? 1 : invisible_length(text);
    const std::size_t length = std::max<std::size_t>(hidden, 1);
    result += hidden > 0 ? escaped(text.substr(0, length)) : std::string(1, text[0]);
    text.remove_prefix(length);
  }
  return result;
}

std::string shown(std::string_view text) {
  return text.empty() ? "empty" : fmt::format("\"{}\"", printable(text));
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string listed(const std::vector<std::string>& names) {
  std::vector<std::string> some;
  for (std::size_t i = 0; i < std::min(names.size(), kMostListed); ++i) {
    some.push_back(printable(names[i]));
  }
  std::string text = fmt::format("{}", fmt::join(some, ", "));
  if (names.size() > kMostListed) text += fmt::format(", ... ({} in all)", names.size());
  return text;
}

}  // namespace isoloss
