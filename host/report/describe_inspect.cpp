#include <fmt/format.h>

#include <cmath>

#include "host/base/number_text.h"
#include "host/base/text.h"
#include "host/report/estimate_text.h"
#include "host/report/fitted_law.h"
#include "host/report/inspect.h"

namespace isoloss {
namespace {

Section file_section(const Inspection& answer) {
  const RunTable& runs = answer.runs;
  Section out{"Law and runs",
              {Formula{answer.law.name, answer.law.formula},
               Note{fmt::format("{}: {} of {} kept", printable(runs.path), runs.num_runs(),
                                counted(runs.num_rows_read, "row")),
                    0, 2}}};
  for (const Dropped& dropped : runs.dropped) {
    std::vector<std::string> lines;
    for (const std::size_t line : dropped.lines) lines.push_back(std::to_string(line));
    out.blocks.push_back(Note{
        fmt::format("dropped {}: {} (lines {})", dropped.num_rows, dropped.reason, listed(lines)),
        2, 2});
  }
  return out;
}

std::string unit_of_quantity(const std::string& quantity) {
  if (quantity == "params") return "parameters";
  if (quantity == "tokens") return "tokens";
  if (quantity == "flops") return "FLOP";
  if (quantity == "loss") return "nats per token";
  if (quantity == "run") return "names";
  return "as it stands";
}

// What its numbers are in, and by what they were multiplied.
std::string unit_text(const ColumnUse& use) {
  if (!use.unit.empty()) return "``unit`` " + printable(use.unit);
  if (use.scale != 1) return fmt::format("x {:g}, as its header says", use.scale);
  return unit_of_quantity(use.quantity);
}

Table column_table(const Inspection& answer) {
  Table out{{{"quantity"}, {"read from"}, {"unit"}}};
  for (const ColumnUse& use : answer.runs.columns)
    out.rows.push_back({printable(use.quantity), (use.derived ? "= " : "") + printable(use.source),
                        unit_text(use)});
  return out;
}

std::string range_number(const InspectedRange& range, double value) {
  if (range.is_count) return count_text(value);
  return range.quantity == "flops" ? flops_text(value) : number_text(value);
}

Table range_table(const Inspection& answer) {
  Table out{
      {{"range"}, right({"least"}), right({"median"}), right({"largest"}), right({"different"})}};
  for (const InspectedRange& own : answer.ranges)
    out.rows.push_back({printable(own.symbol),
                        {range_number(own, own.least), own.least},
                        {range_number(own, own.median), own.median},
                        {range_number(own, own.largest), own.largest},
                        {std::to_string(own.num_values), static_cast<double>(own.num_values)}});
  return out;
}

Table determined_table(const Inspection& answer) {
  Table out{{{"quantity"}, {"least squares"}, {"interval"}, {"from these runs"}}};
  for (const Determined& own : answer.quantities) {
    Cell interval("none");
    if (own.interval) interval = {interval_text(*own.interval), Estimate{NAN, {}, own.interval}};
    out.rows.push_back({printable(own.name),
                        {std::isfinite(own.value) ? number_text(own.value) : "none", own.value},
                        interval,
                        determination_name(own.how)});
  }
  return out;
}

std::string sentence_of(const Inspection& answer) {
  return fmt::format("{}: {}", verdict_name(answer.verdict.kind), answer.verdict_text);
}

// Those that the runs leave open or rough, whatever the verdict on all together.
std::string undetermined_text(const Inspection& answer) {
  std::vector<std::string> names;
  for (const Determined& own : answer.quantities)
    if (own.how != Determination::determined)
      names.push_back(fmt::format("{} {}", printable(own.name), determination_name(own.how)));
  const std::size_t num_left_out = answer.runs.num_runs() - answer.num_squared;
  return (names.empty() ? "each quantity is determined" : "by quantity: " + listed(names)) +
         (num_left_out == 0
              ? ""
              : fmt::format("; by least squares without the {}", counted(num_left_out, "outlier")));
}

std::vector<Block> verdict_notes(const Inspection& answer) {
  std::vector<Block> out{Note{sentence_of(answer), 2, 2}};
  if (!answer.quantities.empty()) out.push_back(Note{undetermined_text(answer), 2, 2});
  return out;
}

std::vector<Chart> charts_of(const Inspection& answer) {
  Chart plane = plane_chart(answer);
  if (plane.traces.empty()) return {};
  return {std::move(plane)};
}

}  // namespace

Document describe_inspection(const Inspection& answer) {
  Document out{"What the runs hold",
               sentence_of(answer),
               {{"law", printable(answer.law.name)}, {"formula", printable(answer.law.formula)}},
               {},
               [&answer] { return charts_of(answer); }};
  out.sections.push_back(file_section(answer));
  out.sections.push_back({"Columns", {column_table(answer)}});
  out.sections.push_back({"Ranges", {range_table(answer)}});
  if (Chart plane = plane_chart(answer); !plane.traces.empty())
    out.sections.push_back({"Plane", {Drawing{std::move(plane)}}});
  out.sections.push_back(oddities_section(answer));
  out.sections.push_back({"What can be told", verdict_notes(answer)});
  if (Table own = determined_table(answer); !own.rows.empty()) {
    out.sections.push_back({"What is determined", {std::move(own)}});
    if (answer.clusters)
      out.sections.back().blocks.push_back(Note{
          "of rows as independent, which those of one run are not: as narrow as it can be", 2, 2});
  }
  add_warnings(answer.warnings, out);
  return out;
}

}  // namespace isoloss
