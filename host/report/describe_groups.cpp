#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/base/number_text.h"
#include "host/base/text.h"
#include "host/report/chart_parts.h"
#include "host/report/estimate_text.h"
#include "host/report/fitted_law.h"
#include "host/report/groups.h"

namespace isoloss {
namespace {

bool is_shared(const Groups& answer, const std::string& name) {
  const std::vector<std::string>& shared = answer.question.shared;
  return std::find(shared.begin(), shared.end(), name) != shared.end();
}

Cell param_cell(const GroupFit& group, std::size_t k) {
  if (!group.law) return "no fit";
  const ParamEstimate& own = group.params[k];
  Cell out = estimate_cell(own, number_text);
  if (own.at_bound) out.text += ", at its bound";
  if (own.fixed) out.text += ", fixed";
  return out;
}

// A row a parameter; one that is shared spans the groups.
Table params_table(const Groups& answer) {
  Table out{{untitled("parameter")}};
  for (const GroupFit& group : answer.groups) out.columns.push_back({printable(group.group)});
  for (std::size_t k = 0; k < answer.law.params.size(); ++k) {
    const std::string& name = answer.law.params[k].name;
    Cells row{name};
    for (const GroupFit& group : answer.groups) {
      row.push_back(param_cell(group, k));
      if (is_shared(answer, name)) break;
    }
    if (is_shared(answer, name)) row.back().text += ", shared";
    out.rows.push_back(row);
  }
  return out;
}

Cell count_cell(std::size_t num) { return {std::to_string(num), static_cast<double>(num)}; }

Table groups_table(const Groups& answer) {
  Table out{{{"group"}, right({"runs"}), {"objective alone"}}};
  if (!answer.joint) out.columns.push_back({"status"});
  for (const GroupFit& own : answer.groups) {
    Cells row{printable(own.group), count_cell(own.num_runs)};
    if (std::isnan(own.objective)) {
      row.push_back("no fit");
    } else {
      row.push_back({fmt::format("{:.6e}", own.objective), own.objective});
      if (!answer.joint) row.push_back(std::string(status_name(own.law->status)));
    }
    out.rows.push_back(row);
  }
  return out;
}

// By how much the groups together fit worse for what they share.
Note joint_note(const Groups& answer) {
  double apart = 0;
  for (const GroupFit& own : answer.groups) apart += own.objective;
  std::string text = fmt::format("together, {} free parameters: objective {:.6e}",
                                 answer.joint->num_params, answer.joint->objective);
  if (std::isfinite(apart)) text += fmt::format(", alone the sum is {:.6e}", apart);
  return {text, 2, 2};
}

std::vector<Block> failures(const Groups& answer) {
  std::vector<Block> out;
  for (const GroupFit& own : answer.groups)
    if (!own.failure.empty())
      out.push_back(
          Note{fmt::format("{}: {}", printable(own.group), printable(own.failure)), 2, 2});
  return out;
}

// 0.83, 1.00, 17.9.
std::string times_text(double x) {
  return x >= 0.1 && x < 10 ? fmt::format("{:.2f}", x) : ratio_text(x);
}

Table ratio_table(const Groups& answer) {
  Table out{{{"group"}, {"than"}, {"C, FLOP"}, {"loss"}, {"of that compute"}}};
  for (const ComputeRatio& own : answer.ratios)
    out.rows.push_back({printable(own.group),
                        printable(own.than),
                        {flops_text(own.budget), own.budget},
                        estimate_cell(own.loss, loss_text),
                        estimate_cell(own.ratio, times_text)});
  return out;
}

std::string ratio_sentence(const ComputeRatio& own) {
  return fmt::format("{} needs {} of {}'s compute for the same loss, at {} FLOP",
                     printable(own.group), estimate_text(own.ratio, times_text),
                     printable(own.than), flops_text(own.budget));
}

std::string answer_sentence(const Groups& answer) {
  for (const ComputeRatio& own : answer.ratios)
    if (std::isfinite(own.ratio.value)) return ratio_sentence(own);
  return fmt::format("{} fitted to {} groups", answer.law.name, answer.groups.size());
}

// Resamples whose intervals are withheld make none.
bool has_intervals(const Groups& answer) {
  for (const GroupFit& group : answer.groups)
    for (const ParamEstimate& own : group.params)
      if (own.interval) return true;
  return false;
}

std::string shared_text(const Groups& answer) {
  if (!answer.joint) return "each fitted alone";
  return "one fit, " + listed(answer.question.shared) + " shared";
}

std::vector<Chart> charts_of(const Groups& answer) {
  if (answer.ratios.empty()) return {};
  Chart out{"Compute for the same loss",
            "Of the compute that " + printable(answer.ratios.front().than) + " needs.",
            compute_axis(),
            {"share of that compute", true},
            {}};
  for (const ComputeRatio& own : answer.ratios) {
    if (out.traces.empty() || out.traces.back().name != printable(own.group))
      out.traces.push_back(trace(TraceKind::line, printable(own.group)));
    add_point(own.budget, own.ratio, out.traces.back());
  }
  for (Trace& own : out.traces) keep_whole_intervals(own);
  return out.traces.empty() ? std::vector<Chart>{} : std::vector<Chart>{out};
}

}  // namespace

Document describe_groups(const Groups& answer) {
  Document out{fmt::format("Fits of {} by {}", answer.law.name, printable(answer.question.by)),
               answer_sentence(answer),
               {{"law", fmt::format("{}: {}", answer.law.name, answer.law.formula)},
                {"seed", std::to_string(answer.seed)}},
               {},
               [&answer] { return charts_of(answer); }};
  out.sections.push_back(
      {"Law and runs",
       {Formula{answer.law.name, answer.law.formula},
        Note{fmt::format("{} of {}, {} groups by {}: {}", counted(answer.num_runs, "run"),
                         printable(answer.path), answer.groups.size(),
                         printable(answer.question.by), shared_text(answer)),
             2, 2}}});
  Section groups{"Groups", {groups_table(answer)}};
  if (answer.joint) groups.blocks.push_back(joint_note(answer));
  for (Block& own : failures(answer)) groups.blocks.push_back(std::move(own));
  out.sections.push_back(std::move(groups));
  out.sections.push_back({"Parameters", {params_table(answer)}});
  if (!answer.ratios.empty()) {
    out.sections.push_back({"Compute for the same loss", {ratio_table(answer)}, true});
    out.sections.push_back({"In words", {Note{answer_sentence(answer), 2, 2}}});
  }
  if (has_intervals(answer))
    out.sections.push_back(
        {"How it was fitted",
         {Note{fmt::format("intervals {}, bootstrap, {} resamples, seed {}",
                           confidence_text(answer.confidence), answer.num_resamples, answer.seed),
               2, 2}}});
  add_warnings(answer.warnings, out);
  return out;
}

}  // namespace isoloss
