// Documents as a page of HTML: the answer, its warnings, charts, how it was made, all numbers.

#include <fmt/format.h>

#include <algorithm>

#include "host/base/text.h"
#include "host/report/chart_json.h"
#include "host/report/cite.h"
#include "host/report/csv.h"
#include "host/report/html.h"
#include "host/report/page_parts.h"
#include "host/report/render.h"

namespace isoloss {
namespace {

std::string head(const Document& document) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n",
      html_text(document.title), page_css());
}

// An interval stays on one line.
std::string unbroken(std::string sentence) {
  for (std::size_t at = 0; (at = sentence.find(" .. ", at)) != std::string::npos;)
    sentence.replace(at, 4, "\u00A0..\u00A0");
  return sentence;
}

// A page without a sentence has its title for one.
std::string answer(const Document& document) {
  std::string out;
  if (!document.answer.empty())
    out = fmt::format("<p class=\"kind\">{}</p>\n", html_text(document.title));
  out +=
      fmt::format("<h1>{}</h1>\n",
                  html_text(document.answer.empty() ? document.title : unbroken(document.answer)));
  return out + html(warnings_of(document));
}

// A chart in words, for who does not see it.
std::string spoken(const Chart& chart) {
  std::string out = fmt::format("{}: {} over {}", chart.title, chart.y.title, chart.x.title);
  for (const Trace& trace : chart.traces) {
    if (trace.with) continue;
    out += fmt::format("; {}", trace.name);
    if (trace.kind == TraceKind::points) out += " (" + counted(trace.x.size(), "point") + ")";
  }
  return out;
}

// A long legend makes a chart higher, not its plot lower, from the start, so that nothing moves
// when it is drawn: host/report/page.css. Rows of a legend beyond two, with four or two names a
// row.
std::string legend_rows(const Chart& chart) {
  constexpr std::size_t kUsual = 2;
  const auto num = static_cast<std::size_t>(std::count_if(
      chart.traces.begin(), chart.traces.end(),
      [](const Trace& trace) { return trace.kind != TraceKind::contour && !trace.with; }));
  const auto beyond = [&](std::size_t in_a_row) {
    return std::max((num + in_a_row - 1) / in_a_row, kUsual) - kUsual;
  };
  if (beyond(2) == 0) return "";
  return fmt::format(" style=\"--wide-rows:{};--narrow-rows:{}\"", beyond(4), beyond(2));
}

// What hides and shows its lines stands within it, so it is no image.
std::string figure(const Chart& chart, std::size_t place) {
  return fmt::format(
      "<figure><h3>{}</h3><div class=\"chart\" id=\"chart{}\"{} role=\"group\" "
      "aria-label=\"{}\"></div><figcaption>{}</figcaption></figure>\n",
      html_text(chart.title), place, legend_rows(chart), html_text(spoken(chart)),
      html_text(chart.note));
}

std::string figures(const std::vector<Chart>& charts) {
  if (charts.empty()) return "";
  std::string out = "<div class=\"charts\">\n";
  for (std::size_t i = 0; i < charts.size(); ++i) out += figure(charts[i], i);
  return out + "</div>\n";
}

std::string methods(const Document& document, const PageParts& parts) {
  constexpr std::size_t kFewSources = 4;
  Pairs out{document.methods};
  const bool are_few = parts.sources.size() <= kFewSources;
  if (are_few) out.pairs.insert(out.pairs.end(), parts.sources.begin(), parts.sources.end());
  const std::string sources =
      are_few ? ""
              : fmt::format("<details><summary>{} files were read</summary>{}</details>\n",
                            parts.sources.size(), html(Pairs{parts.sources}));
  out.pairs.push_back({"isoloss", ISOLOSS_VERSION});
  const std::string command =
      parts.command.empty()
          ? ""
          : fmt::format("<p class=\"command\"><code>{}</code></p>\n", html_text(parts.command));
  return "<h2>How it was made</h2>\n" + html(out) + sources + command;
}

// All but the warnings, which stand above.
std::string numbers(const Document& document) {
  std::string out;
  for (const Section& section : document.sections) {
    std::string body;
    for (const Block& block : section.blocks)
      if (!std::holds_alternative<Warnings>(block))
        body += std::visit([](const auto& own) { return html(own); }, block);
    if (body.empty()) continue;
    if (!section.title.empty()) out += fmt::format("<h2>{}</h2>\n", html_text(section.title));
    out += body;
  }
  return out;
}

// Of an answer that names its methods.
std::string citation(const Document& document) {
  if (document.methods.empty()) return "";
  return fmt::format("<h2>In a paper</h2>\n<p>{}</p>\n<pre tabindex=\"0\"><code>{}</code></pre>\n",
                     html_text(paper_sentence(document)), html_text(bibtex(document)));
}

std::string downloads(const Document& document, const PageParts& parts) {
  std::string out;
  if (!parts.json.empty())
    out += download("All numbers as JSON", "isoloss.json", "application/json", parts.json);
  if (const std::string csv = as_csv(document); !csv.empty())
    out += download("All tables as CSV", "isoloss.csv", "text/csv", csv);
  return out;
}

std::string scripts(const std::vector<Chart>& charts, const PageParts& parts) {
  if (charts.empty()) return "";
  return fmt::format(
      "<script type=\"application/json\" id=\"charts\">{}</script>\n{}<script>\n{}</script>\n",
      charts_json(charts), parts.plotly, page_js());
}

}  // namespace

std::string as_page(const Document& document, const PageParts& parts) {
  std::vector<Chart> charts;
  if (document.charts) charts = document.charts();
  return head(document) + answer(document) + figures(charts) + methods(document, parts) +
         numbers(document) + citation(document) + downloads(document, parts) + "</main>\n" +
         scripts(charts, parts) + "</body>\n</html>\n";
}

}  // namespace isoloss
