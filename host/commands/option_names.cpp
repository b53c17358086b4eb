#include "host/commands/option_names.h"

#include <string_view>
#include <utility>

namespace isoloss {
namespace {

constexpr std::string_view kMark = "``";
constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz-";

// Where the name that begins behind a mark ends in another; npos if it is no name.
std::size_t end_of_name(const std::string& text, std::size_t begin) {
  const std::size_t end = text.find_first_not_of(kLetters, begin);
  return end != text.npos && end > begin && text.compare(end, kMark.size(), kMark) == 0 ? end
                                                                                        : text.npos;
}

void spell(std::string& text) { text = as_flags(text); }

void spell(std::vector<Pair>& pairs) {
  for (Pair& own : pairs) spell(own.name), spell(own.value);
}

void spell_rows(std::vector<Cells>& rows) {
  for (Cells& row : rows)
    for (Cell& cell : row) spell(cell.text);
}

void spell_block(Formula&) {}
void spell_block(Drawing&) {}
void spell_block(Note& note) { spell(note.text); }
void spell_block(Facts& facts) {
  for (std::string& own : facts.parts) spell(own);
}
void spell_block(Pairs& pairs) { spell(pairs.pairs); }
void spell_block(Table& table) {
  spell_rows(table.rows);
  spell_rows(table.brief_rows);
}
void spell_block(Warnings& warnings) {
  spell(warnings.status);
  for (Warning& own : warnings.warnings) spell(own.text);
}

}  // namespace

std::string as_flags(const std::string& text) {
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = 0; (at = text.find(kMark, at)) != text.npos;) {
    const std::size_t begin = at + kMark.size(), end = end_of_name(text, begin);
    if (end == text.npos) {
      at = begin;
      continue;
    }
    out.append(text, done, at - done).append("--").append(text, begin, end - begin);
    done = at = end + kMark.size();
  }
  return out.append(text, done);
}

Document as_flags(Document document) {
  spell(document.answer);
  for (Section& section : document.sections)
    for (Block& block : section.blocks) std::visit([](auto& own) { spell_block(own); }, block);
  return document;
}

}  // namespace isoloss
