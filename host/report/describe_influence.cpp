#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "host/answers/influence/influence_warning.h"
#include "host/base/number_text.h"
#include "host/base/text.h"
#include "host/report/chart_parts.h"
#include "host/report/estimate_text.h"
#include "host/report/fit_parts.h"
#include "host/report/fitted_law.h"
#include "host/report/influence.h"

namespace isoloss {
namespace {

constexpr std::size_t kMostShown = 15;

std::string moved_times_text(double times) {
  if (std::isnan(times)) return "-";
  return std::isinf(times) ? "out of all" : fmt::format("{:.2f}", times);
}

std::string interval_text(const AskedQuantity& asked) {
  if (!asked.own.interval) return "none";
  return fmt::format("{} .. {}", quantity_text(asked, asked.own.interval->lower),
                     quantity_text(asked, asked.own.interval->upper));
}

// The group that moves a quantity most; null where none can be told.
const Without* mover_of(const Influence& answer, std::size_t quantity) {
  const Without* out = nullptr;
  for (const Without& own : answer.without) {
    const double times = own.moved[quantity].times;
    if (std::isfinite(times) && (out == nullptr || times > out->moved[quantity].times)) out = &own;
  }
  return out;
}

Table quantity_table(const Influence& answer) {
  Table out{{{"quantity"},
             right({"all runs"}),
             {"interval"},
             {"moved most without"},
             right({"to"}),
             right({"times"})}};
  for (std::size_t k = 0; k < answer.quantities.size(); ++k) {
    const AskedQuantity& asked = answer.quantities[k];
    Cells row{printable(asked.name),
              {quantity_text(asked, asked.own.value), asked.own.value},
              {interval_text(asked), Estimate{NAN, {}, asked.own.interval}}};
    if (const Without* mover = mover_of(answer, k)) {
      const MovedQuantity& moved = mover->moved[k];
      row.insert(row.end(),
                 {mover->group.label, Cell(quantity_text(asked, moved.value), moved.value),
                  Cell(moved_times_text(moved.times), moved.times)});
    }
    out.rows.push_back(row);
  }
  return out;
}

Table without_table(const Influence& answer) {
  Table out{{{"without"},
             right({"rows"}),
             {"moves most"},
             right({"to"}),
             right({"times"}),
             right({"of rest"}),
             {"status"}}};
  for (const Without& own : answer.without) {
    if (out.rows.size() == kMostShown) break;
    const AskedQuantity& most = answer.quantities[own.most];
    const MovedQuantity& moved = own.moved[own.most];
    const bool has_value = std::isfinite(moved.value);
    out.rows.push_back(
        {own.group.label,
         {std::to_string(own.group.rows.size()), static_cast<double>(own.group.rows.size())},
         has_value ? printable(most.name) : "all",
         has_value ? Cell(quantity_text(most, moved.value), moved.value) : Cell("none"),
         {moved_times_text(moved.times), moved.times},
         {moved_times_text(moved.times_of_rest), moved.times_of_rest},
         own.failure.empty() ? status_name(own.status) : "no fit"});
  }
  return out;
}

std::string refits_text(const Influence& answer) {
  std::map<LeaveOut, std::size_t> num_of;
  for (const Without& own : answer.without) ++num_of[own.group.kind];
  std::vector<std::string> kinds;
  for (const auto& [kind, num] : num_of)
    kinds.push_back(kind == LeaveOut::outliers ? "all outliers together"
                                               : counted(num, leave_out_name(kind)));
  return fmt::format("{}: an exact fit without each", listed(kinds));
}

std::string interval_kind(const FitResult& fit) {
  if (fit.bootstrap.num_resamples == 0 || fit.bootstrap.withheld)
    return "its profile interval, where there is one";
  return fmt::format("its {} interval ({} resamples, seed {})",
                     confidence_text(fit.options.confidence), fit.bootstrap.num_resamples,
                     fit.options.seed);
}

std::vector<Pair> refit_pairs(const Influence& answer) {
  return {
      {"left out", refits_text(answer)},
      {"times", fmt::format("how far a quantity moves, over the way to the end of {}: beyond 1 it "
                            "is outside",
                            interval_kind(answer.made->fit))},
      {"of rest",
       fmt::format("the way back, by the interval of the rest, for the {} that move it most",
                   kMostJudged)}};
}

// How far each row moves the answer, by its line.
std::vector<Chart> charts_of(const Influence& answer) {
  Trace points = trace(TraceKind::points, "a row");
  double last = 0;
  for (const Without& own : answer.without) {
    if (own.group.kind != LeaveOut::row || !std::isfinite(own.times())) continue;
    const auto line = static_cast<double>(answer.made->runs.line[own.group.rows.front()]);
    last = std::fmax(last, line);
    points.x.push_back(line);
    points.y.push_back(own.times());
    points.labels.push_back(own.group.label + "\n" + movement_text(answer, own, own.most));
  }
  if (points.x.empty()) return {};
  return {{"How far each row moves the answer",
           "Over the way to the end of an interval, of the quantity that it moves most.",
           {"line of the file", false},
           {"times", false},
           {points, trace(TraceKind::guide, "the end of the interval", {0, last}, {1, 1})}}};
}

std::string answer_sentence(const Influence& answer) {
  if (answer.without.empty()) return "There is nothing to leave out";
  const Without& first = answer.without.front();
  if (std::isnan(first.times())) return "The fit has no intervals to judge movements by";
  return fmt::format("Without {}, {}", first.group.label, movement_text(answer, first, first.most));
}

}  // namespace

Document describe_influence(const Influence& answer) {
  const FitResult& fit = answer.made->fit;
  Document out{"Which runs decide the answer",
               answer_sentence(answer),
               {{"law", printable(fit.law->name)},
                {"formula", printable(fit.law->formula)},
                {"seed", std::to_string(fit.options.seed)}},
               {},
               [&answer] { return charts_of(answer); }};
  out.sections.push_back(
      {"Law and runs",
       {Formula{fit.law->name, fit.law->formula}, run_ranges(answer.made->runs, *fit.law)}});
  out.sections.push_back({"Refits", {Pairs{refit_pairs(answer)}}});
  out.sections.push_back({"By quantity", {quantity_table(answer)}});
  Section groups{"Those that move it most", {without_table(answer)}};
  if (answer.without.size() > kMostShown)
    groups.blocks.push_back(Note{fmt::format("and {} that move it less; the JSON has all",
                                             answer.without.size() - kMostShown),
                                 2, 2});
  out.sections.push_back(std::move(groups));
  add_warnings(answer.warnings, out);
  return out;
}

}  // namespace isoloss
