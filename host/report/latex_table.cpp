#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <string_view>

#include "host/report/latex_parts.h"
#include "host/report/table.h"
#include "host/report/wrap.h"

namespace isoloss {
namespace {

constexpr std::array<std::string_view, 17> kGreek{
    "alpha",  "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "kappa",
    "lambda", "mu",   "nu",    "rho",   "sigma",   "tau",  "phi", "omega"};

// alpha_N, E: what a formula calls it; empty for other text.
std::string symbol(const std::string& text) {
  const std::size_t bar = std::min(text.find('_'), text.size());
  const std::string head = text.substr(0, bar);
  const std::string index = text.substr(std::min(bar + 1, text.size()));
  const bool is_greek = std::find(kGreek.begin(), kGreek.end(), head) != kGreek.end();
  const bool is_letter = head.size() == 1 && std::isalpha(static_cast<unsigned char>(head[0])) != 0;
  const bool is_word = std::all_of(index.begin(), index.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0;
  });
  if (!(is_greek || is_letter) || !is_word || (index.empty() && bar < text.size())) return "";
  return fmt::format("${}{}{}$", is_greek ? "\\" : "", head,
                     index.empty() ? "" : "_{" + index + "}");
}

// An interval in words: its ends may have signs, which a dash would run into.
std::string cell_text(const std::string& text) {
  if (std::string own = symbol(text); !own.empty()) return own;
  std::string out = latex_text(text);
  for (std::size_t at; (at = out.find(" .. ")) != std::string::npos;) out.replace(at, 4, " to ");
  return out;
}

// Decimals that leave two digits of the nearer end's distance; -1 where nothing tells.
int decimals_of(double value, const Interval& interval) {
  const double nearer = std::fmin(value - interval.lower, interval.upper - value);
  if (!(nearer > 0) || !std::isfinite(nearer)) return -1;
  return std::max(0, 1 - static_cast<int>(std::floor(std::log10(nearer))));
}

bool is_plain(double x) { return x == 0 || (std::fabs(x) >= 1e-3 && std::fabs(x) < 1e6); }

// A number and the intervals behind it; a number of its own is as in text.
Cells rounded(Cells row) {
  for (std::size_t c = 0; c + 1 < row.size(); ++c) {
    if (!row[c].number || row[c].number->interval || !row[c + 1].is_interval_alone()) continue;
    const double value = row[c].number->value;
    const int decimals = decimals_of(value, *row[c + 1].number->interval);
    if (decimals < 0 || !is_plain(value)) continue;
    row[c].text = fmt::format("{:.{}f}", value, decimals);
    for (std::size_t k = c + 1; k < row.size() && row[k].is_interval_alone(); ++k) {
      const auto [lower, upper] = *row[k].number->interval;
      if (std::isfinite(lower) && std::isfinite(upper) && is_plain(lower) && is_plain(upper))
        row[k].text = fmt::format("{:.{}f} .. {:.{}f}", lower, decimals, upper, decimals);
    }
  }
  return row;
}

std::string row_text(const Cells& row, std::size_t num_columns) {
  std::string out;
  for (std::size_t c = 0; c < row.size(); ++c) {
    const std::size_t span = c + 1 == row.size() ? num_columns - c : 1;
    out += c == 0 ? "    " : " & ";
    const std::string own = cell_text(row[c].text);
    out += span == 1 ? own : fmt::format("\\multicolumn{{{}}}{{l}}{{{}}}", span, own);
  }
  return out + " \\\\\n";
}

// Of the longest cell, and of the longest word, which a column must have; in letters.
struct Length {
  std::size_t cell = 0, word = 0;
};

std::size_t longest_word(const std::string& text) {
  std::size_t out = 0;
  for (const std::string& line : lines_of(wrapped(text, 0, 1, 0)))
    out = std::max(out, num_columns(line));
  return out;
}

// What spans columns is of none. A short cell is like a word.
std::vector<Length> lengths_of(const std::vector<Cells>& rows, std::size_t num) {
  std::vector<Length> out(num);
  for (const Cells& row : rows)
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (c + 1 == row.size() && row.size() < num) continue;
      out[c].cell = std::max(out[c].cell, num_columns(row[c].text));
      out[c].word = std::max(out[c].word, longest_word(row[c].text));
    }
  constexpr std::size_t kShort = 12;
  for (Length& own : out)
    if (own.cell <= kShort) own.word = own.cell;
  return out;
}

constexpr std::size_t kLine = 64, kGap = 3;  // letters of a line of an article, and between columns

// In letters: a table that is too wide gives each column its longest word, and what the line has
// left by the lengths of cells.
std::vector<std::size_t> widths_of(const std::vector<Length>& lengths) {
  std::size_t whole = 0, least = 0;
  for (const Length& own : lengths) {
    whole += own.cell + kGap;
    least += own.word + kGap;
  }
  std::vector<std::size_t> out;
  for (const Length& own : lengths) {
    const std::size_t spare = least < kLine ? kLine - least : 0;
    const bool is_whole = whole <= kLine || own.cell == own.word;
    out.push_back(is_whole ? own.cell : own.word + spare * (own.cell - own.word) / (whole - least));
  }
  return out;
}

std::string column_types(const Table& table, const std::vector<Length>& lengths) {
  const std::vector<std::size_t> widths = widths_of(lengths);
  std::string out;
  for (std::size_t c = 0; c < widths.size(); ++c)
    if (widths[c] < lengths[c].cell)
      out += fmt::format(">{{\\raggedright\\arraybackslash}}p{{{:.2f}\\linewidth}}",
                         static_cast<double>(widths[c]) / kLine);
    else
      out += table.columns[c].is_right ? "r" : "l";
  return out;
}

// Whether a page is too short for it.
bool is_long(const std::vector<Cells>& rows, const std::vector<std::size_t>& widths) {
  constexpr std::size_t kPage = 40;
  std::size_t num_lines = 0;
  for (const Cells& row : rows) {
    std::size_t most = 1;
    for (std::size_t c = 0; c < row.size() && row.size() == widths.size(); ++c)
      most = std::max(most, lines_of(wrapped(row[c].text, 0, widths[c], 0)).size() - 1);
    num_lines += most;
  }
  return num_lines > kPage;
}

}  // namespace

std::string latex_table(const Table& table) {
  std::vector<Cells> rows(1);
  for (const TableColumn& column : table.columns) rows[0].emplace_back(title_of(column));
  for (const Cells& row : table.rows) rows.push_back(rounded(row));
  const std::vector<Length> lengths = lengths_of(rows, table.columns.size());
  const bool breaks = is_long(rows, widths_of(lengths));
  const char* kind = breaks ? "longtable" : "tabular";
  std::string out = breaks ? "" : "\\begin{center}\n";
  out += fmt::format("  \\begin{{{}}}{{{}}}\n    \\toprule\n", kind, column_types(table, lengths));
  for (const Cells& row : rows) {
    out += row_text(row, table.columns.size());
    if (&row == &rows.front()) out += "    \\midrule\n";
    if (&row == &rows.front() && breaks) out += "    \\endhead\n";
  }
  out += fmt::format("    \\bottomrule\n  \\end{{{}}}\n", kind);
  return breaks ? out : out + "\\end{center}\n";
}

}  // namespace isoloss
