#include "host/report/html.h"

#include <fmt/format.h>

#include <cstdint>

#include "host/base/text.h"
#include "host/report/csv.h"
#include "host/report/render.h"
#include "host/report/spelled.h"

namespace isoloss {
namespace {

std::string_view html_spelling(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return "";
  }
}

std::string row_text(const std::vector<TableColumn>& columns, const Cells& row) {
  std::string out = "<tr>";
  for (std::size_t c = 0; c < row.size(); ++c) {
    const std::size_t span = c + 1 == row.size() ? columns.size() - c : 1;
    out += span > 1 ? fmt::format("<td colspan=\"{}\">", span)
                    : fmt::format("<td{}>", columns[c].is_right ? " class=\"right\"" : "");
    out += html_text(row[c].text) + "</td>";
  }
  return out + "</tr>\n";
}

}  // namespace

std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve(bytes.size() / 3 * 4 + 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](std::size_t k) {
      return i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : std::uint32_t{0};
    };
    const std::uint32_t three = byte(0) << 16 | byte(1) << 8 | byte(2);
    for (std::size_t k = 0; k < 4; ++k)
      out += i + k > bytes.size() ? '=' : kDigits[three >> (18 - 6 * k) & 63];
  }
  return out;
}

std::string html_text(std::string_view text) { return spelled(escaped(text), html_spelling); }

std::string html(const Formula& law) {
  return fmt::format("<p>{}: <code>{}</code></p>\n", html_text(law.law), html_text(law.formula));
}

std::string html(const Note& note) { return fmt::format("<p>{}</p>\n", html_text(note.text)); }

std::string html(const Facts& facts) {
  std::string out = "<p class=\"facts\">";
  for (const std::string& part : facts.parts)
    out += fmt::format("<span>{}</span> ", html_text(part));
  return out + "</p>\n";
}

std::string html(const Pairs& block) {
  if (block.pairs.empty()) return "";
  std::string out = "<dl>\n";
  for (const Pair& pair : block.pairs)
    out += fmt::format("<dt>{}</dt><dd>{}</dd>\n", html_text(pair.name), html_text(pair.value));
  return out + "</dl>\n";
}

std::string html(const Table& table) {
  // Scrolled by keyboard too.
  std::string out = "<div class=\"wide\" tabindex=\"0\"><table>\n<thead><tr>";
  for (const TableColumn& column : table.columns)
    out += fmt::format("<th scope=\"col\"{}>{}</th>", column.is_right ? " class=\"right\"" : "",
                       html_text(title_of(column)));
  out += "</tr></thead>\n<tbody>\n";
  for (const Cells& row : table.rows) out += row_text(table.columns, row);
  return out + "</tbody></table></div>\n" +
         download("This table as CSV", "isoloss.csv", "text/csv", as_csv(table));
}

std::string html(const Warnings& block) {
  if (block.empty()) return "";
  std::string out = "<ul class=\"warnings\">\n";
  if (!block.status.empty()) out += fmt::format("<li>status: {}</li>\n", html_text(block.status));
  for (const Warning& own : block.warnings)
    out += fmt::format("<li>{}{} <code>{}</code></li>\n", is_note(own) ? "note: " : "",
                       html_text(own.text), html_text(own.name));
  return out + "</ul>\n";
}

std::string download(const char* text, const char* file, const char* type, std::string_view bytes) {
  return fmt::format(
      "<p class=\"download\"><a download=\"{}\" "
      "href=\"data:{};charset=utf-8;base64,{}\">{}</a></p>\n",
      file, type, base64(bytes), text);
}

}  // namespace isoloss
