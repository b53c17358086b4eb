#include "host/base/number_text.h"
#include "host/report/chart_parts.h"
#include "host/report/thinking.h"

namespace isoloss {
namespace {

Trace samples_trace(const Thinking& got, const ThinkingAnswer& answer,
                    Estimate SampledModel::*quantity) {
  Trace out = trace(TraceKind::line, thinking_demand_text(got, answer.asked));
  for (const SampledModel& own : answer.models)
    if (own.end != PlanEnd::none) add_point(own.samples, own.*quantity, out);
  keep_whole_intervals(out);
  return out;
}

// With intervals where they do not lie over each other.
Chart samples_chart(const Thinking& got, const char* title, const char* note, const ChartAxis& y,
                    Estimate SampledModel::*quantity) {
  Chart out{title, note, {"samples a query", true}, y, {}};
  for (const ThinkingAnswer& answer : got.answers) {
    Trace own = samples_trace(got, answer, quantity);
    if (got.answers.size() > 1) own.interval.clear();
    if (own.x.size() > 1) out.traces.push_back(std::move(own));
  }
  return out;
}

}  // namespace

std::string thinking_demand_text(const Thinking& got, double demand) {
  return count_text(demand) + (got.question.query ? " queries" : " tokens");
}

std::vector<Chart> thinking_charts(const Thinking& got) {
  const bool is_money = got.question.serving.prices.is_money;
  std::vector<Chart> out;
  for (Chart& own :
       std::vector{samples_chart(got, "What so many samples cost",
                                 "Of models that are as accurate: training, serving and sampling.",
                                 {is_money ? "cost, $" : "cost, FLOP", true}, &SampledModel::cost),
                   samples_chart(got, "How large a model to sample so often",
                                 "The cheapest of those that are as accurate.", params_axis(),
                                 &SampledModel::N)})
    if (!own.traces.empty()) out.push_back(std::move(own));
  return out;
}

}  // namespace isoloss
