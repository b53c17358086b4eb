#include "host/report/figure.h"

#include "host/answers/saved_runs.h"
#include "host/base/error.h"
#include "host/base/text.h"
#include "host/commands/commands.h"
#include "host/commands/common_flags.h"
#include "host/report/fit_charts.h"

namespace isoloss {
namespace {

struct FigureFlags {
  std::string kind, fit_path, draws_path, width = "neurips";
  std::vector<std::string> compute;
  const CommandLine* line = nullptr;

  void add(CommandLine& to);
};

std::string format_of(const std::string& path) {
  const std::size_t dot = path.rfind('.');
  return dot == std::string::npos ? "" : path.substr(dot + 1);
}

void require_figure_file(const std::string& path) {
  const std::string format = format_of(path);
  require(format == "pdf" || format == "svg" || format == "png" || format == "json",
          "--output " + printable(path) + " is neither .pdf, .svg, .png nor .json",
          "the ending tells the format");
}

void FigureFlags::add(CommandLine& to) {
  line = &to;
  to.app()
      .add_option(
          "kind", kind,
          "Which chart of the page of a fit: loss, sizes, tokens, isoflop, isoloss, fitted, "
          "residuals-N, exponents, best_model, starts, profile-alpha, ...")
      ->required()
      ->type_name("KIND");
  to.input("--fit", fit_path, "What isoloss fit wrote with --json")->required();
  to.input("--draws", draws_path, "What --draws wrote beside it, for intervals and draws");
  to.app()
      .add_option("--compute", compute, "Budgets of the figure, FLOP; else those of the fit")
      ->delimiter(',')
      ->type_name("C[,C...]");
  to.app()
      .add_option("--width", width, "Of a column: neurips, icml, icml_page, or inches")
      ->capture_default_str()
      ->type_name("WIDTH");
  CLI::Option* output = to.outputs(
      "-o,--output", "FILE.pdf, .svg or .png, may be given again; .json is the data of the chart");
  checked<std::string>(output->required(), require_figure_file);
}

Outcome answer(const FigureFlags& flags, Documents& out) {
  const bool is_of_draws = flags.kind == "exponents" || flags.kind == "best_model";
  require(!is_of_draws || flags.line->given("--draws"),
          "the figure " + flags.kind + " is of the draws of the bootstrap",
          "give --draws FILE.npy");
  FittedRuns made = saved_runs(flags.fit_path, flags.draws_path);
  if (!flags.compute.empty()) {
    made.fit.options.compute.clear();
    made.fit.budgets_asked = true;
  }
  for (const std::string& text : flags.compute)
    made.fit.options.compute.push_back(positive_number("--compute", text));
  const std::vector<Chart> charts = fit_charts(made.runs, made.fit);
  const Chart& chart = chart_of_kind(charts, flags.kind);
  out.file("--output", [&](const std::string& path) {
    return figure_bytes(chart, flags.width, format_of(path));
  });
  return Outcome::sound;
}

}  // namespace

Work figure_command(CommandLine& line) { return work_of<FigureFlags>(line, answer); }

}  // namespace isoloss
