// Documents as Markdown, to be pasted where people talk of them.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "host/base/text.h"
#include "host/report/block_text.h"
#include "host/report/format.h"

namespace isoloss {
namespace {

// With a backslash before what Markdown or HTML would read as more than text.
std::string plain(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\`*_[]<>|~&$#").find(c) != std::string_view::npos) out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

// As code: a name or formula, with a fence that it does not hold.
std::string code(const std::string& text) {
  std::string fence = "`";
  while (text.find(fence) != std::string::npos) fence += '`';
  const bool touches = text.empty() || text.front() == '`' || text.back() == '`';
  const char* pad = touches ? " " : "";
  return fence + pad + text + pad + fence;
}

std::string row_text(const Cells& cells, std::size_t num_columns) {
  std::string out = "|";
  for (std::size_t c = 0; c < num_columns; ++c)
    out += fmt::format(" {} |", c < cells.size() ? plain(cells[c].text) : "");
  return out + "\n";
}

std::string render(const Table& table) {
  Cells titles;
  std::string rule = "|";
  for (const TableColumn& column : table.columns) {
    titles.emplace_back(title_of(column));
    rule += column.is_right ? " ---: |" : " --- |";
  }
  std::string out = row_text(titles, titles.size()) + rule + "\n";
  for (const Cells& row : table.rows) out += row_text(row, titles.size());
  return out;
}

std::string render(const Formula& law) {
  return fmt::format("{}: {}\n", plain(law.law), code(law.formula));
}

std::string render(const Note& note) { return plain(note.text) + "\n"; }

std::string render(const Facts& facts) {
  return plain(fmt::format("{}", fmt::join(facts.parts, "; "))) + "\n";
}

std::string render(const Pairs& block) {
  std::string out;
  for (const Pair& pair : block.pairs) {
    if (pair.name.empty())
      out += fmt::format("  {}\n", plain(pair.value));
    else
      out += fmt::format("- **{}**: {}\n", plain(pair.name), plain(pair.value));
  }
  return out;
}

std::string render(const Warnings& block) {
  std::string out;
  if (!block.status.empty()) out += fmt::format("- **status**: {}\n", plain(block.status));
  for (const Warning& own : block.warnings)
    out += fmt::format("- **warning**: {} {}\n", plain(own.text), code(own.name));
  return out;
}

std::string render(const Section& section) {
  const std::string out = blocks_text(section, [](const auto& own) { return render(own); });
  if (out.empty() || section.title.empty()) return out;
  return fmt::format("\n## {}\n", plain(section.title)) + out;
}

std::string render(const Document& document, const Terminal&) {
  std::string out = fmt::format("# {}\n", plain(document.title));
  if (!document.answer.empty()) out += fmt::format("\n{}\n", plain(document.answer));
  for (const Section& section : document.sections) out += render(section);
  return escaped(out);
}

}  // namespace

namespace format {
extern const Format markdown;
const Format markdown = {"markdown", render, true};
}  // namespace format

}  // namespace isoloss
