#include "host/report/figure.h"

#include <fmt/format.h>

#include <cstdlib>

#include "host/base/child.h"
#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/base/text.h"
#include "host/report/chart_json.h"
#include "host/report/page_parts.h"

namespace isoloss {
namespace {

// Exit codes of python/isoloss/_chart.py.
constexpr int kBadWidth = 2;
constexpr int kNoMatplotlib = 3;

// What runs the script must not take a file of the working folder for a module.
constexpr const char* kRun = "import sys; del sys.path[0]; exec(sys.argv.pop(1))";

std::string python() {
  const char* const named = std::getenv("ISOLOSS_PYTHON");
  return named != nullptr && *named != '\0' ? named : "python3";
}

// What Python says at last is what went wrong.
std::string last_line(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return printable(text.substr(text.rfind('\n') + 1));
}

}  // namespace

const Chart& chart_of_kind(const std::vector<Chart>& charts, const std::string& kind) {
  std::vector<std::string> kinds;
  for (const Chart& chart : charts) {
    if (chart.kind == kind) return chart;
    kinds.push_back(chart.kind);
  }
  refuse(fmt::format("the fit has no figure {}", shown(kind)), near_or_all(kind, kinds, "it has"));
}

std::string figure_bytes(const Chart& chart, const std::string& width, const std::string& format) {
  const std::string data = chart_json(chart);
  if (format == "json") return data;
  const std::string program = python();
  const auto run = run_child({program, "-c", kRun, std::string(chart_py()), width, format}, data);
  const char* const hint =
      "apt install python3-matplotlib, or pip install matplotlib for a Python that the variable "
      "ISOLOSS_PYTHON names";
  require(run.has_value(), fmt::format("a figure needs Python, and {} is not here", program), hint);
  require(run->exit_code != kNoMatplotlib,
          fmt::format("a figure needs matplotlib, and {} does not have it", program), hint);
  require(run->exit_code != kBadWidth, last_line(run->error), "");
  require(run->exit_code == 0,
          fmt::format("{} drew no figure; at last it said: {}", program, last_line(run->error)),
          "run it by hand, or take the data: ``output`` FILE.json");
  return run->output;
}

}  // namespace isoloss
