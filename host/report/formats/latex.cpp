// Documents as a fragment of LaTeX.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "host/base/text.h"
#include "host/report/block_text.h"
#include "host/report/format.h"

namespace isoloss {
namespace {

// What stands for a character that LaTeX reads as more than text, or that is none of its text.
std::string_view spelt(char c) {
  switch (c) {
    case '\\':
      return "\\textbackslash{}";
    case '~':
      return "\\textasciitilde{}";
    case '^':
      return "\\textasciicircum{}";
    case '<':
      return "\\textless{}";
    case '>':
      return "\\textgreater{}";
    case '|':
      return "\\textbar{}";
    case '"':
      return "\\textquotedbl{}";
    case '\'':
      return "{'}";
    case '`':
      return "{`}";
    case '\n':
      return " ";
    default:
      return "";
  }
}

std::string plain(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool is_dash = c == '-' && out.ends_with('-');  // two of them are none of print
    const std::string_view own = is_dash ? "{-}" : spelt(c);
    if (std::string_view("&%$#_{}").find(c) != std::string_view::npos) out += '\\';
    if (own.empty())
      out += c;
    else
      out += own;
  }
  return out;
}

// An interval in words: its ends may have signs, which a dash would run into.
std::string cell_text(const Cell& cell) {
  std::string out = plain(cell.text);
  for (std::size_t at; (at = out.find(" .. ")) != std::string::npos;) out.replace(at, 4, " to ");
  return out;
}

std::string row_text(const Cells& row, std::size_t num_columns) {
  std::string out;
  for (std::size_t c = 0; c < row.size(); ++c) {
    const std::size_t span = c + 1 == row.size() ? num_columns - c : 1;
    out += c == 0 ? "    " : " & ";
    out += span == 1 ? cell_text(row[c])
                     : fmt::format("\\multicolumn{{{}}}{{l}}{{{}}}", span, cell_text(row[c]));
  }
  return out + " \\\\\n";
}

std::string render(const Table& table) {
  std::string columns;
  Cells titles;
  for (const TableColumn& column : table.columns) {
    columns += column.is_right ? 'r' : 'l';
    titles.emplace_back(title_of(column));
  }
  std::string out =
      fmt::format("\\begin{{center}}\n  \\begin{{tabular}}{{{}}}\n    \\toprule\n{}    \\midrule\n",
                  columns, row_text(titles, titles.size()));
  for (const Cells& row : table.rows) out += row_text(row, titles.size());
  return out + "    \\bottomrule\n  \\end{tabular}\n\\end{center}\n";
}

std::string render(const Formula& law) {
  return fmt::format("{}: \\texttt{{{}}}\n", plain(law.law), plain(law.formula));
}

std::string render(const Note& note) { return plain(note.text) + "\n"; }

std::string render(const Facts& facts) {
  return plain(fmt::format("{}", fmt::join(facts.parts, "; "))) + "\n";
}

std::string render(const Pairs& block) {
  if (block.pairs.empty()) return "";
  std::string out = "\\begin{description}\n";
  for (const Pair& pair : block.pairs)
    out += pair.name.empty()
               ? fmt::format("    {}\n", plain(pair.value))
               : fmt::format("  \\item[{}] {}\n", plain(pair.name), plain(pair.value));
  return out + "\\end{description}\n";
}

std::string render(const Warnings& block) {
  if (block.empty()) return "";
  std::string out = "\\begin{itemize}\n";
  if (!block.status.empty()) out += fmt::format("  \\item status: {}\n", plain(block.status));
  for (const Warning& own : block.warnings)
    out += fmt::format("  \\item {}\n", plain(warning_line(own)));
  return out + "\\end{itemize}\n";
}

std::string render(const Section& section) {
  const std::string out = blocks_text(section, [](const auto& own) { return render(own); });
  if (out.empty() || section.title.empty()) return out;
  return fmt::format("\n\\paragraph{{{}}}\n", plain(section.title)) + out;
}

std::string render(const Document& document, const Terminal&) {
  std::string out = fmt::format("% {}, by isoloss {}. Needs \\usepackage{{booktabs}}.\n",
                                plain(document.title), ISOLOSS_VERSION);
  if (!document.answer.empty()) out += fmt::format("\n{}\n", plain(document.answer));
  for (const Section& section : document.sections) out += render(section);
  return escaped(out);
}

}  // namespace

namespace format {
extern const Format latex;
const Format latex = {"latex", render, true};
}  // namespace format

}  // namespace isoloss
