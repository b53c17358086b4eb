// Pages of HTML: whole, closed, with the data of their charts, and without a network.

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "host/base/file_bytes.h"
#include "host/base/sha256.h"
#include "tests/catch.h"
#include "tests/figure_data.h"
#include "tests/refused_command.h"
#include "tests/run_program.h"
#include "tests/scratch_folder.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

const std::string kPageFit =
    "fit datasets/chinchilla_figure4.csv --bootstrap 20 --quiet 2>/dev/null ";

struct Page {
  ProgramRun run;
  std::string html;
};

// A stub stands for plotly.js, so that a page is small.
Page page_of(const std::string& arguments, const ScratchFolder& scratch) {
  const std::string stub = scratch.file("plotly.js"), path = scratch.file("page.html");
  std::ofstream(stub) << "'a</script>b';\n";
  const ProgramRun run = run_program(arguments + " --report " + isoloss::quoted(path) +
                                     " --plotly " + isoloss::quoted(stub));
  return {run, std::filesystem::exists(path) ? read_file(path) : ""};
}

// The name of an element that is open where it should not be; empty for a page that is well formed.
// Scripts and styles are passed over: they are no markup. By hand: std::regex recurses on long
// links.
std::string badly_nested(const std::string& html) {
  std::vector<std::string> open;
  for (std::size_t at = 0; (at = html.find('<', at)) != std::string::npos;) {
    const bool closes = html[at + 1] == '/';
    const std::size_t begin = at + (closes ? 2 : 1), end = html.find_first_of(" >", begin);
    const std::string name = html.substr(begin, end - begin);
    at = html.find('>', at);
    if (at == std::string::npos) return name;
    if (name == "meta" || name == "!DOCTYPE") continue;
    if (!closes) {
      open.push_back(name);
      if (name == "script" || name == "style") at = html.find("</" + name, at);
    } else if (open.empty() || open.back() != name) {
      return name;
    } else {
      open.pop_back();
    }
  }
  return open.empty() ? "" : open.back();
}

// Of base64, by hand: what reads pages is no part of the program.
std::string unpacked(const std::string& link) {
  const std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned bits = 0;
  int num_bits = 0;
  for (const char c : link.substr(0, link.find('='))) {
    bits = bits << 6 | static_cast<unsigned>(digits.find(c));
    num_bits += 6;
    if (num_bits < 8) continue;
    num_bits -= 8;
    out += static_cast<char>(bits >> num_bits & 255);
  }
  return out;
}

std::string first_word(const std::string& text) { return text.substr(0, text.find(' ')); }

const Json& trace_called(const Json& charts, const std::string& name) {
  for (const Json& chart : charts)
    for (const Json& trace : chart.at("traces"))
      if (trace.at("name") == name) return trace;
  throw std::runtime_error("no trace " + name);
}

}  // namespace

TEST_CASE("The page of a fit is well formed and has the data of its charts") {
  const ScratchFolder scratch;
  const Page page = page_of(kPageFit, scratch);
  REQUIRE(page.run.exit_code == 0);
  CHECK(badly_nested(page.html).empty());
  const Json charts = charts_of(page.html);
  // Loss, N, D, isoFLOP, isoloss, parity, residuals of N, D, C, draws of exponents and best models.
  CHECK(charts.size() == 11);
  const Json& runs = trace_called(charts, "runs");
  CHECK(runs.at("x").size() == 245);
  CHECK(contains(runs.at("labels")[0].get<std::string>(), "residual"));
  CHECK(charts.at(5).at("traces")[0].at("labels_of") == Json({0, 0}));
  CHECK(trace_called(charts, "refits of resamples").at("x").size() == 20);
  const Json& cloud = charts.at(9).at("traces");
  REQUIRE(cloud.size() == 5);  // and the estimate and the region
  CHECK(cloud[4].at("name") == "Besiroglu et al. 2024");
  CHECK(cloud[4].at("y") == Json({0.3658}));
  const Json& frontier = trace_called(charts, "frontier");
  CHECK(frontier.at("lower").size() == frontier.at("y").size());
  CHECK(frontier.at("lower")[0] <= frontier.at("y")[0]);
  CHECK(contains(page.html, "<h1>With "));
  CHECK(contains(page.html, "Hoffmann"));
  CHECK(contains(page.html, "--bootstrap 20"));
  CHECK(contains(page.html, "<h2>In a paper</h2>\n<p>With "));
  CHECK(contains(page.html,
                 "author = {Hoffmann and others},\n  year = {2022},\n  eprint = {2203.15556}"));
  CHECK(contains(page.html, sha256(read_file("datasets/chinchilla_figure4.csv"))));
  for (const char* who : {"Kaplan et al. 2020", "Hoffmann et al. 2022", "Besiroglu et al. 2024"})
    CHECK(trace_called(charts, who).at("x").size() > 1);
}

