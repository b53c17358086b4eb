#include "host/report/compare_laws.h"

#include <fmt/format.h>

#include <algorithm>
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

std::string name_of(const ComparedLaw& law) { return printable(law.name); }

// "0.31% (0.1 .. 0.5)": by how much more than the best law's.
Cell excess_cell(const ComparedLaw& law, bool is_best) {
  if (!law.error) return "";
  if (is_best) return "best";
  std::string text = fmt::format("+{}", error_text(law.excess.value));
  if (law.excess.interval)
    text += fmt::format(" ({:+#.3g} .. {:+#.3g})", 100 * law.excess.interval->lower,
                        100 * law.excess.interval->upper);
  return {text, law.excess};
}

// An R^2 rounded up to one says too much.
std::string r2_text(double r2) { return std::isnan(r2) ? "none" : fmt::format("{:.4f}", r2); }

Table ranking_table(const CompareLaws& answer) {
  const bool has_within = std::any_of(answer.laws.begin(), answer.laws.end(),
                                      [](const auto& law) { return law.r2_within.has_value(); });
  Table out{{{"law"}, {"off by"}, {"more than the best"}, {"rms log"}, {"mean log"}, {"R^2"}}};
  if (has_within) out.columns.push_back({"R^2 in runs"});
  for (std::size_t i = 0; i < answer.laws.size(); ++i) {
    const ComparedLaw& law = answer.laws[i];
    if (!law.error) {
      out.rows.push_back({name_of(law), "no fit to some of what was left"});
      continue;
    }
    out.rows.push_back({name_of(law),
                        error_cell(law.error->mean_absolute),
                        excess_cell(law, i == 0),
                        error_cell(law.error->rms),
                        {fmt::format("{:+#.3g}%", 100 * law.error->bias), law.error->bias},
                        {r2_text(law.error->r2), law.error->r2}});
    if (law.r2_within) out.rows.back().push_back({r2_text(*law.r2_within), *law.r2_within});
  }
  return out;
}

// Differences: what they are of means nothing.
Section information_section(const CompareLaws& answer) {
  if (!answer.no_information.empty())
    return {"Likelihood", {Note{"no AICc or BIC: " + answer.no_information, 2, 2}}};
  double aicc = INFINITY, bic = INFINITY;
  for (const ComparedLaw& law : answer.laws) {
    if (!law.information) continue;
    aicc = std::fmin(aicc, law.information->aicc);
    bic = std::fmin(bic, law.information->bic);
  }
  Table out{{{"law"}, right({"free"}), {"AICc - least"}, {"weight"}, {"BIC - least"}}};
  const auto above = [](double own, double least) {
    return std::isnan(own) ? Cell("too few runs") : Cell{number_text(own - least), own - least};
  };
  for (const ComparedLaw& law : answer.laws) {
    if (!law.information) continue;
    const Information& own = *law.information;
    out.rows.push_back({name_of(law),
                        {std::to_string(own.num_free), static_cast<double>(own.num_free)},
                        above(own.aicc, aicc),
                        {fmt::format("{:.3f}", own.weight), own.weight},
                        above(own.bic, bic)});
  }
  return {"Likelihood", {Note{"all runs, as independent and with normal errors", 2}, out}};
}

// One fold: its label; several: how many.
std::string title_of_holdout(const CompareLaws& answer, std::size_t holdout) {
  std::string label;
  std::size_t num = 0;
  for (const FoldFit& fold : answer.laws.front().folds)
    if (fold.holdout == holdout && ++num == 1) label = fold.label;
  if (num == 1) return label;
  return fmt::format("{}, {} in turn", answer.question.holdouts[holdout].quantity, num);
}

std::size_t num_held_out(const CompareLaws& answer, std::size_t holdout) {
  std::size_t out = 0;
  for (const FoldFit& fold : answer.laws.front().folds)
    if (fold.holdout == holdout) out += fold.num_held_out;
  return out;
}

Table holdout_table(const CompareLaws& answer) {
  Table out{{{"held out"}, right({"runs"})}};
  for (const ComparedLaw& law : answer.laws) out.columns.push_back({name_of(law)});
  for (std::size_t h = 0; h < answer.question.holdouts.size(); ++h) {
    const std::size_t num = num_held_out(answer, h);
    Cells row{title_of_holdout(answer, h), {std::to_string(num), static_cast<double>(num)}};
    for (const ComparedLaw& law : answer.laws)
      row.push_back(law.by_holdout[h] ? error_cell(law.by_holdout[h]->mean_absolute)
                                      : Cell("no fit"));
    out.rows.push_back(row);
  }
  return out;
}

std::string distance_text(const ErrorAtDistance& own) {
  if (std::isinf(own.below)) return fmt::format("{:g} times and more", own.at_least);
  return fmt::format("{:g} to {:g} times", own.at_least, own.below);
}

// Of the best law's distances, which those of all laws are: they predict the same runs.
Table distance_table(const CompareLaws& answer) {
  Table out{{{"beyond the fitted runs"}, right({"runs"})}};
  for (const ComparedLaw& law : answer.laws)
    if (law.error) out.columns.push_back({name_of(law)});
  const auto& best = answer.laws.front().by_distance;
  for (std::size_t i = 0; i < best.size(); ++i) {
    const auto num = best[i].error.num_runs;
    Cells row{distance_text(best[i]), {std::to_string(num), static_cast<double>(num)}};
    for (const ComparedLaw& law : answer.laws)
      if (law.error) row.push_back(error_cell(law.by_distance[i].error.mean_absolute));
    out.rows.push_back(row);
  }
  return out;
}

