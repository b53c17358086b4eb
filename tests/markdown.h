// What tests read in a page of Markdown: its commands, tables, links and headings.

#pragma once

#include <cctype>
#include <regex>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace isoloss {

inline std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> out;
  for (std::string line; std::getline(stream, line);) out.push_back(line);
  return out;
}

// What lies between ``` and ```, by the language that the opening names.
struct CodeBlock {
  std::string language;
  std::vector<std::string> lines;
};

inline std::vector<CodeBlock> code_blocks(const std::string& text) {
  std::vector<CodeBlock> out;
  bool inside = false;
  for (const std::string& line : lines_of(text)) {
    const bool is_fence = line.rfind("```", 0) == 0;
    if (is_fence && !inside) out.push_back({line.substr(3), {}});
    if (!is_fence && inside) out.back().lines.push_back(line);
    inside = inside != is_fence;
  }
  return out;
}

inline std::string without_code_blocks(const std::string& text) {
  std::string out;
  bool inside = false;
  for (const std::string& line : lines_of(text)) {
    const bool is_fence = line.rfind("```", 0) == 0;
    if (!is_fence && !inside) out += line + "\n";
    inside = inside != is_fence;
  }
  return out;
}

// A command of a ```console block and what is printed below it.
struct ShownRun {
  std::string arguments;  // of scripts/isoloss
  std::string output;
};

// Throws if a ```console block begins otherwise, for nobody would run it.
inline std::vector<ShownRun> shown_runs(const std::string& text) {
  static const std::string kPrompt = "$ scripts/isoloss ";
  std::vector<ShownRun> out;
  for (const CodeBlock& block : code_blocks(text)) {
    if (block.language != "console") continue;
    if (block.lines.empty() || block.lines.front().rfind(kPrompt, 0) != 0)
      throw std::runtime_error("a console block does not begin with '" + kPrompt + "'");
    ShownRun run{block.lines.front().substr(kPrompt.size()), ""};
    for (std::size_t i = 1; i < block.lines.size(); ++i) run.output += block.lines[i] + "\n";
    out.push_back(run);
  }
  return out;
}

// Calls of the program in blocks of commands, shown with their output or not: what follows
// "isoloss ", up to a pipe or a comment.
inline std::vector<std::string> calls_of_program(const std::string& text) {
  static const std::regex call(R"(^(?:\$ )?(?:scripts/)?isoloss ((?:'[^']*'|"[^"]*"|[^'"#|])*))");
  std::vector<std::string> out;
  for (const CodeBlock& block : code_blocks(text)) {
    if (block.language != "console" && block.language != "sh") continue;
    for (const std::string& line : block.lines) {
      std::smatch found;
      if (std::regex_search(line, found, call)) out.push_back(found[1]);
    }
  }
  return out;
}

using TableRow = std::vector<std::string>;

inline TableRow cells_of(const std::string& line) {
  static const std::regex cell(R"(\|\s*([^|]*[^|\s])?\s*(?=\|))");
  TableRow out;
  for (std::sregex_iterator at(line.begin(), line.end(), cell), end; at != end; ++at)
    out.push_back((*at)[1]);
  return out;
}

// Rows of the table whose first header is `header`. Throws if there is no such table or no row in
// it: a check of nothing would pass.
inline std::vector<TableRow> table(const std::string& text, const std::string& header) {
  const std::vector<std::string> lines = lines_of(text);
  const auto is_row = [&](std::size_t i) {
    return i < lines.size() && lines[i].rfind("| ", 0) == 0;
  };
  std::size_t at = 0;
  while (at < lines.size() && !(is_row(at) && cells_of(lines[at]).front() == header)) ++at;
  if (at == lines.size()) throw std::runtime_error("no table is headed '" + header + "'");
  std::vector<TableRow> out;
  for (at += 2; is_row(at); ++at) out.push_back(cells_of(lines[at]));  // a rule below the header
  if (out.empty()) throw std::runtime_error("the table headed '" + header + "' has no rows");
  return out;
}

// What stands in back quotes.
inline std::set<std::string> quoted_names(const std::string& text) {
  static const std::regex name("`([^`]+)`");
  std::set<std::string> out;
  for (std::sregex_iterator at(text.begin(), text.end(), name), end; at != end; ++at)
    out.insert((*at)[1]);
  return out;
}

// What stands in back quotes in one column of a table.
inline std::set<std::string> names_in_table(const std::string& text, const std::string& header,
                                            std::size_t column) {
  std::set<std::string> out;
  for (const TableRow& row : table(text, header)) out.merge(quoted_names(row.at(column)));
  if (out.empty()) throw std::runtime_error("the table headed '" + header + "' names nothing");
  return out;
}

// Where links outside of code blocks lead.
inline std::vector<std::string> links_of(const std::string& text) {
  static const std::regex link(R"(\[[^\]]*\]\(([^)\s]+)\))");
  const std::string prose = without_code_blocks(text);
  std::vector<std::string> out;
  for (std::sregex_iterator at(prose.begin(), prose.end(), link), end; at != end; ++at)
    out.push_back((*at)[1]);
  return out;
}

// What a link to a heading says: lower case, blanks as hyphens, other signs left out.
inline std::string anchor_of(const std::string& heading) {
  std::string out;
  for (const char c : heading) {
    const auto sign = static_cast<unsigned char>(c);
    if (std::isalnum(sign) != 0 || c == '-' || c == '_') out += static_cast<char>(tolower(sign));
    if (c == ' ') out += '-';
  }
  return out;
}

inline std::set<std::string> anchors_of(const std::string& text) {
  static const std::regex heading("#+ +(.*[^ ]) *");
  std::set<std::string> out;
  for (const std::string& line : lines_of(without_code_blocks(text))) {
    std::smatch found;
    if (std::regex_match(line, found, heading)) out.insert(anchor_of(found[1]));
  }
  return out;
}

}  // namespace isoloss
