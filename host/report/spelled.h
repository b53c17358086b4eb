// Text for a language that reads some characters as more than text.

#pragma once

#include <string>
#include <string_view>

namespace isoloss {

// spelling_of(c): what stands for a character; empty for one that stands for itself.
template <class SpellingOf>
std::string spelled(std::string_view text, SpellingOf&& spelling_of) {
  std::string out;
  for (const char c : text) {
    const std::string_view own = spelling_of(c);
    if (own.empty())
      out += c;
    else
      out += own;
  }
  return out;
}

}  // namespace isoloss
