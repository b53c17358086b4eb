#include "host/report/wrap.h"

#include <algorithm>

namespace isoloss {
namespace {

// Where to break an address or a list that is longer than a line: behind the last '/' or ',' in
// reach; else 0.
std::size_t end_of_part(std::string_view word, std::size_t width, std::size_t used) {
  if (used + num_columns(word) <= width || width <= used + 1) return 0;
  const std::size_t end = word.find_last_of("/,", width - used - 1);
  return end == std::string_view::npos ? 0 : end + 1;
}

}  // namespace

std::size_t num_columns(std::string_view text) {
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins));
}

std::string wrapped(std::string_view text, std::size_t indent, std::size_t width,
                    std::size_t hang) {
  std::string out;
  std::string line(indent, ' ');
  bool empty = true;
  const auto end_line = [&] {
    out += line + "\n";
    line = std::string(indent + hang, ' ');
    empty = true;
  };
  while (!text.empty()) {
    const std::size_t end = text.find(' ');
    std::string_view word = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!empty && num_columns(line) + 1 + num_columns(word) > width) end_line();
    for (std::size_t at; empty && (at = end_of_part(word, width, line.size())) > 0;) {
      line += word.substr(0, at);
      word.remove_prefix(at);
      end_line();
    }
    if (!empty) line += ' ';
    line += word;
    empty = false;
  }
  return out + line + "\n";
}

std::string wrapped_behind(std::string_view text, std::size_t indent, std::size_t width) {
  return wrapped(text, indent, width, 0).substr(indent);
}

}  // namespace isoloss
