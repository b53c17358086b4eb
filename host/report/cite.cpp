#include "host/report/cite.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

namespace isoloss {
namespace {

constexpr std::string_view kMark = "arXiv:";

struct Preprint {
  std::string number;  // 2203.15556
  std::string text;    // that names it
  std::string before;  // what stands in it before the number
};

// "Hoffmann and others" and "2022", as sources say it before the number: Hoffmann et al. 2022.
struct Authorship {
  std::string authors, year;
};

bool is_of_name(const std::string& word) {
  for (const char* small : {"de", "van", "von", "der", "and"})
    if (word == small) return true;
  const auto first = static_cast<unsigned char>(word.front());
  return (first >= 'A' && first <= 'Z') || first >= 0x80;
}

// The name that ends a text: "runs of de Vries" has de Vries, "by Pearce and Song" both.
std::string last_name(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t begin = text.find_last_of(' ') + 1;  // 0 where there is none
    const std::string word(text.substr(begin));
    if (word.empty() || !is_of_name(word)) break;
    out = out.empty() ? word : word + " " + out;
    text = text.substr(0, begin > 0 ? begin - 1 : 0);
  }
  return out;
}

std::optional<Authorship> authorship_in(std::string before) {
  constexpr std::string_view kOthers = " et al.";
  constexpr std::size_t kDigits = 4;
  while (before.ends_with(',') || before.ends_with(' ')) before.pop_back();
  if (before.size() <= kDigits) return {};
  const std::string year = before.substr(before.size() - kDigits);
  if (year.find_first_not_of("0123456789") != std::string::npos) return {};
  std::string_view head = std::string_view(before).substr(0, before.size() - kDigits);
  if (!head.ends_with(' ')) return {};
  head.remove_suffix(1);
  const bool has_others = head.ends_with(kOthers);
  if (has_others) head.remove_suffix(kOthers.size());
  const std::string name = last_name(head);
  if (name.empty() || name.starts_with("and ")) return {};
  return Authorship{has_others ? name + " and others" : name, year};
}

std::vector<Preprint> preprints_in(const std::string& text) {
  std::vector<Preprint> out;
  for (std::size_t at = 0; (at = text.find(kMark, at)) != std::string::npos;) {
    const std::string before = text.substr(0, at);
    at += kMark.size();
    const std::size_t end = std::min(text.find_first_not_of("0123456789.", at), text.size());
    std::string number = text.substr(at, end - at);
    while (number.ends_with('.')) number.pop_back();
    if (!number.empty()) out.push_back({number, text, before});
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

std::string entry(const Preprint& own) {
  std::string out = fmt::format("@misc{{arXiv{},\n", own.number);
  if (const auto by = authorship_in(own.before))
    out += fmt::format("  author = {{{}}},\n  year = {{{}}},\n", braced(by->authors), by->year);
  return out +
         fmt::format("  eprint = {{{}}},\n  archiveprefix = {{arXiv}},\n  note = {{{}}}\n}}\n",
                     own.number, braced(own.text));
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
      out += entry(own);
    }
  return out;
}

}  // namespace isoloss
