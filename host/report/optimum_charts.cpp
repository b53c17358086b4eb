#include "host/report/optimum_charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "host/report/chart_parts.h"
#include "host/report/slices_chart.h"

namespace isoloss {
namespace {

// Whether demands lie on a logarithmic axis, on which a demand of nothing has no place.
bool has_log_demands(const Optimum& got) {
  const auto is_some = [](const Answer& answer) { return answer.asked > 0; };
  return std::count_if(got.answers.begin(), got.answers.end(), is_some) > 1;
}

// What the answers of a question lie over.
ChartAxis asked_axis(const Optimum& got) {
  const OptimumQuestion& asked = got.question;
  if (asked.kind == QuestionKind::serving)
    return {"tokens served over its life", has_log_demands(got)};
  if (asked.kind == QuestionKind::models) return params_axis();
  if (asked.kind == QuestionKind::overhead) return {"more FLOP, share of the least", false};
  return compute_axis();
}

ChartAxis cost_axis(const Optimum& got) {
  return {got.question.prices.is_money ? "cost, $" : "cost, FLOP", true};
}

double asked_of(const Optimum& got, const Answer& answer) {
  return got.question.kind == QuestionKind::training ? answer.flops.value : answer.asked;
}

bool has_place(const Optimum& got, const Answer& answer) {
  const bool is_nothing = got.question.kind == QuestionKind::serving && answer.asked == 0;
  return answer.end != PlanEnd::none && !(is_nothing && has_log_demands(got));
}

// Of answers that have a place on the axis, along it.
Trace trace_of(const char* name, const Optimum& got, Estimate Answer::*of) {
  const bool is_order = got.question.kind != QuestionKind::models;
  std::vector<const Answer*> answers;
  for (const Answer& answer : got.answers)
    if (has_place(got, answer)) answers.push_back(&answer);
  std::stable_sort(answers.begin(), answers.end(), [&](const Answer* a, const Answer* b) {
    return asked_of(got, *a) < asked_of(got, *b);
  });
  Trace out = trace(is_order ? TraceKind::line : TraceKind::points, name);
  for (const Answer* answer : answers) add_point(asked_of(got, *answer), answer->*of, out);
  keep_whole_intervals(out);
  return out;
}

// What is best where nothing is served, beside the other demands.
void add_unserved(const Optimum& got, Estimate Answer::*of, Chart& out) {
  if (got.question.kind != QuestionKind::serving || out.traces[0].x.empty()) return;
  const std::vector<double>& x = out.traces[0].x;
  for (const Answer& answer : got.answers)
    if (answer.end != PlanEnd::none && !has_place(got, answer))
      out.traces.push_back(trace(TraceKind::guide, "nothing served", {x.front(), x.back()},
                                 {(answer.*of).value, (answer.*of).value}));
}

Chart chart_of(const char* title, const Optimum& got, const ChartAxis& y, Estimate Answer::*of) {
  Chart out{title, "", asked_axis(got), y, {trace_of("the best plan", got, of)}};
  if (got.question.kind == QuestionKind::models) out.traces[0].name = "models";
  add_unserved(got, of, out);
  if (!out.traces[0].interval.empty()) out.note = "Shaded: intervals from the law's draws.";
  return out;
}

// The best size of each budget, and around it those that lose little more.
Chart flat_chart(const Optimum& got) {
  Chart out{"What a flat optimum means",
            "Shaded: the sizes that the same budget trains to a loss so near the least.",
            asked_axis(got),
            params_axis(),
            {}};
  for (std::size_t i = 0; i < got.question.plans.flat_shares.size(); ++i) {
    const double percent = 100 * got.question.plans.flat_shares[i];
    Trace own = trace(TraceKind::line, fmt::format("within {:g}%", percent));
    for (const Answer& answer : got.answers)
      if (i < answer.flat_ranges.size()) {
        const FlatRange& range = answer.flat_ranges[i];
        add_point(answer.flops.value,
                  {answer.N.value, {}, Interval{range.least_N.value, range.most_N.value}}, own);
      }
    keep_whole_intervals(own);
    out.traces.push_back(std::move(own));
  }
  return out;
}

// At the asked budgets, and at those of the runs where the law was fitted to some.
std::vector<Chart> isoflop_chart(const FittedLaw& law, const Optimum& got) {
  const SlicedLaw sliced{law.law, law.theta(), law.flops_per_token_param};
  const bool is_plain = got.question.kind == QuestionKind::training && !got.cost &&
                        got.question.plans.held.empty() && sliced.is_of_sizes();
  if (!is_plain || law.status == Status::not_identifiable) return {};
  std::vector<Slice> slices;
  if (law.made && law.law.optimum != nullptr) slices = slices_of(law.made->runs, law.made->fit);
  std::erase_if(slices, [](const Slice& slice) { return slice.runs.x.empty(); });
  for (const Answer& answer : got.answers)
    if (answer.end == PlanEnd::interior)
      slices.push_back({answer.flops.value, answer.N, answer.loss});
  return slices_chart(sliced, std::move(slices));
}

}  // namespace

std::vector<Chart> optimum_charts(const FittedLaw& law, const Optimum& got) {
  const OptimumQuestion& asked = got.question;
  std::vector<Chart> out;
  const auto add = [&](Chart chart, std::vector<Trace> (*published)(const std::vector<double>&)) {
    const std::vector<double> x = chart.traces[0].x;
    if (x.size() < 2) return;
    if (published != nullptr && asked.kind == QuestionKind::training)
      for (Trace& own : published(x)) chart.traces.push_back(std::move(own));
    out.push_back(std::move(chart));
  };
  if (asked.kind != QuestionKind::models)
    add(chart_of("How large a model to train", got, params_axis(), &Answer::N), published_sizes);
  if (asked.kind == QuestionKind::training && !asked.plans.flat_shares.empty())
    add(flat_chart(got), nullptr);
  add(chart_of("On how many tokens", got, tokens_axis(), &Answer::D), published_tokens);
  if (asked.kind == QuestionKind::serving && asked.quality.given != Given::cost)
    add(chart_of("What it costs to train and to serve", got, cost_axis(got), &Answer::cost),
        nullptr);
  else
    add(chart_of("The loss that it reaches", got, loss_axis(), &Answer::loss), nullptr);
  if (asked.kind == QuestionKind::serving)
    add(chart_of("On how many tokens a parameter", got, {"tokens per parameter, D / N", true},
                 &Answer::tokens_per_param),
        nullptr);
  for (Chart& chart : isoflop_chart(law, got)) out.push_back(std::move(chart));
  return out;
}

}  // namespace isoloss
