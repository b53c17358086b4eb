#include "host/commands/man_page.h"

#include <fmt/format.h>

#include <variant>

#include "host/commands/help.h"

namespace isoloss {
namespace {

// Text that troff prints as it stands. A '-' is one that can be typed.
std::string troff(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else if (c == '\'')
      out += "\\(aq";
    else if (c == '^')
      out += "\\(ha";
    else if (c == '~')
      out += "\\(ti";
    else if (c == '`')
      out += "\\(ga";
    else
      out += c;
  }
  return out.starts_with('.') ? "\\&" + out : out;
}

std::string of_block(const Note& note) { return ".PP\n" + troff(note.text) + "\n"; }

std::string of_block(const Pairs& block) {
  std::string out;
  for (const Pair& pair : block.pairs)
    out += fmt::format(".TP\n\\fB{}\\fR\n{}\n", troff(pair.name), troff(pair.value));
  return out;
}

// Help has no others.
template <class Block>
std::string of_block(const Block&) {
  return "";
}

std::string of_sections(const Document& document, const char* heading) {
  std::string out;
  for (const Section& section : document.sections) {
    if (!section.title.empty()) out += fmt::format("{} \"{}\"\n", heading, troff(section.title));
    for (const Block& block : section.blocks)
      out += std::visit([](const auto& own) { return of_block(own); }, block);
  }
  return out;
}

}  // namespace

std::string man_page(const CLI::App& app) {
  const Document program = describe_program();
  std::string out = fmt::format(
      ".TH ISOLOSS 1 \"\" \"isoloss {}\"\n.SH NAME\nisoloss \\- {}\n.SH SYNOPSIS\n"
      "\\fBisoloss\\fR COMMAND [options]\n.SH DESCRIPTION\n",
      ISOLOSS_VERSION, troff(program.answer));
  out += of_sections(program, ".SS");
  for (const CLI::App* command : app.get_subcommands({})) {
    const Document own = describe_command(*command);
    out += fmt::format(".SH \"{}\"\n", troff(own.title)) + of_sections(own, ".SS");
  }
  return out +
         ".SH ENVIRONMENT\n.TP\n\\fBCOLUMNS\\fR\nThe width of text on a terminal, from 60 to 120; "
         "else the terminal's.\n.TP\n\\fBNO_COLOR\\fR\nNot empty: text has no colour.\n";
}

}  // namespace isoloss
