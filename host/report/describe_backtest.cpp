#include "host/report/backtest.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "host/base/number_text.h"
#include "host/base/text.h"
#include "host/report/chart_parts.h"
#include "host/report/estimate_text.h"
#include "host/report/fitted_law.h"
#include "host/report/held_out_parts.h"

namespace isoloss {
namespace {

Table stop_table(const Backtest& answer) {
  Table out{{{"stopped at"},
             right({"fitted"}),
             right({"forecast"}),
             {"off by"},
             {"mean log"},
             {"in curve's"},
             {"in new run's"},
             {"status"}}};
  for (const BacktestStop& stop : answer.stops) {
    if (!stop.error) continue;
    const auto share = [&](double own) {
      return stop.has_intervals ? Cell{share_text(own), own} : Cell("none");
    };
    out.rows.push_back({stop.at,
                        {std::to_string(stop.num_fitted), static_cast<double>(stop.num_fitted)},
                        {std::to_string(stop.runs.size()), static_cast<double>(stop.runs.size())},
                        error_cell(stop.error->mean_absolute),
                        {fmt::format("{:+#.3g}%", 100 * stop.error->bias), stop.error->bias},
                        share(stop.share_in_curve),
                        share(stop.share_in_new_run),
                        status_name(stop.status)});
  }
  return out;
}

std::vector<Block> failures(const Backtest& answer) {
  std::vector<Block> out;
  for (const BacktestStop& stop : answer.stops)
    if (!stop.error) out.push_back(Note{"no fit: " + printable(stop.failure), 2, 2});
  return out;
}

std::string losses_text(const Interval& own) {
  return fmt::format("{} .. {}", loss_text(own.lower), loss_text(own.upper));
}

Table largest_table(const Backtest& answer) {
  Table out{{{"stopped at"},
             right({"times beyond"}),
             {"measured"},
             {"forecast"},
             {"interval of a new run"}}};
  for (const BacktestStop& stop : answer.stops) {
    if (!stop.largest) continue;
    const BacktestRun& run = *stop.largest;
    Cells row{stop.at,
              {number_text(run.times), run.times},
              {loss_text(run.measured), run.measured},
              {loss_text(run.predicted), run.predicted}};
    if (stop.has_intervals)
      row.emplace_back(losses_text(run.new_run), Estimate{NAN, {}, run.new_run});
    out.rows.push_back(row);
  }
  return out;
}

// From the least to the largest that was measured.
Trace equality(const std::vector<Trace>& traces) {
  double least = INFINITY, most = -INFINITY;
  for (const Trace& own : traces)
    for (const double x : own.x) {
      least = std::fmin(least, x);
      most = std::fmax(most, x);
    }
  return trace(TraceKind::guide, "equal", {least, most}, {least, most});
}

std::vector<Chart> charts_of(const Backtest& answer) {
  Chart out{"Forecast against what was measured",
            "With the intervals of a new run.",
            {"measured " + printable(answer.response), false},
            {"forecast", false},
            {}};
  for (const BacktestStop& stop : answer.stops) {
    Trace own = trace(TraceKind::points, stop.at);
    for (const BacktestRun& run : stop.runs) {
      Estimate said{run.predicted, {}, {}};
      if (stop.has_intervals) said.interval = run.new_run;
      add_point(run.measured, said, own);
      own.labels.push_back(fmt::format("line {}\nmeasured {}  forecast {}\n{:.3g} times beyond",
                                       run.line, loss_text(run.measured), loss_text(run.predicted),
                                       run.times));
    }
    if (own.x.empty()) continue;
    keep_whole_intervals(own);
    out.traces.push_back(own);
  }
  if (out.traces.empty()) return {};
  out.traces.push_back(equality(out.traces));
  return {out};
}

std::string answer_sentence(const Backtest& answer) {
  for (const BacktestStop& stop : answer.stops)
    if (stop.error)
      return fmt::format("Stopped at {}, {} would have forecast the rest {} off in the mean",
                         stop.at, printable(answer.law), error_text(stop.error->mean_absolute));
  return "No stop leaves enough runs for a fit";
}

}  // namespace

Document describe_backtest(const Backtest& answer) {
  Document out{"What would have been forecast",
               answer_sentence(answer),
               {{"law", printable(answer.law)}, {"seed", std::to_string(answer.seed)}},
               {},
               [&answer] { return charts_of(answer); }};
  out.sections.push_back(
      {"Runs",
       {Note{fmt::format("{}, by {}; each stop is fitted to what lies before it and forecasts the "
                         "rest",
                         printable(answer.path), printable(answer.law)),
             0, 2}}});
  if (const Table stops = stop_table(answer); !stops.rows.empty())
    out.sections.push_back({"Stops", {stops}});
  if (std::vector<Block> notes = failures(answer); !notes.empty())
    out.sections.push_back({"No fit", std::move(notes)});
  const Table largest = largest_table(answer);
  if (!largest.rows.empty()) out.sections.push_back({"The largest run", {largest}});
  if (answer.num_resamples > 0)
    out.sections.push_back(
        {"Intervals",
         {Note{fmt::format("{} intervals of {} resamples, seed {}; a new run's has the fit's "
                           "residuals on top and should hold about {} of the runs",
                           confidence_text(answer.confidence), answer.num_resamples, answer.seed,
                           confidence_text(answer.confidence)),
               2, 2}}});
  add_warnings(answer.warnings, out);
  return out;
}

}  // namespace isoloss
