#include <fmt/format.h>

#include "host/base/number_text.h"
#include "host/report/chart_parts.h"
#include "host/report/synthetic.h"

namespace isoloss {
namespace {

// A line for each budget, and beside it the loss of the same budget without generation.
Chart generated_chart(const Synthetic& got) {
  Chart out{"What generated tokens do to the loss",
            "At equal compute: what is generated is not spent on training. Thin: nothing "
            "generated.",
            {"generated tokens", true},
            loss_axis(),
            {}};
  for (const SyntheticAnswer& own : got.answers) {
    if (own.curve_generated.size() < 2) continue;
    const std::size_t place = out.traces.size();
    out.traces.push_back(trace(TraceKind::line, fmt::format("{} FLOP", flops_text(own.budget)),
                               own.curve_generated, own.curve_loss));
    const double loss = own.without.loss.value;
    out.traces.push_back(trace(TraceKind::guide, "nothing generated",
                               {own.curve_generated.front(), own.curve_generated.back()},
                               {loss, loss}));
    out.traces.back().with = place;
  }
  return out;
}

using OfBudget = Estimate (*)(const SyntheticAnswer&);

// Over budgets; one has no line.
void add_budgets(const Synthetic& got, const char* title, ChartAxis y, OfBudget of,
                 std::vector<Chart>& out) {
  Trace own = trace(TraceKind::line, "the best plan");
  for (const SyntheticAnswer& answer : got.answers)
    if (answer.end != PlanEnd::none) add_point(answer.budget, of(answer), own);
  keep_whole_intervals(own);
  if (own.x.size() < 2) return;
  const char* note = own.interval.empty() ? "" : "Shaded: intervals from the samples.";
  out.push_back({title, note, compute_axis(), std::move(y), {std::move(own)}});
}

}  // namespace

std::vector<Chart> synthetic_charts(const Synthetic& got) {
  std::vector<Chart> out;
  if (Chart own = generated_chart(got); !own.traces.empty()) out.push_back(std::move(own));
  add_budgets(
      got, "How much of the budget goes into generation", {"share of the budget", false},
      [](const SyntheticAnswer& own) { return own.share; }, out);
  if (got.weighing != Weighing::by_generation)
    add_budgets(
        got, "What a generated token must be worth to pay", {"real tokens", false},
        [](const SyntheticAnswer& own) { return *own.break_even; }, out);
  return out;
}

}  // namespace isoloss