TEST_CASE("The sentence of a page says that its law is not to be relied on") {
  const ScratchFolder scratch;
  const std::string runs = " datasets/cerebras_pythia_pile.csv --drop-missing --bootstrap 20";
  const std::string doubt = "not to be relied on (a parameter ended at its bound";
  const auto heading = [&](const std::string& command, const std::string& more) {
    const std::string html = page_of(command + runs + more, scratch).html;
    const std::size_t first = html.find("<h1>");
    return html.substr(first, html.find("</h1>") - first);
  };
  CHECK(contains(heading("fit", ""), "chinchilla fitted to 12 runs is " + doubt));
  CHECK(contains(heading("optimum", " --compute 1e23"), "; " + doubt));
  CHECK(contains(heading("compare-optima", " --compute 1e23"), "; " + doubt));
  CHECK(contains(heading("forecast", " --compute 1e22 --growth 2x/year"), "; " + doubt));
}

TEST_CASE("A chart has so many points and no more, and says so") {
  const ScratchFolder scratch;
  const std::string path = scratch.file("runs.csv");
  std::ofstream file(path);
  file << "params,tokens,loss\n";
  for (int i = 0; i < 5001; ++i) {
    const double N = 1e7 * (1 + i % 71), D = 1e9 * (1 + i % 101), off = i == 2999 ? 1.1 : 1;
    file << N << "," << D << "," << off * (1.7 + 400 / std::pow(N, 0.34) + 900 / std::pow(D, 0.3))
         << "\n";
  }
  file.close();
  const std::string few = "fit " + isoloss::quoted(path) + " --bootstrap 0 --quiet 2>/dev/null ";
  const Json runs = charts_of(page_of(few, scratch).html);
  const Json& drawn = trace_called(runs, "runs, 1000 of 5001, the furthest off among them");
  CHECK(drawn.at("x").size() == 1000);
  CHECK(contains(drawn.at("labels")[0].get<std::string>(), "line 3001\n"));
  const std::string many =
      "fit datasets/chinchilla_figure4.csv --bootstrap 6000 --quiet 2>/dev/null";
  const Page draws = page_of(many, scratch);
  CHECK(trace_called(charts_of(draws.html), "refits of resamples").at("x").size() == 500);
  CHECK(contains(draws.html, "the first 500 of them"));
}

TEST_CASE("A page asks the network for nothing unless --plotly cdn") {
  const ScratchFolder scratch;
  const std::string html = page_of(kPageFit, scratch).html;
  for (const char* part : {"src=", "href=\"http", "url(", "@import", "fetch("})
    CHECK(!contains(html, part));
  CHECK(contains(html, "'a<\\/script>b'"));
  const std::string path = scratch.file("cdn.html");
  CHECK(run_program(kPageFit + " --plotly cdn --report " + isoloss::quoted(path)).exit_code == 0);
  CHECK(contains(read_file(path), "<script src=\"https://cdn.plot.ly/plotly-"));
}

TEST_CASE("Without plotly.js no work is done and nothing is left") {
  const ScratchFolder scratch;
  const std::string path = scratch.file("page.html");
  const ProgramRun run = run_program("fit datasets/chinchilla_figure4.csv --report " +
                                     isoloss::quoted(path) + " --plotly /none 2>&1");
  CHECK(run.exit_code == 2);
  CHECK(contains(run.output, "/none"));
  CHECK(scratch.num_files() == 0);
  CHECK(run_program("fit datasets/chinchilla_figure4.csv --plotly cdn 2>&1").exit_code == 2);
}

TEST_CASE("What a page has for download is the answer, byte by byte") {
  const ScratchFolder scratch;
  const std::string json = scratch.file("fit.json");
  const Page page = page_of(kPageFit + " --json " + isoloss::quoted(json), scratch);
  const std::string link = between(page.html, "data:application/json;charset=utf-8;base64,", "\"");
  CHECK(unpacked(link) == read_file(json));
  CHECK(contains(page.html, "data:text/csv;charset=utf-8;base64,"));
}

TEST_CASE("A chart is told in words, and what scrolls is reached by keyboard") {
  const ScratchFolder scratch;
  const std::string html = page_of(kPageFit, scratch).html;
  CHECK(contains(html,
                 "aria-label=\"Loss against compute: loss, nats per token over training compute "
                 "C, FLOP; runs (245 points); compute-optimal\""));
  CHECK(!contains(html, "<div class=\"wide\">"));
  CHECK(contains(html, "<div class=\"wide\" tabindex=\"0\">"));
}

