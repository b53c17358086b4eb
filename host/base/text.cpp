#include "host/base/text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "host/base/file_bytes.h"

namespace isoloss {
namespace {

constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
constexpr std::size_t kMostShown = 60;
constexpr std::size_t kMostListed = 12;

bool continues_utf8(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// A character of a text and the bytes that it takes; code 0xFFFFFFFF for a byte that is not UTF-8.
struct Character {
  char32_t code;
  std::string_view bytes;
};
constexpr char32_t kNoCharacter = 0xFFFFFFFF;

Character first_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t size = utf8_length(text);
  if (size == 0) return {kNoCharacter, text.substr(0, 1)};
  char32_t code = size == 1 ? lead : lead & (0x7Fu >> size);
  for (std::size_t i = 1; i < size; ++i)
    code = code << 6 | (static_cast<unsigned char>(text[i]) & 0x3Fu);
  return {code, text.substr(0, size)};
}

// Marks of direction and what has no width.
constexpr std::pair<char32_t, char32_t> kUnseen[] = {
    {0xAD, 0xAD},     {0x61C, 0x61C},   {0x180E, 0x180E}, {0x200B, 0x200F},  {0x2028, 0x202E},
    {0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F}};

std::string shown_character(const Character& own) {
  const char32_t code = own.code;
  if (code == kNoCharacter || code < 0x20 || (code >= 0x7F && code < 0xA0))
    return fmt::format("\\x{:02X}", code == kNoCharacter ? static_cast<unsigned char>(own.bytes[0])
                                                         : static_cast<unsigned>(code));
  const bool is_unseen =
      std::any_of(std::begin(kUnseen), std::end(kUnseen),
                  [&](const auto& range) { return code >= range.first && code <= range.second; });
  return is_unseen ? fmt::format("\\u{:04X}", static_cast<unsigned>(code)) : std::string(own.bytes);
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

std::string escaped(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const Character own = first_character(text);
    result += own.code == '\n' ? "\n" : shown_character(own);
    text.remove_prefix(own.bytes.size());
  }
  return result;
}

std::string printable(std::string_view text) {
  std::string result;
  for (std::size_t num_shown = 0; !text.empty(); ++num_shown) {
    if (num_shown == kMostShown) return result + "...";
    const Character own = first_character(text);
    result += shown_character(own);
    text.remove_prefix(own.bytes.size());
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

std::size_t num_characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !continues_utf8(c); }));
}

std::string pointed_at(std::string_view line, std::size_t at) {
  constexpr std::size_t kBefore = 50;
  constexpr std::size_t kBehind = 30;
  std::string own(line);
  for (char& c : own)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  const std::string_view view = own;
  std::size_t begin = at > kBefore ? at - kBefore : 0;
  std::size_t end = std::min(view.size(), at + kBehind);
  while (begin > 0 && continues_utf8(view[begin])) --begin;
  while (end < view.size() && continues_utf8(view[end])) ++end;
  const std::string_view before = begin > 0 ? "..." : "";
  const std::string_view behind = end < view.size() ? "..." : "";
  const std::size_t caret = before.size() + num_characters(view.substr(begin, at - begin)) + 1;
  return fmt::format("  {}{}{}\n  {:>{}}", before, view.substr(begin, end - begin), behind, '^',
                     caret);
}

}  // namespace isoloss
