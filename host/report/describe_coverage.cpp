#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/base/number_text.h"
#include "host/base/text.h"
#include "host/report/chart_parts.h"
#include "host/report/coverage.h"
#include "host/report/estimate_text.h"
#include "host/report/fitted_law.h"

namespace isoloss {
namespace {

// Those that any quantity has.
std::vector<IntervalMethod> methods_of(const Coverage& answer) {
  std::vector<IntervalMethod> out;
  for (const IntervalMethod method : kIntervalMethods)
    if (std::any_of(answer.rows.begin(), answer.rows.end(),
                    [&](const CoverageRow& row) { return row.by(method) != nullptr; }))
      out.push_back(method);
  return out;
}

Cell share_cell(const CoverageShare* own) {
  if (own == nullptr) return "";
  return {fmt::format("{:.1f}", 100 * own->share), Estimate{own->share, own->share_error, {}}};
}

Table coverage_table(const Coverage& answer) {
  const std::vector<IntervalMethod> methods = methods_of(answer);
  Table out{{{"quantity"}}};
  for (const IntervalMethod method : methods) {
    out.columns.push_back(right({std::string(name_of(method))}));
    out.columns.back().is_optional = method != IntervalMethod::percentile;
  }
  for (const CoverageRow& row : answer.rows) {
    Cells cells{row.quantity};
    for (const IntervalMethod method : methods) cells.push_back(share_cell(row.by(method)));
    out.rows.push_back(cells);
  }
  return out;
}

Cell value_cell(const CoverageRow& row, double x) {
  if (!std::isfinite(x)) return {"none", x};
  if (!row.is_count) return {number_text(x), x};
  return {(x < 0 ? "-" : "") + count_text(std::fabs(x)), x};
}

Table error_table(const Coverage& answer) {
  Table out{{{"quantity"}, right({"truth"}), right({"bias"}), right({"RMSE"}), right({"width"})}};
  for (const CoverageRow& row : answer.rows) {
    Cells cells{row.quantity, value_cell(row, row.truth), value_cell(row, row.bias),
                value_cell(row, row.rmse)};
    if (const CoverageShare* own = row.by(IntervalMethod::percentile))
      cells.push_back(value_cell(row, own->median_width));
    out.rows.push_back(cells);
  }
  return out;
}

int num_fitted(const Coverage& answer) {
  return answer.question.num_sets - answer.num_without_fit - answer.num_withheld;
}

// That a quantity has an interval by a method in.
int fewest_sets(const Coverage& answer, IntervalMethod method) {
  int out = num_fitted(answer);
  for (const CoverageRow& row : answer.rows)
    if (const CoverageShare* own = row.by(method)) out = std::min(out, own->num_sets);
  return out;
}

// Of a share at the confidence, in percent.
double chance_of(const Coverage& answer) {
  return 100 * std::sqrt(answer.confidence * (1 - answer.confidence) / answer.question.num_sets);
}

std::string sets_sentence(const Coverage& answer) {
  return fmt::format(
      "{} sets of {} runs, each refitted {} times, seed {}; chance alone moves a "
      "figure by {:.1f}",
      answer.question.num_sets, answer.num_runs, answer.num_resamples, answer.seed,
      chance_of(answer));
}

std::vector<Block> notes(const Coverage& answer) {
  std::vector<Block> out{
      Note{sets_sentence(answer), 2, 2},
      Note{answer.by_run
               ? fmt::format("{} runs are resampled, rows of a run together", answer.num_units)
               : "rows are resampled one by one, as independent",
           2, 2}};
  if (answer.num_unsound > 0)
    out.push_back(
        Note{fmt::format("{} fits did not end sound; they count all the same", answer.num_unsound),
             2, 2});
  if (answer.num_without_fit > 0)
    out.push_back(Note{fmt::format("{} sets could not be fitted", answer.num_without_fit), 2, 2});
  for (const IntervalMethod method : methods_of(answer))
    if (const int least = fewest_sets(answer, method); least < num_fitted(answer))
      out.push_back(Note{fmt::format("{}: one quantity has an interval in {} of {} sets only",
                                     name_of(method), least, num_fitted(answer)),
                         2, 2});
  if (answer.num_withheld > 0)
    out.push_back(
        Note{fmt::format("{} fits gave no intervals of the bootstrap", answer.num_withheld), 2, 2});
  if (answer.share_not_converged > 0)
    out.push_back(Note{
        fmt::format("{} of the refits did not converge", share_text(answer.share_not_converged)), 2,
        2});
  return out;
}

std::vector<Chart> charts_of(const Coverage& answer) {
  Chart out{"How often intervals hold the truth",
            "With two standard errors of the simulation.",
            {"quantity", false},
            {"sets whose interval holds the truth, %", false},
            {}};
  for (const CoverageRow& row : answer.rows) out.x.names.push_back(printable(row.quantity));
  for (const IntervalMethod method : methods_of(answer)) {
    Trace own = trace(TraceKind::points, std::string(name_of(method)));
    for (std::size_t i = 0; i < answer.rows.size(); ++i) {
      const CoverageShare* share = answer.rows[i].by(method);
      if (share == nullptr) continue;
      const double at = 100 * share->share, error = 200 * share->share_error;
      add_point(static_cast<double>(i + 1), {at, {}, Interval{at - error, at + error}}, own);
      own.labels.push_back(
          fmt::format("{}\n{}: {:.1f}%", answer.rows[i].quantity, name_of(method), at));
    }
    keep_whole_intervals(own);
    if (!own.x.empty()) out.traces.push_back(own);
  }
  if (out.traces.empty()) return {};
  const double promised = 100 * answer.confidence;
  out.traces.push_back(
      trace(TraceKind::guide, "promised", {1.0, double(answer.rows.size())}, {promised, promised}));
  return {out};
}

std::string answer_sentence(const Coverage& answer) {
  double least = INFINITY, most = -INFINITY;
  for (const CoverageRow& row : answer.rows)
    if (const CoverageShare* own = row.by(IntervalMethod::percentile)) {
      least = std::fmin(least, 100 * own->share);
      most = std::fmax(most, 100 * own->share);
    }
  if (!(least <= most)) return "No set gave an interval of the bootstrap";
  return fmt::format("{} intervals hold the truth in {:.1f} to {:.1f}% of the sets",
                     confidence_text(answer.confidence), least, most);
}

}  // namespace

Document describe_coverage(const Coverage& answer) {
  const FittedLaw& truth = *answer.question.truth;
  Document out{"How often intervals hold the truth",
               answer_by(truth, answer_sentence(answer)),
               {{"law", truth.law.formula},
                {"noise", noise_text(answer.question.noise)},
                {"seed", std::to_string(answer.seed)}},
               {},
               [&answer] { return charts_of(answer); }};
  out.sections.push_back(
      {"Truth",
       {Formula{truth.law.name, truth.law.formula},
        Note{fmt::format("the truth is {}; noise {}, on the design of {}", truth.title,
                         noise_text(answer.question.noise), printable(answer.path)),
             2, 2}}});
  out.sections.push_back(
      {fmt::format("Sets whose {} interval holds the truth, %", confidence_text(answer.confidence)),
       {coverage_table(answer)},
       true});
  out.sections.push_back({"Errors of the estimates; median width of the percentile interval",
                          {error_table(answer)},
                          true});
  out.sections.push_back({"Simulation", notes(answer)});
  add_warnings(answer.warnings, out);
  return out;
}

}  // namespace isoloss
