#include <string_view>

#include "host/report/latex_parts.h"
#include "host/report/spelled.h"

namespace isoloss {
namespace {

// What stands for a character that LaTeX reads as more than text, or that is none of its text.
std::string_view latex_spelling(char c) {
  switch (c) {
    case '&':
      return "\\&";
    case '%':
      return "\\%";
    case '$':
      return "\\$";
    case '#':
      return "\\#";
    case '_':
      return "\\_";
    case '{':
      return "\\{";
    case '}':
      return "\\}";
    case '\\':
      return "\\textbackslash{}";
    case '~':
      return "\\textasciitilde{}";
    case '^':
      return "\\textasciicircum{}";
    case '<':
      return "\\textless{}";
    case '>':
      return "\\textgreater{}";
    case '|':
      return "\\textbar{}";
    case '"':
      return "\\textquotedbl{}";
    case '\'':
      return "{'}";
    case '`':
      return "{`}";
    case '\n':
      return " ";
    default:
      return "";
  }
}

}  // namespace

std::string latex_text(const std::string& text) {
  bool is_behind_dash = false;
  return spelled(text, [&](char c) -> std::string_view {
    const bool is_second = c == '-' && is_behind_dash;  // two of them are none of print
    is_behind_dash = c == '-' && !is_second;
    return is_second ? "{-}" : latex_spelling(c);
  });
}

}  // namespace isoloss
