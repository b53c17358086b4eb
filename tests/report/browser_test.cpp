// Pages in a real browser, where there is one, through scripts/look_at_page.

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "host/base/data_folder.h"
#include "host/base/file_bytes.h"
#include "tests/catch.h"
#include "tests/run_program.h"
#include "tests/scratch_folder.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

using Json = nlohmann::json;

bool has_browser() {
  const bool is_found = std::system("command -v chromium python3 >/dev/null 2>&1") == 0;
  if (!is_found) WARN("test skipped: there is no chromium or no Python");
  if (!data_folder("plotly")) WARN("test skipped: scripts/setup has not fetched plotly.js");
  return is_found && data_folder("plotly");
}

// What the browser says of the pages of these commands; empty where it does not answer.
std::vector<Json> seen(const std::vector<std::string>& commands, const ScratchFolder& scratch,
                       const std::string& how = "") {
  std::string pages;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const std::string page = scratch.file(fmt::format("page{}.html", i).c_str());
    INFO(commands[i]);
    CHECK(run_program(commands[i] + " --report " + isoloss::quoted(page) + " >/dev/null 2>&1")
              .exit_code <= 1);
    pages += fmt::format(" {}", isoloss::quoted(page));
  }
  const std::string out = scratch.file("seen.jsonl");
  const std::string command = "timeout 300 python3 " ISOLOSS_SOURCE "/scripts/look_at_page" +
                              pages + " " + how + " >" + isoloss::quoted(out) + " 2>/dev/null";
  std::vector<Json> said;
  if (std::system(command.c_str()) != 0) {
    WARN("test skipped: chromium does not answer here");
    return said;
  }
  std::istringstream lines(read_file(out));
  for (std::string line; std::getline(lines, line);) said.push_back(Json::parse(line));
  return said;
}

// Drawn, all of it, quietly, with nothing that moves, and from the file alone.
void check_page(const Json& page) {
  INFO(page.dump());
  CHECK(page.at("seconds").get<double>() >= page.at("shown").get<double>());
  CHECK(page.at("shown").get<double>() > 0);
  CHECK(page.at("shifts") == 0);
  CHECK(page.at("messages").empty());
  CHECK(page.at("requests").empty());
  CHECK(page.at("overflows") == false);
  for (const Json& chart : page.at("charts")) {
    CHECK(!chart.at("traces").empty());
    CHECK(!chart.at("x").get<std::string>().empty());
    CHECK(!chart.at("y").get<std::string>().empty());
    CHECK(!chart.at("hover").get<std::string>().empty());
  }
}

}  // namespace

TEST_CASE("Chromium draws every kind of page without a word and without a network") {
  if (!has_browser()) return;
  const ScratchFolder scratch;
  const std::vector<std::string> commands{
      "fit datasets/chinchilla_figure4.csv --bootstrap 20",
      "fit datasets/overtraining_open_lm.csv --by dataset --share alpha --bootstrap 20",
      "isoflop datasets/cs336_isoflop.csv --bootstrap 20",
      "envelope datasets/llama_curves.csv --where \"family == 'llama2'\" --bootstrap 20",
      "optimum --published besiroglu2024 --quality-of 13B --inference-tokens 0,1T",
      "compare-optima --published besiroglu2024 --compute 1e21,1e24",
      "forecast --published besiroglu2024 --compute 1e25 --years 3 --growth 4x/year:3x..5x",
      "race datasets/llama_curves.csv --where \"family == 'llama1'\" --bootstrap 20",
      "compare-laws datasets/chinchilla_figure4.csv --laws chinchilla,kaplan",
      "backtest datasets/chinchilla_figure4.csv",
      "inspect datasets/chinchilla_figure4.csv",
      "influence datasets/chinchilla_figure4.csv --bootstrap 20 --each row",
      "coverage datasets/chinchilla_figure4.csv --sets 10 --bootstrap 40",
      "count --count-from kaplan --params 1e6,1e9",
      "verify slimpajama_24",
      "doctor"};
  const std::vector<Json> pages = seen(commands, scratch);
  if (pages.empty()) return;
  REQUIRE(pages.size() == commands.size());
  for (const Json& page : pages) check_page(page);
  const Json& fit = pages[0].at("charts");
  REQUIRE(fit.size() == 11);
  CHECK(pages[0].at("waiting").get<int>() >= 5);  // those below the window
  CHECK(fit[0].at("x") == "training compute C, FLOP");
  CHECK(contains(fit[0].at("hover"), "p001, line 4N 6.80B  D 245M  loss 5.0056  residual -0."));
  CHECK(contains(fit[1].at("hover"), "model size N "));
  CHECK(pages.back().at("charts").empty());
  CHECK(pages.back().at("bytes") < 50'000);  // without charts nothing draws
}

TEST_CASE("On a phone and in the dark a page is drawn as well, and no wider") {
  if (!has_browser()) return;
  const ScratchFolder scratch;
  for (const Json& page :
       seen({"fit datasets/chinchilla_figure4.csv --bootstrap 20", "laws", "doctor"}, scratch,
            "--width 390 --dark"))
    check_page(page);
}

// Those of charts that are not drawn before the tabulator comes to them too.
TEST_CASE("Every control of a page is reached by the tabulator, is seen there, and does its work") {
  if (!has_browser()) return;
  const ScratchFolder scratch;
  const std::vector<Json> pages =
      seen({"fit datasets/chinchilla_figure4.csv --bootstrap 20", "verify slimpajama_24"}, scratch,
           "--keys");
  for (const Json& page : pages) {
    const Json& keys = page.at("keys");
    INFO(keys.dump());
    CHECK(keys.at("controls").get<int>() > 1);
    CHECK(keys.at("reached") == keys.at("controls"));
    CHECK(keys.at("marked") == keys.at("controls"));
    check_page(page);
  }
  if (!pages.empty()) CHECK(pages[0].at("keys").at("toggled") == Json({"false", "true"}));
}

TEST_CASE("Names that would be markup, code or links are text in a browser") {
  if (!has_browser()) return;
  const ScratchFolder scratch;
  const std::string runs = scratch.file("<img src=x onerror=alert(1)>.csv");
  std::ofstream file(runs);
  file << "run,params,tokens,loss\n";
  const char* const names[] = {
      "</script><script>alert(1)</script>", "<img src=http://x.example/a onerror=alert(2)>",
      "<a href='javascript:alert(3)'>x</a>", "%{x}${alert(4)}`\\u003cb>", "&lt;b&gt;"};
  for (int i = 0; i < 20; ++i) {
    const double N = 1e7 * (1 << i % 4), D = 1e9 * (1 << i / 4 * 2);
    file << '"' << names[i % 5] << i << "\"," << N << "," << D << ","
         << 1.7 + 400 / std::pow(N, 0.34) + 900 / std::pow(D, 0.3) << "\n";
  }
  file.close();
  const std::vector<Json> pages =
      seen({"fit " + isoloss::quoted(runs) + " --group none --bootstrap 0"}, scratch);
  if (pages.empty()) return;
  check_page(pages[0]);
  CHECK(contains(pages[0].at("charts")[0].at("hover"), "</script><script>alert(1)"));
}

}  // namespace isoloss