Table budget_table(const CompareLaws& answer, std::size_t place) {
  Table out{{{"law"}, {"weight"}, {"N, parameters"}, {"D, tokens"}, {"loss"}}};
  for (const ComparedLaw& law : answer.laws) {
    if (place >= law.answers.size()) continue;
    const std::optional<Answer>& own = law.answers[place];
    const Cell weight{fmt::format("{:.2f}", law.weight), law.weight};
    if (!own) {
      out.rows.push_back({name_of(law), weight, "none"});
      continue;
    }
    out.rows.push_back({name_of(law), weight, estimate_cell(own->N, count_text),
                        estimate_cell(own->D, count_text), estimate_cell(own->loss, loss_text)});
  }
  const MeanAnswer& mean = answer.means[place];
  if (std::isfinite(mean.N.value))
    out.rows.push_back({"all, by weight", "", estimate_cell(mean.N, count_text),
                        estimate_cell(mean.D, count_text), estimate_cell(mean.loss, loss_text)});
  return out;
}

// Why laws have no fit to some of what was left: of each its first reason.
std::vector<Block> failures(const CompareLaws& answer) {
  std::vector<Block> out;
  for (const ComparedLaw& law : answer.laws) {
    const auto failed = std::find_if(law.folds.begin(), law.folds.end(),
                                     [](const FoldFit& fold) { return !fold.failure.empty(); });
    if (failed != law.folds.end())
      out.push_back(Note{
          fmt::format("{} without {}: {}", name_of(law), failed->label, printable(failed->failure)),
          2, 2});
  }
  return out;
}

std::vector<Section> budget_sections(const CompareLaws& answer) {
  std::vector<Section> out;
  for (std::size_t i = 0; i < answer.means.size(); ++i)
    out.push_back({fmt::format("C = {} FLOP", flops_text(answer.question.budgets[i])),
                   {budget_table(answer, i)},
                   true});
  return out;
}

Section passed_section(const CompareLaws& answer) {
  std::string names;
  for (const PassedLaw& own : answer.passed)
    names += (names.empty() ? "" : ", ") + printable(own.name);
  return {"Not compared",
          {Note{"not compared, for what they read or predict is not there: " + names, 2, 2}}};
}

std::vector<Chart> charts_of(const CompareLaws& answer) {
  Chart out{"How far off, by how far beyond",
            "Mean error of the predictions of what was held out.",
            {"held-out run, times the largest run that was fitted", true},
            {"mean error, %", true},
            {}};
  for (const ComparedLaw& law : answer.laws) {
    if (!law.error) continue;
    Trace own = trace(TraceKind::line, name_of(law));
    for (const ErrorAtDistance& at : law.by_distance)
      add_point(at.at_least * std::sqrt(10.0), {100 * at.error.mean_absolute, {}, {}}, own);
    out.traces.push_back(own);
  }
  std::erase_if(out.traces, [](const Trace& own) { return own.x.empty(); });
  return out.traces.empty() ? std::vector<Chart>{} : std::vector<Chart>{out};
}

std::string answer_sentence(const CompareLaws& answer) {
  const ComparedLaw& best = answer.laws.front();
  if (!best.error) return "No law could be fitted to all that was left";
  std::vector<std::string> alike;
  for (std::size_t i = 1; i < answer.laws.size(); ++i)
    if (is_like_the_best(answer.laws[i])) alike.push_back(name_of(answer.laws[i]));
  return fmt::format("{} predicts what was held out best, {} off in the mean{}", name_of(best),
                     error_text(best.error->mean_absolute),
                     alike.empty() ? "" : "; these runs do not tell it from " + listed(alike));
}

}  // namespace

Document describe_compare_laws(const CompareLaws& answer) {
  Document out{"Which law predicts best",
               answer_sentence(answer),
               {{"seed", std::to_string(answer.seed)}},
               {},
               [&answer] { return charts_of(answer); }};
  out.sections.push_back(
      {"Runs",
       {Note{
           fmt::format("{} of {}, {} laws; each is fitted to what is left and predicts what is "
                       "held out",
                       counted(answer.num_runs, "run"), printable(answer.path), answer.laws.size()),
           0, 2}}});
  out.sections.push_back({"Laws", {ranking_table(answer)}});
  out.sections.push_back({"By what was held out", {holdout_table(answer)}});
  if (std::vector<Block> notes = failures(answer); !notes.empty())
    out.sections.push_back({"No fit", std::move(notes)});
  if (answer.laws.front().error && !answer.laws.front().by_distance.empty())
    out.sections.push_back({"By distance", {distance_table(answer)}});
  out.sections.push_back(information_section(answer));
  for (Section& own : budget_sections(answer)) out.sections.push_back(std::move(own));
  if (!answer.passed.empty()) out.sections.push_back(passed_section(answer));
  add_warnings(answer.warnings, out);
  return out;
}

}  // namespace isoloss
