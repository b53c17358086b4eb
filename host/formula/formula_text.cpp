#include "host/formula/formula_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "host/base/error.h"

namespace isoloss {
namespace {

bool continues_utf8(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Counted in characters, not bytes.
std::size_t num_characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !continues_utf8(c); }));
}

// The formula on one line; control characters become blanks.
std::string on_one_line(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  return text;
}

}  // namespace

void FormulaText::fail(std::size_t at, const std::string& message, const std::string& hint) const {
  constexpr std::size_t kBefore = 50;
  constexpr std::size_t kBehind = 30;
  const std::string whole = on_one_line(text);
  const std::string_view view = whole;
  std::size_t begin = at > kBefore ? at - kBefore : 0;
  std::size_t end = std::min(view.size(), at + kBehind);
  while (begin > 0 && continues_utf8(view[begin])) --begin;
  while (end < view.size() && continues_utf8(view[end])) ++end;
  const std::string_view before = begin > 0 ? "..." : "";
  const std::string_view behind = end < view.size() ? "..." : "";
  const std::size_t place = num_characters(view.substr(0, at)) + 1;
  const std::size_t caret = before.size() + num_characters(view.substr(begin, at - begin)) + 1;
  throw InputError(path, line, "",
                   fmt::format("{}: {} at character {}\n  {}{}{}\n  {:>{}}", label, message, place,
                               before, view.substr(begin, end - begin), behind, '^', caret),
                   hint);
}

}  // namespace isoloss
