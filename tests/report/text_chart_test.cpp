#include "host/report/text_chart.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "host/report/chart_scale.h"
#include "tests/catch.h"
#include "tests/refused_command.h"
#include "tests/run_in_terminal.h"
#include "tests/run_program.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

// The column and the row of the first such mark, from above.
std::pair<std::size_t, std::size_t> place_of(char mark, const std::string& chart) {
  std::istringstream lines(chart);
  std::string line;
  std::getline(lines, line);  // the title
  for (std::size_t row = 0; std::getline(lines, line); ++row)
    if (const std::size_t at = line.find(mark, 9); at != std::string::npos) return {at, row};
  return {0, 0};
}

Chart power_law() {
  Chart out{"T", "", {"C", true}, {"L", true}, {}};
  Trace line{"law", TraceKind::line, {1e18, 1e20, 1e22}, {100, 10, 1}};
  out.traces = {line, {"runs", TraceKind::points, {1e18, 1e22}, {1, 100}}};
  return out;
}

}  // namespace

TEST_CASE("Ticks are powers of ten on a long logarithmic axis, else round numbers") {
  CHECK(ChartScale({"", true}, {3e18, 2e22}).ticks(6) ==
        std::vector<double>{1e19, 1e20, 1e21, 1e22});
  CHECK(ChartScale({"", true}, {1, 1e12}).ticks(5).size() <= 5);
  CHECK(ChartScale({"", true}, {2, 4}).ticks(4) == std::vector<double>{2, 2.5, 3, 3.5, 4});
  CHECK(ChartScale({"", false}, {0, 1}).ticks(5).size() == 6);
  CHECK(tick_text(1e20) == "1e20");
  CHECK(tick_text(2.5) == "2.5");
}

TEST_CASE("Values without a place leave the axis as it is") {
  const ChartScale scale({"", true}, {1, 100, -5, 0, NAN, INFINITY});
  CHECK(scale.at(10) == 0.5);
  CHECK(!ChartScale({"", false}, {7, 7}).empty());
  CHECK(ChartScale({"", false}, {NAN}).empty());
}

TEST_CASE("A power law is straight on logarithmic axes, and what is larger lies higher") {
  const std::string chart = text_chart(power_law(), {69, false});
  CHECK(longest_line(chart) <= 69);
  CHECK(place_of('o', chart) == std::pair<std::size_t, std::size_t>{68, 0});
  CHECK(place_of('*', chart) == std::pair<std::size_t, std::size_t>{9, 0});
  std::istringstream lines(chart);
  std::string line;
  std::size_t before = 0;
  for (std::size_t i = 0; i <= 20 && std::getline(lines, line); ++i) {
    if (i == 0) continue;
    const std::size_t at = line.find('*', 9);
    REQUIRE(at != std::string::npos);
    if (i > 1) CHECK(at - before <= 4);
    before = at;
  }
  CHECK(contains(chart, "* law   o runs"));
  CHECK(contains(chart, "1e20"));
}

TEST_CASE("What goes with another trace is drawn and not named") {
  Chart chart = power_law();
  chart.traces[1].with = 0;
  const std::string text = text_chart(chart, {69, false});
  CHECK(place_of('o', text) == std::pair<std::size_t, std::size_t>{68, 0});
  CHECK(!contains(text, "runs"));
}

TEST_CASE("A chart of contours alone has no text") {
  Chart chart = power_law();
  for (Trace& trace : chart.traces) trace.kind = TraceKind::contour;
  CHECK(text_chart(chart, {}).empty());
}

TEST_CASE("Values that differ in their last digit have a scale, and few ticks") {
  for (const double low : {1.0, 1e22}) {
    const ChartScale scale({"x", false}, {low, std::nextafter(low, 2 * low)});
    CHECK_FALSE(scale.empty());
    CHECK(scale.ticks(6).size() <= 13);
    CHECK(scale.ticks(6).size() >= 2);
  }
}

TEST_CASE("The flag --plot draws loss against compute below the report of a fit") {
  const std::string fit = "fit datasets/chinchilla_figure4.csv --bootstrap 0 --plot";
  const std::string plain = run_program(fit + " 2>&1").output;
  CHECK(contains(plain, "\nLoss against compute; up: loss"));
  CHECK(longest_line(plain) <= 100);
  for (const unsigned short columns : {60, 80, 120})
    CHECK(contains(run_in_terminal(fit, columns, "LC_ALL=C").output, "Loss against compute"));
  CHECK(run_program(fit + " --format csv 2>&1").exit_code == 2);
}

TEST_CASE("A chart that would be drawn nowhere is refused before any work") {
  const std::string fit = "fit datasets/chinchilla_figure4.csv --bootstrap 1000000 --plot ";
  CHECK(contains(refused_command(fit + "--quiet"), "which --quiet leaves out"));
  for (const char* output :
       {"--json -", "--json /dev/stdout", "--rows -", "--plotly cdn --report -"})
    CHECK(contains(refused_command(fit + output), "a file takes its place"));
  CHECK(contains(refused_command(fit + "--resamples 0:1000 --shard /tmp/none"),
                 "--plot is of a whole answer"));
  const std::string serve = "optimum datasets/chinchilla_figure4.csv --bootstrap 1000000 --plot ";
  const struct {
    const char* asked;
    const char* has_one;
  } lone[] = {{"--quality-of 13B --inference-tokens 1T", "--inference-tokens sweep"},
              {"--overhead 10%", "--overhead 10%,30%"},
              {"--params 8B --tokens 15T", "--params 8B,70B"}};
  for (const auto& [asked, has_one] : lone) {
    const std::string said = refused_command(serve + asked);
    CHECK(contains(said, "one answer has no chart to draw"));
    CHECK(contains(said, has_one));
  }
  for (const char* command : {"laws", "datasets", "explain", "doctor", "verify", "help", "count",
                              "simulate datasets/chinchilla_figure4.csv --noise gauss:sd=0.01"})
    CHECK(contains(refused_command(std::string(command) + " --plot"), " has no flag --plot; "));
}

TEST_CASE("An axis of names has each below its place, one below the other where they are long") {
  Chart chart{
      "T", "", {"quantity", false, {"E", "a long name of it", "another long name"}}, {}, {}};
  chart.traces = {{"runs", TraceKind::points, {1, 2, 3}, {1, 2, 1}}};
  const std::string wide = text_chart(chart, {100, false}), narrow = text_chart(chart, {40, false});
  for (const std::string& name : chart.x.names) {
    CHECK(contains(wide, name));
    CHECK(contains(narrow, name));
  }
  CHECK(longest_line(narrow) <= 40);
  CHECK(!contains(wide, "1.5"));
  CHECK(std::count(wide.begin(), wide.end(), '\n') <
        std::count(narrow.begin(), narrow.end(), '\n'));
}

}  // namespace isoloss
