// Colours of a page against each other, as the Web Content Accessibility Guidelines 2.2 have them:
// 4.5 for text (1.4.3), 3 for what is no text and must be seen (1.4.11).

#include <cmath>
#include <map>
#include <regex>

#include "host/report/page_parts.h"
#include "tests/catch.h"

namespace isoloss {
namespace {

constexpr double kText = 4.5, kNoText = 3;

double channel(const std::string& hex, std::size_t at) {
  const double share = std::stoi(hex.substr(at, 2), nullptr, 16) / 255.0;
  return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
}

// Of #rgb and #rrggbb.
double luminance(std::string colour) {
  if (colour.size() == 4)
    colour = {'#', colour[1], colour[1], colour[2], colour[2], colour[3], colour[3]};
  return 0.2126 * channel(colour, 1) + 0.7152 * channel(colour, 3) + 0.0722 * channel(colour, 5);
}

double contrast(const std::string& a, const std::string& b) {
  const double one = luminance(a) + 0.05, other = luminance(b) + 0.05;
  return std::fmax(one / other, other / one);
}

using Colours = std::map<std::string, std::string>;

// The variables of the style sheet: those of paper, then those that the dark changes.
std::pair<Colours, Colours> themes() {
  const std::string css(page_css());
  const std::size_t dark_at = css.find("prefers-color-scheme: dark");
  REQUIRE(dark_at != std::string::npos);
  std::pair<Colours, Colours> out;
  const std::regex variable("--([a-z]+): (#[0-9a-f]+);");
  for (std::sregex_iterator at(css.begin(), css.end(), variable), end; at != end; ++at) {
    if (static_cast<std::size_t>(at->position()) < dark_at) out.first[(*at)[1]] = (*at)[2];
    out.second[(*at)[1]] = (*at)[2];
  }
  return out;
}

std::vector<std::string> colours_called(const std::string& name) {
  const std::string js(page_js());
  const std::size_t begin = js.find("const " + name + " = ["), end = js.find("]", begin);
  REQUIRE(begin != std::string::npos);
  const std::string list = js.substr(begin, end - begin);
  std::vector<std::string> out;
  const std::regex colour("#[0-9a-f]{6}");
  for (std::sregex_iterator at(list.begin(), list.end(), colour), last; at != last; ++at)
    out.push_back(at->str());
  return out;
}

void check_theme(const Colours& theme, const std::vector<std::string>& of_traces) {
  for (const char* ground : {"paper", "card"}) {
    for (const char* text : {"ink", "faint"}) {
      INFO(text << " on " << ground);
      CHECK(contrast(theme.at(text), theme.at(ground)) >= kText);
    }
    for (const char* mark : {"focus", "warn"}) {
      INFO(mark << " on " << ground);
      CHECK(contrast(theme.at(mark), theme.at(ground)) >= kNoText);
    }
  }
  CHECK(of_traces.size() == 6);
  for (const std::string& colour : of_traces) {
    INFO(colour);
    CHECK(contrast(colour, theme.at("card")) >= kNoText);
  }
}

}  // namespace

TEST_CASE("Contrasts are those of black on white and of equals") {
  CHECK(std::lround(contrast("#000", "#ffffff")) == 21);
  CHECK(contrast("#777777", "#777777") == 1);
}

TEST_CASE("Text, links, focus and lines of a page stand out in light and in dark") {
  const auto [light, dark] = themes();
  check_theme(light, colours_called("onPaper"));
  check_theme(dark, colours_called("onDark"));
}

}  // namespace isoloss
