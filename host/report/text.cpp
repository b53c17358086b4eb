// Documents as text for a terminal.

#include <fmt/format.h>

#include "host/base/text.h"
#include "host/report/render.h"
#include "host/report/table.h"
#include "host/report/wrap.h"

namespace isoloss {
namespace {

std::string render(const Formula& law) {
  const std::string line = fmt::format("{}   {}", law.law, law.formula);
  return law.wraps ? wrapped(line, 0, kTextWidth) : line + "\n";
}

std::string render(const Note& note) {
  return wrapped(note.text, note.indent, kTextWidth, note.hang);
}

std::string render(const Facts& facts) {
  std::string out, line;
  for (const std::string& part : facts.parts) {
    if (&part == &facts.parts.front()) {
      line = part;
    } else if (line.size() + 3 + part.size() > kTextWidth) {
      out += line + "\n";
      line = "    " + part;
    } else {
      line += "   " + part;
    }
  }
  return out + line + "\n";
}

std::string render(const Pairs& block) {
  std::string out;
  const std::size_t begin = block.indent + block.width;
  for (const Pair& pair : block.pairs) {
    const std::string name =
        std::string(block.indent, ' ') + fmt::format("{:<{}}", pair.name, block.width);
    const std::string value =
        block.wraps ? wrapped(pair.value, begin, kTextWidth, 0).substr(begin) : pair.value + "\n";
    out += name + value;
  }
  return out;
}

std::string render(const Table& table) { return text_table(table, kTextWidth); }

std::string render(const Warnings& block) {
  std::string out;
  if (!block.status.empty()) out += wrapped("status: " + block.status, 2, kTextWidth);
  for (const Warning& warning : block.warnings)
    out += wrapped(warning_line(warning), 2, kTextWidth);
  return out;
}

}  // namespace

std::string as_text(const Document& document) {
  std::string out;
  for (const Section& section : document.sections) {
    if (&section != &document.sections.front()) out += "\n";
    if (section.has_text_title) out += section.title + "\n";
    for (const Block& block : section.blocks)
      out += std::visit([](const auto& own) { return render(own); }, block);
  }
  return escaped(out);
}

std::string as_text(const Warnings& warnings) { return escaped(render(warnings)); }

}  // namespace isoloss
