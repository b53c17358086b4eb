#include "host/report/verify.h"

#include <fmt/format.h>

#include "host/base/file_bytes.h"
#include "host/base/status.h"
#include "host/report/render.h"

namespace isoloss {
namespace {

// Of XML 1.0, section 2.2: each byte that is no UTF-8, and each character that XML does not take
// (control characters but tab and line feed, U+FFFE, U+FFFF), becomes a question mark.
std::string xml_characters(std::string text) {
  for (std::size_t at = 0; (at = first_not_utf8(text)) != std::string::npos;) text[at] = '?';
  for (const std::string_view never : {"\uFFFE", "\uFFFF"})
    for (std::size_t at = 0; (at = text.find(never, at)) != std::string::npos;)
      text.erase(at + 1, never.size() - 1)[at] = '?';
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n') c = '?';
  return text;
}

// Text inside an element or attribute.
std::string xml_text(std::string_view text) {
  std::string out;
  for (const char c : xml_characters(std::string(text))) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\n':
        out += "&#10;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// Text inside a cell of a table in Markdown: one line, no markup.
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\|`*_[]<>&#").find(c) != std::string_view::npos) out += '\\';
    out += c == '\n' || c == '\r' ? ' ' : c;
  }
  return out;
}

// Every comparison that differs: "E: published 2.70, ours 2.6906; ...".
std::string differences(const Verdict& verdict) {
  std::string out;
  for (const Comparison& comparison : verdict.comparisons) {
    if (comparison.agrees) continue;
    if (!out.empty()) out += "; ";
    out += comparison_sentence(comparison);
  }
  return out;
}

std::string test_case(const Verdict& verdict) {
  const std::string head = fmt::format("  <testcase classname=\"isoloss.verify\" name=\"{}\"",
                                       xml_text(verdict.published.name));
  if (!verdict.skipped.empty())
    return fmt::format("{}>\n    <skipped message=\"{}\"/>\n  </testcase>\n", head,
                       xml_text(verdict.skipped));
  if (verdict.num_differing() == 0) return head + "/>\n";
  return fmt::format("{}>\n    <failure message=\"{}\">{}</failure>\n  </testcase>\n", head,
                     xml_text(differences(verdict)),
                     xml_text(as_text(describe_verification({"", {verdict}}))));
}

std::string result_text(const Verdict& verdict) {
  if (!verdict.skipped.empty()) return "skipped: " + verdict.skipped;
  if (verdict.num_differing() == 0) return "agrees";
  return "differs: " + differences(verdict);
}

}  // namespace

std::string verify_junit(const Verification& got) {
  const VerdictCounts counts = got.counts();
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"isoloss verify ``device`` "
      "{}\" "
      "tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\">\n",
      xml_text(got.device), got.verdicts.size(), counts.differ, counts.skipped);
  for (const Verdict& verdict : got.verdicts) out += test_case(verdict);
  return out + "</testsuite>\n";
}

std::string verify_summary(const Verification& got) {
  const VerdictCounts counts = got.counts();
  std::string out = fmt::format(
      "## Published fits, ``device`` {}: {} agree, {} differ, {} skipped\n\n"
      "| fit | searched on | compared | result |\n| --- | --- | ---: | --- |\n",
      one_line(got.device), counts.agree, counts.differ, counts.skipped);
  for (const Verdict& verdict : got.verdicts)
    out += fmt::format("| {} | {} | {} | {} |\n", one_line(verdict.published.name),
                       verdict.device.empty() ? "-" : verdict.device, verdict.comparisons.size(),
                       one_line(result_text(verdict)));
  return out;
}

}  // namespace isoloss
