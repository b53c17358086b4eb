#include "host/report/isoflop.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "fits/math.h"
#include "host/base/number_text.h"
#include "host/base/text.h"
#include "host/report/chart_parts.h"
#include "host/report/estimate_text.h"
#include "host/report/fitted_law.h"
#include "host/report/isoflop_parts.h"

namespace isoloss {
namespace {

bool is_compute(const Isoflop& of) { return of.question.budget.empty(); }

std::string budget_name(const Isoflop& of) {
  return is_compute(of) ? "C, FLOP" : printable(of.question.budget);
}

// Parameters and tokens by their letters, any other column by its name.
std::string size_name(const Isoflop& of) {
  if (of.question.size == "params") return "N, parameters";
  if (of.question.size == "tokens") return "D, tokens";
  return printable(of.question.size);
}

std::string other_name(const Isoflop& of) {
  return of.question.size == "params" ? "D, tokens" : "N, parameters";
}

std::string letter(const Isoflop& of) {
  if (of.question.size == "params") return "N";
  if (of.question.size == "tokens") return "D";
  return printable(of.question.size);
}

Table budget_table(const Isoflop& answer) {
  Table out{{{budget_name(answer)}, right({"runs"}), {"best " + size_name(answer)}, {"loss"}}};
  const bool has_surface = answer.surface.has_value();
  if (has_surface) out.columns.push_back({"by the surface"});
  for (const IsoflopBudget& own : answer.budgets) {
    Cells row{{flops_text(own.budget), own.budget},
              {std::to_string(own.num_runs), static_cast<double>(own.num_runs)}};
    if (own.fault != SliceFault::none) {
      row.emplace_back(fmt::format("left out: {}", fault_text(own.fault)));
      out.rows.push_back(row);
      continue;
    }
    row.push_back(estimate_cell(own.size, count_text));
    row.push_back(estimate_cell(own.loss, loss_text));
    if (has_surface)
      row.push_back(own.surface_size ? Cell{count_text(*own.surface_size), *own.surface_size}
                                     : Cell("none"));
    out.rows.push_back(row);
  }
  return out;
}

std::string law_line(const Isoflop& answer) {
  const Estimate& a = answer.law.exponent;
  return fmt::format("{} = {} C^{:.4f}{}", letter(answer),
                     number_text(answer.law.coefficient.value), a.value, range_text(a, 3));
}

Pairs law_pairs(const Isoflop& answer) {
  Pairs out{{{"power law", law_line(answer)}}};
  if (answer.surface) {
    const auto& fit = answer.surface->made->fit;
    const Estimate& a = answer.question.size == "tokens" ? fit.D_exponent : fit.N_exponent;
    if (std::isfinite(a.value))
      out.pairs.push_back(
          {"surface",
           fmt::format("{} ~ C^{:.4f}{} at the largest run, by {} fitted "
                       "to the same runs",
                       letter(answer), a.value, range_text(a, 3), answer.surface->law.name)});
  }
  if (answer.bias)
    out.pairs.push_back(
        {"bias",
         fmt::format("{:+.4f} in the exponent: what the method makes of this design on that "
                     "surface without noise",
                     answer.bias->exponent)});
  out.pairs.push_back(
      {"intervals",
       answer.num_resamples > 0
           ? fmt::format("{}, residuals of the curves drawn anew, {} times, seed {}",
                         confidence_text(answer.confidence), answer.num_resamples, answer.seed)
           : "none: the curves leave no residuals, or none were asked"});
  return out;
}

Table plan_table(const Isoflop& answer) {
  const bool has_other = answer.plans.front().other.has_value();
  Table out{{{budget_name(answer)}, {size_name(answer)}}};
  if (has_other) out.columns.push_back({other_name(answer)});
  if (answer.surface) out.columns.push_back({"by the surface"});
  if (answer.bias) out.columns.push_back({"bias"});
  for (std::size_t i = 0; i < answer.plans.size(); ++i) {
    const IsoflopPlan& plan = answer.plans[i];
    Cells row{{flops_text(plan.budget), plan.budget}, estimate_cell(plan.size, count_text)};
    if (has_other) row.push_back(estimate_cell(*plan.other, count_text));
    if (answer.surface)
      row.push_back(plan.surface_size ? estimate_cell(*plan.surface_size, count_text)
                                      : Cell("none"));
    if (answer.bias)
      row.push_back(std::isfinite(answer.bias->factor[i])
                        ? Cell{fmt::format("{:+.1f}%", 100 * (answer.bias->factor[i] - 1)),
                               answer.bias->factor[i] - 1}
                        : Cell("none"));
    out.rows.push_back(row);
  }
  return out;
}

Trace runs_of_budget(const Isoflop& answer, const IsoflopBudget& own) {
  const std::string budget = flops_text(own.budget);
  Trace out = trace(TraceKind::points, "runs of " + budget, own.run_size, own.run_loss);
  for (std::size_t i = 0; i < own.run_size.size(); ++i)
    out.labels.push_back(fmt::format("{} {}\n{} {}  loss {}", budget_name(answer), budget,
                                     letter(answer), count_text(own.run_size[i]),
                                     loss_text(own.run_loss[i])));
  return out;
}

// The runs of each budget, their curve and its least.
Chart slices_chart(const Isoflop& answer) {
  Chart out{"The runs of each budget",
            "A line goes through the runs of one budget and is least at its best model.",
            {size_name(answer), true},
            loss_axis(),
            {}};
  Trace best = trace(TraceKind::points, "best models");
  for (const IsoflopBudget& own : answer.budgets) {
    Trace runs = runs_of_budget(answer, own);
    if (!own.curve_size.empty()) {
      runs.with = out.traces.size();
      out.traces.push_back(
          trace(TraceKind::line, flops_text(own.budget), own.curve_size, own.curve_loss));
    }
    out.traces.push_back(std::move(runs));
    if (own.fault != SliceFault::none) continue;
    add_point(own.size.value, {own.loss.value, {}, {}}, best);
    if (own.size.interval) best.x_interval.push_back(*own.size.interval);
  }
  keep_whole_intervals(best);
  out.traces.push_back(best);
  return out;
}

std::vector<Chart> charts_of(const Isoflop& answer) {
  Chart out{"The best size of each budget",
            "The line is the power law through the budgets that have a best model.",
            compute_axis(),
            {size_name(answer), true},
            {}};
  if (!is_compute(answer)) out.x = {printable(answer.question.budget), true};
  Trace measured = trace(TraceKind::points, "best of each budget");
  Trace surface = trace(TraceKind::points, "by the surface");
  double least = INFINITY, most = 0;
  for (const IsoflopBudget& own : answer.budgets) {
    least = std::fmin(least, own.budget);
    most = std::fmax(most, own.budget);
    if (own.fault != SliceFault::none) continue;
    add_point(own.budget, own.size, measured);
    if (own.surface_size) add_point(own.budget, {*own.surface_size, {}, {}}, surface);
  }
  for (const IsoflopPlan& plan : answer.plans) most = std::fmax(most, plan.budget);
  keep_whole_intervals(measured);
  Trace line = trace(TraceKind::line, "power law");
  for (const double budget : log_spaced(least, most, 40))
    add_point(budget,
              {answer.law.coefficient.value *
                   isoloss::exp(answer.law.exponent.value * isoloss::log(budget)),
               {},
               {}},
              line);
  out.traces = {measured, line};
  if (!surface.x.empty()) out.traces.push_back(surface);
  return {slices_chart(answer), out};
}

std::string answer_sentence(const Isoflop& answer) {
  return fmt::format("The best {} grows as C^{:.3f}{}", letter(answer), answer.law.exponent.value,
                     range_text(answer.law.exponent, 3));
}

}  // namespace

std::string range_text(const Estimate& estimate, int digits) {
  if (!estimate.interval) return "";
  return fmt::format(" ({:.{}f} .. {:.{}f})", estimate.interval->lower, digits,
                     estimate.interval->upper, digits);
}

Document describe_isoflop(const Isoflop& answer) {
  Document out{"Approach 2: the best model of each budget",
               answer_sentence(answer),
               {{"curve", std::string(name_of(answer.question.curve))},
                {"seed", std::to_string(answer.seed)}},
               {},
               [&answer] { return charts_of(answer); }};
  out.sections.push_back(
      {"Runs",
       {Note{fmt::format("{} of {}: a {} in log {} at each, a power law through {} of them",
                         counted(answer.budgets.size(), "budget"), printable(answer.path),
                         name_of(answer.question.curve), letter(answer), answer.num_used),
             0, 2}}});
  out.sections.push_back({"Budgets", {budget_table(answer)}});
  out.sections.push_back({"The power law", {law_pairs(answer)}});
  if (!answer.plans.empty()) out.sections.push_back({"What to train", {plan_table(answer)}});
  add_warnings(answer.warnings, out);
  return out;
}

}  // namespace isoloss
