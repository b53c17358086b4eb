// Documents as text for a terminal.

#include <fmt/format.h>

#include "host/base/text.h"
#include "host/report/format.h"
#include "host/report/ink.h"
#include "host/report/render.h"
#include "host/report/table.h"
#include "host/report/text_chart.h"
#include "host/report/wrap.h"

namespace isoloss {
namespace {

// Text of others is escaped before it gets ink, whose codes escaping would spell out.
std::string with_inked_begin(const std::string& text, std::size_t end, Ink ink,
                             const Terminal& on) {
  return inked(escaped(text.substr(0, end)), ink, on) + escaped(text.substr(end));
}

std::string render(const Formula& law, const Terminal& on) {
  const std::string line = fmt::format("{}   {}", law.law, law.formula);
  return with_inked_begin(wrapped(line, 0, on.width), law.law.size(), Ink::heading, on);
}

std::string render(const Note& note, const Terminal& on) {
  return escaped(wrapped(note.text, note.indent, on.width, note.hang));
}

std::string render(const Facts& facts, const Terminal& on) {
  std::string out, line;
  for (const std::string& part : facts.parts) {
    if (&part == &facts.parts.front()) {
      line = part;
    } else if (num_columns(line) + 3 + num_columns(part) > on.width) {
      out += wrapped(line, 0, on.width);
      line = "    " + part;
    } else {
      line += "   " + part;
    }
  }
  return escaped(out + wrapped(line, 0, on.width));
}

// A name that is too long for its column has a line of its own.
std::string render(const Pair& pair, const Pairs& block, const Terminal& on) {
  const std::size_t begin = block.indent + block.width;
  const std::string name = std::string(block.indent, ' ') + pair.name;
  const std::size_t used = num_columns(name);
  if (used < begin) {
    return name + std::string(begin - used, ' ') + wrapped_behind(pair.value, begin, on.width);
  }
  return wrapped(name, 0, on.width) + wrapped(pair.value, begin, on.width, 0);
}

std::string render(const Pairs& block, const Terminal& on) {
  std::string out;
  for (const Pair& pair : block.pairs) out += render(pair, block, on);
  return escaped(out);
}

std::string render(const Table& table, const Terminal& on) { return text_table(table, on); }

std::string render(const Drawing& drawing, const Terminal& on) {
  return text_chart(drawing.chart, on);
}

// "warning: ..." with ink to the colon.
std::string render_line(const std::string& text, Ink ink, const Terminal& on) {
  const std::string lines = wrapped(text, 2, on.width);
  return with_inked_begin(lines, lines.find(':') + 1, ink, on);
}

std::string heading(const std::string& title, const Terminal& on) {
  std::string lines = escaped(wrapped(title, 0, on.width, 0));
  lines.pop_back();
  return inked(lines, Ink::heading, on) + "\n";
}

std::string render(const Warnings& block, const Terminal& on) {
  std::string out;
  if (!block.status.empty()) out += render_line("status: " + block.status, Ink::fault, on);
  for (const Warning& warning : block.warnings)
    out += is_note(warning) ? wrapped(warning_line(warning), 2, on.width)
                            : render_line(warning_line(warning), Ink::warning, on);
  return out;
}

}  // namespace

std::string as_text(const Document& document, const Terminal& on) {
  std::string out;
  for (const Section& section : document.sections) {
    if (&section != &document.sections.front()) out += "\n";
    if (section.has_text_title) out += heading(section.title, on);
    for (const Block& block : section.blocks)
      out += std::visit([&](const auto& own) { return render(own, on); }, block);
  }
  return out;
}

std::string as_text(const Warnings& warnings, const Terminal& on) { return render(warnings, on); }

namespace format {
extern const Format text;
const Format text = {"text", as_text, true};
}  // namespace format

}  // namespace isoloss
