#include "host/report/cite.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace isoloss {
namespace {

constexpr std::string_view kMark = "arXiv:";

struct Preprint {
  std::string number;  // 2203.15556
  std::string text;    // that names it
};

std::vector<Preprint> preprints_in(const std::string& text) {
  std::vector<Preprint> out;
  for (std::size_t at = 0; (at = text.find(kMark, at)) != std::string::npos;) {
    at += kMark.size();
    const std::size_t end = std::min(text.find_first_not_of("0123456789.", at), text.size());
    std::string number = text.substr(at, end - at);
    while (number.ends_with('.')) number.pop_back();
    if (!number.empty()) out.push_back({number, text});
  }
  return out;
}

// Within braces of BibTeX.
std::string braced(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("{}\\").find(c) != std::string_view::npos) continue;
    if (std::string_view("&%$#_").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::string paper_sentence(const Document& document) {
  std::string how = fmt::format("isoloss {}", ISOLOSS_VERSION);
  for (const Pair& pair : document.methods) how += fmt::format("; {} {}", pair.name, pair.value);
  const std::string& said = document.answer.empty() ? document.title : document.answer;
  return fmt::format("{} ({}).", said, how);
}

std::string bibtex(const Document& document) {
  std::string out = fmt::format(
      "@software{{isoloss,\n  title = {{Isoloss: the global fit of scaling laws}},\n"
      "  version = {{{}}}\n}}\n",
      ISOLOSS_VERSION);
  std::vector<std::string> known;
  for (const Pair& pair : document.methods)
    for (const Preprint& own : preprints_in(pair.value)) {
      if (std::find(known.begin(), known.end(), own.number) != known.end()) continue;
      known.push_back(own.number);
      out += fmt::format(
          "@misc{{arXiv{0},\n  eprint = {{{0}}},\n  archiveprefix = {{arXiv}},\n"
          "  note = {{{1}}}\n}}\n",
          own.number, braced(own.text));
    }
  return out;
}

}  // namespace isoloss
