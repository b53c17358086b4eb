#include <fmt/format.h>

#include "host/base/number_text.h"
#include "host/base/text.h"
#include "host/report/best_pair.h"
#include "host/report/chart_parts.h"
#include "host/report/estimate_text.h"
#include "host/report/fitted_law.h"

namespace isoloss {
namespace {

std::string shown_name(const PairQuantity& quantity) { return printable(quantity.column); }

Table pair_table(const BestPair& got) {
  Table out{{{"cost"}, {shown_name(got.first)}, {shown_name(got.second)}, {"loss"}}};
  for (const PairAnswer& answer : got.answers) {
    const Cell budget{flops_text(answer.budget), answer.budget};
    if (answer.is_none)
      out.rows.push_back({budget, "none"});
    else
      out.rows.push_back({budget, estimate_cell(answer.first, count_text),
                          estimate_cell(answer.second, count_text),
                          estimate_cell(answer.loss, loss_text)});
  }
  return out;
}

Trace trace_of(const BestPair& got, const PairQuantity& quantity, Estimate PairAnswer::*best) {
  Trace out = trace(TraceKind::line, shown_name(quantity));
  for (const PairAnswer& answer : got.answers)
    if (!answer.is_none) add_point(answer.budget, answer.*best, out);
  keep_whole_intervals(out);
  return out;
}

// One budget has no line.
std::vector<Chart> pair_charts(const BestPair& got) {
  if (got.answers.size() < 2) return {};
  return {Chart{"The best pair",
                "Of all pairs of one cost, that of the least loss.",
                {"cost", true},
                {"quantity", true},
                {trace_of(got, got.first, &PairAnswer::first),
                 trace_of(got, got.second, &PairAnswer::second)}}};
}

std::string pair_sentence(const BestPair& got) {
  const PairAnswer& answer = got.answers.front();
  if (answer.is_none) return "There is no best pair within the law's range";
  return fmt::format("For a cost of {}, {} {} and {} {}", flops_text(answer.budget),
                     shown_name(got.first), count_text(answer.first.value), shown_name(got.second),
                     count_text(answer.second.value));
}

}  // namespace

Document describe_best_pair(const FittedLaw& law, const BestPair& got) {
  Document out{
      "What to train", answer_by(law, pair_sentence(got)), methods_of(law), {law_section(law)}, {}};
  std::vector<Pair> pairs{{"cost", printable(got.question.cost)}};
  for (const auto& [name, value] : got.question.held)
    pairs.push_back({"held", fmt::format("{} {}", printable(name), count_text(value))});
  out.sections.push_back({"Answers", {Pairs{std::move(pairs)}, pair_table(got)}});
  add_warnings(got.warnings, out);
  out.charts = [&got] { return pair_charts(got); };
  return out;
}

}  // namespace isoloss
