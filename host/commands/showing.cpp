#include "host/commands/showing.h"

#include <unistd.h>

#include <algorithm>
#include <set>

#include "host/base/error.h"
#include "host/base/file_bytes.h"
#include "host/base/option_error.h"
#include "host/base/sha256.h"
#include "host/base/terminal.h"
#include "host/base/text.h"
#include "host/commands/common_flags.h"
#include "host/report/format.h"
#include "host/report/plotly.h"
#include "host/report/render.h"
#include "host/report/text_chart.h"

namespace isoloss {
namespace {

std::vector<std::string> format_names() {
  std::vector<std::string> out;
  for (const Format& own : formats()) out.emplace_back(own.name);
  return out;
}

std::string path_of_plotly(const std::string& text) { return text == "cdn" ? "" : text; }

// As a shell takes it for one word.
std::string shell_word(const std::string& word) {
  const bool is_plain = !word.empty() && word.find_first_not_of(
                                             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                             "0123456789_-+=:,./@%") == std::string::npos;
  if (is_plain) return word;
  const bool is_literal = word.find_first_of("$`\"\\!") == std::string::npos;
  if (is_literal && word.find('\'') != std::string::npos) return '"' + word + '"';
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

// Standard input is gone by then, and so may a file be.
std::vector<Pair> sums_of(const std::vector<std::string>& paths) {
  std::vector<Pair> out;
  for (const std::string& path : std::set<std::string>(paths.begin(), paths.end())) {
    if (path == "-") continue;
    try {
      out.push_back({"SHA-256 of " + printable(path), sha256(read_file(path))});
    } catch (const InputError&) {
    }
  }
  return out;
}

}  // namespace

Showing::Showing(CommandLine& line) : line_(&line) {
  one_of(line.app()
             .add_option("--format", format_, "What the report on standard output is written in")
             ->capture_default_str()
             ->group(kShowingGroup),
         format_names());
  if (line.may_have_charts())
    line.app()
        .add_flag("--plot", has_plot_,
                  "Draw the first chart of the answer in text below the report")
        ->group(kShowingGroup);
  line.output("--report",
              "Write a page of HTML that opens offline: answer, charts, methods, all numbers")
      ->type_name("FILE.html")
      ->group(kShowingGroup);
  CLI::Option* plotly = line.app().add_option(
      "--plotly", plotly_,
      "What draws the charts of the page: cdn, to load it when the page opens, or a plotly.min.js; "
      "else the one that came along");
  line.reads(plotly->type_name("cdn|FILE")->group(kShowingGroup), path_of_plotly);
  line.app()
      .add_flag("--verbose", is_verbose_, "Tell on standard error how --device auto decides")
      ->group(kShowingGroup);
  // Read before the line is parsed: host/commands/config_file.h.
  line.input("--config", config_, "Values of flags by their names; those that are typed win")
      ->type_name("FILE.toml")
      ->group(kShowingGroup);
}

void Showing::prepare(const std::vector<std::string>& words) {
  about_option("format", format_, [&] {
    require(!has_plot_ || format_ == "text", "--plot goes with --format text",
            "--report FILE.html has all charts");
  });
  require(!has_plot_ || !line_->given("--quiet"),
          "--plot draws below the report, which --quiet leaves out", "leave one of them out");
  const bool has_page = line_->given("--report");
  require(has_page || !line_->given("--plotly"), "--plotly goes with --report",
          "give --report FILE.html");
  if (!has_page) return;
  plotly_markup_ = plotly_markup(plotly_);
  command_ = "isoloss";
  for (const std::string& word : words) command_ += " " + shell_word(word);
}

void Showing::without_standard_output() const {
  require(!has_plot_, "--plot draws below the report, and a file takes its place",
          "write that file elsewhere");
}

std::string Showing::report(const Document& document) const {
  const std::string out = format_named(format_).render(document, terminal_of(STDOUT_FILENO));
  return has_plot_ ? out + "\n" + plot(document) : out;
}

std::string Showing::plot(const Document& document) const {
  if (document.charts)
    for (const Chart& chart : document.charts())
      if (std::string text = text_chart(chart, terminal_of(STDOUT_FILENO)); !text.empty())
        return text;
  refuse("--plot: this answer has no chart to draw", "ask for several values, or leave it out");
}

bool Showing::report_has_warnings() const { return format_named(format_).has_warnings; }

std::string Showing::page(const Document& document, const std::string& json) const {
  std::vector<std::string> read = line_->inputs();
  std::erase(read, path_of_plotly(plotly_));
  return as_page(document, {command_, sums_of(read), json, plotly_markup_});
}

}  // namespace isoloss
