// Documents as a fragment of LaTeX.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "host/base/text.h"
#include "host/report/block_text.h"
#include "host/report/format.h"
#include "host/report/latex_parts.h"

namespace isoloss {
namespace {

std::string latex(const Table& table) { return latex_table(table); }

std::string latex(const Formula& law) {
  return fmt::format("{}: \\texttt{{{}}}\n", latex_text(law.law), latex_text(law.formula));
}

std::string latex(const Note& note) { return latex_text(note.text) + "\n"; }

std::string latex(const Facts& facts) {
  return latex_text(fmt::format("{}", fmt::join(facts.parts, "; "))) + "\n";
}

std::string latex(const Pairs& block) {
  if (block.pairs.empty()) return "";
  std::string out = "\\begin{description}\n";
  for (const Pair& pair : block.pairs)
    out += pair.name.empty()
               ? fmt::format("    {}\n", latex_text(pair.value))
               : fmt::format("  \\item[{}] {}\n", latex_text(pair.name), latex_text(pair.value));
  return out + "\\end{description}\n";
}

std::string latex(const Warnings& block) {
  if (block.empty()) return "";
  std::string out = "\\begin{itemize}\n";
  if (!block.status.empty()) out += fmt::format("  \\item status: {}\n", latex_text(block.status));
  for (const Warning& own : block.warnings)
    out += fmt::format("  \\item {}\n", latex_text(warning_line(own)));
  return out + "\\end{itemize}\n";
}

std::string latex(const Drawing&) { return ""; }

std::string latex(const Section& section) {
  const std::string out = blocks_text(section, [](const auto& own) { return latex(own); });
  if (out.empty() || section.title.empty()) return out;
  return fmt::format("\n\\paragraph{{{}}}\n", latex_text(section.title)) + out;
}

std::string latex(const Document& document, const Terminal&) {
  std::string out =
      fmt::format("% {}, by isoloss {}. Needs \\usepackage{{array,booktabs,longtable}}.\n",
                  latex_text(document.title), ISOLOSS_VERSION);
  if (!document.answer.empty()) out += fmt::format("\n{}\n", latex_text(document.answer));
  for (const Section& section : document.sections) out += latex(section);
  return escaped(out);
}

}  // namespace

namespace format {
extern const Format latex;
const Format latex = {"latex", isoloss::latex, true};
}  // namespace format

}  // namespace isoloss
