#include "host/report/html.h"

#include <fmt/format.h>

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

// Every byte but letters and digits, so that nothing of it can end the attribute.
std::string percent_encoded(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    const bool is_plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                          (c >= 'A' && c <= 'Z') || c == '_' || c == '.' || c == '-';
    if (is_plain)
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

}  // namespace

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
  std::string out = "<div class=\"wide\"><table>\n<thead><tr>";
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
    out += fmt::format("<li>{} <code>{}</code></li>\n", html_text(own.text), html_text(own.name));
  return out + "</ul>\n";
}

std::string download(const char* text, const char* file, const char* type, std::string_view bytes) {
  return fmt::format(
      "<p class=\"download\"><a download=\"{}\" href=\"data:{};charset=utf-8,{}\">{}</a></p>\n",
      file, type, percent_encoded(bytes), text);
}

}  // namespace isoloss
