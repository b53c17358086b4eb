// Documents as Markdown, to be pasted where people talk of them.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "host/base/text.h"
#include "host/report/block_text.h"
#include "host/report/format.h"
#include "host/report/text_chart.h"

namespace isoloss {
namespace {

// With a backslash before what Markdown or HTML would read as more than text.
std::string markdown_text(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\`*_[]<>|~&$#").find(c) != std::string_view::npos) out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

// As code: a name or formula, with a fence that it does not hold.
std::string markdown_code(const std::string& text) {
  std::string fence = "`";
  while (text.find(fence) != std::string::npos) fence += '`';
  const bool touches = text.empty() || text.front() == '`' || text.back() == '`';
  const char* pad = touches ? " " : "";
  return fence + pad + text + pad + fence;
}

std::string markdown_row(const Cells& cells, std::size_t num_columns) {
  std::string out = "|";
  for (std::size_t c = 0; c < num_columns; ++c)
    out += fmt::format(" {} |", c < cells.size() ? markdown_text(cells[c].text) : "");
  return out + "\n";
}

std::string markdown(const Table& table) {
  Cells titles;
  std::string rule = "|";
  for (const TableColumn& column : table.columns) {
    titles.emplace_back(title_of(column));
    rule += column.is_right ? " ---: |" : " --- |";
  }
  std::string out = markdown_row(titles, titles.size()) + rule + "\n";
  for (const Cells& row : table.rows) out += markdown_row(row, titles.size());
  return out;
}

std::string markdown(const Formula& law) {
  return fmt::format("{}: {}\n", markdown_text(law.law), markdown_code(law.formula));
}

std::string markdown(const Note& note) { return markdown_text(note.text) + "\n"; }

std::string markdown(const Facts& facts) {
  return markdown_text(fmt::format("{}", fmt::join(facts.parts, "; "))) + "\n";
}

std::string markdown(const Pairs& block) {
  std::string out;
  for (const Pair& pair : block.pairs) {
    if (pair.name.empty())
      out += fmt::format("  {}\n", markdown_text(pair.value));
    else
      out += fmt::format("- **{}**: {}\n", markdown_text(pair.name), markdown_text(pair.value));
  }
  return out;
}

std::string markdown(const Warnings& block) {
  std::string out;
  if (!block.status.empty()) out += fmt::format("- **status**: {}\n", markdown_text(block.status));
  for (const Warning& own : block.warnings)
    out += fmt::format("- **{}**: {} {}\n", is_note(own) ? "note" : "warning",
                       markdown_text(own.text), markdown_code(own.name));
  return out;
}

std::string markdown(const Drawing& drawing) {
  return "```text\n" + text_chart(drawing.chart, {}) + "```\n";
}

std::string markdown(const Section& section) {
  const std::string out = blocks_text(section, [](const auto& own) { return markdown(own); });
  if (out.empty() || section.title.empty()) return out;
  return fmt::format("\n## {}\n", markdown_text(section.title)) + out;
}

std::string markdown(const Document& document, const Terminal&) {
  std::string out = fmt::format("# {}\n", markdown_text(document.title));
  if (!document.answer.empty()) out += fmt::format("\n{}\n", markdown_text(document.answer));
  for (const Section& section : document.sections) out += markdown(section);
  return escaped(out);
}

}  // namespace

namespace format {
extern const Format markdown;
const Format markdown = {"markdown", isoloss::markdown, true};
}  // namespace format

}  // namespace isoloss