TEST_CASE("Names of a file that look like markup stay text in its page") {
  const ScratchFolder scratch;
  const std::string runs = scratch.file("runs.csv");
  std::ofstream file(runs);
  file << "run,params,tokens,loss\n";
  for (int i = 0; i < 12; ++i) {
    const double N = 1e7 * (1 << i % 4), D = 1e9 * (1 << i / 4 * 2);
    file << "</script><img src=x onerror=alert(" << i << ")>," << N << "," << D << ","
         << 1.7 + 400 / std::pow(N, 0.34) + 900 / std::pow(D, 0.3) << "\n";
  }
  file.close();
  const Page page =
      page_of("fit " + isoloss::quoted(runs) + " --bootstrap 0 --quiet 2>/dev/null", scratch);
  REQUIRE(!page.html.empty());
  CHECK(badly_nested(page.html).empty());
  CHECK(!contains(page.html, "<img"));
  CHECK(contains(trace_called(charts_of(page.html), "runs").at("labels")[0].get<std::string>(),
                 "</script><img"));
}

TEST_CASE("The page of an optimum has its models over the budgets") {
  const ScratchFolder scratch;
  const Page page =
      page_of("optimum --published besiroglu2024 --compute 1e22,1e24 2>/dev/null", scratch);
  REQUIRE(page.run.exit_code == 0);
  CHECK(badly_nested(page.html).empty());
  CHECK(trace_called(charts_of(page.html), "the best plan").at("x") == Json({1e22, 1e24}));
}

TEST_CASE("Every command makes a page") {
  for (const char* command :
       {"doctor", "laws", "laws chinchilla", "datasets", "datasets chinchilla_figure4", "explain",
        "explain few_runs", "count --count-from kaplan --params 1e6",
        "count --layers 4 --d-model 128 --vocab 50k --seq 512", "optimum --list", "verify --list",
        "verify slimpajama_24", "optimum --published kaplan2020 --compute 1e22",
        "compare-optima --published besiroglu2024 --compute 1e21,1e24",
        "forecast --published besiroglu2024 --compute 1e25 --years 3 --growth 4x/year",
        "race datasets/llama_curves.csv --where \"family == 'llama1'\" --bootstrap 0"}) {
    INFO(command);
    const ScratchFolder scratch;
    const Page page = page_of(std::string(command) + " 2>&1", scratch);
    INFO(page.run.output);
    CHECK(page.run.exit_code == 0);
    CHECK(badly_nested(page.html).empty());
    CHECK(contains(page.html, "<h1>"));
    CHECK(contains(page.html, "isoloss " + first_word(command)));
  }
}

TEST_CASE("The page of a race has its crossings, that of a forecast its fan, and schools a map") {
  const ScratchFolder scratch;
  const std::string html =
      page_of("race datasets/llama_curves.csv --where \"family == 'llama1'\" --bootstrap 20",
              scratch)
          .html;
  CHECK(contains(html, "--where &quot;family == &#39;llama1&#39;&quot; --bootstrap 20"));
  CHECK(trace_called(charts_of(html), "last crossings").at("x").size() > 0);
  const Json years =
      charts_of(page_of("forecast --published besiroglu2024 --compute 1e25:5e24..2e25 "
                        "--years 3 --growth 4x/year:3x..5x",
                        scratch)
                    .html);
  CHECK(trace_called(years, "the best plan").at("lower").size() == 4);
  const std::string certain = "forecast --published besiroglu2024 --compute 1e25 --years 3 ";
  const Json fan = charts_of(page_of(certain + "--growth 4x/year:3x..5x", scratch).html);
  CHECK(trace_called(fan, "the best plan").at("lower").size() == 4);
  CHECK(
      trace_called(charts_of(page_of(certain + "--growth 4x/year", scratch).html), "the best plan")
          .at("lower")
          .empty());
  const Json map = charts_of(
      page_of("compare-optima --published besiroglu2024 --compute 1e21,1e24", scratch).html);
  CHECK(trace_called(map, "own law").at("x").size() == 2);
}

TEST_CASE("Files that were read are named once, and many of them out of the way") {
  const ScratchFolder scratch;
  const std::string html = page_of("verify slimpajama_24 2>&1", scratch).html;
  const std::string files = between(html, "<details>", "</details>");
  CHECK(contains(files, " files were read</summary>"));
  const std::string name = "/chinchilla_figure4.csv</dt>";
  CHECK(contains(files, name));
  CHECK(files.find(name) == files.rfind(name));
}

TEST_CASE("A page is an output like any other") {
  const ScratchFolder scratch;
  const std::string runs = scratch.file("runs.csv");
  std::filesystem::copy_file("datasets/chinchilla_figure4.csv", runs);
  const std::string fit = "fit " + isoloss::quoted(runs) + " --bootstrap 0 --plotly cdn";
  CHECK(contains(refused_command(fit + " --report " + isoloss::quoted(runs)), "is an input"));
  const ProgramRun shown = run_program(fit + " --report - 2>/dev/null");
  CHECK(shown.output.starts_with("<!DOCTYPE html>"));
  CHECK(shown.output.ends_with("</html>\n"));
  CHECK(contains(refused_command("doctor --plotly cdn"), "--plotly goes with --report"));
}

}  // namespace isoloss
