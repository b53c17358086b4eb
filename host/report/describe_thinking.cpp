#include <fmt/format.h>

#include <cmath>

#include "host/base/number_text.h"
#include "host/base/text.h"
#include "host/report/estimate_text.h"
#include "host/report/fitted_law.h"
#include "host/report/optimum_parts.h"
#include "host/report/thinking.h"

namespace isoloss {
namespace {

using NumberText = std::string (*)(double);

std::string dollar_text(double x) { return "$" + count_text(x); }
NumberText cost_text_of(const Thinking& got) {
  return got.question.serving.prices.is_money ? dollar_text : flops_text;
}
std::string cost_title(const Thinking& got) {
  const Prices& prices = got.question.serving.prices;
  return prices.is_money ? "cost" : prices.are_given() ? "cost, FLOP" : "all FLOP";
}
std::string demand_title(const Thinking& got) { return got.question.query ? "queries" : "tokens"; }

// An estimate whose interval the text has no room for.
Cell value_cell(const Estimate& estimate, NumberText text) {
  return {std::isfinite(estimate.value) ? text(estimate.value) : "none", estimate};
}
Cell sized_cell(const Estimate& N, PlanEnd end, bool is_brief) {
  const std::string text = is_brief ? count_text(N.value) : estimate_text(N, count_text);
  return {text + (end == PlanEnd::at_max_params ? " (limit)" : ""), N};
}

// "16 (72.3%)": the share of the draws that choose as many.
Cell best_samples_cell(const ThinkingAnswer& answer) {
  const SampledModel& best = answer.models[*answer.best];
  const std::string share =
      answer.N.interval ? fmt::format(" ({})", share_text(best.share_best)) : "";
  return {fmt::format("{:g}", best.samples) + share, best.samples};
}

Table best_table(const FittedLaw& law, const Thinking& got) {
  Table out{{{demand_title(got)},
             {"samples"},
             {params_title(law)},
             {"D, tokens"},
             {cost_title(got)},
             {"saving"},
             optional({"than optimal"})}};
  for (const ThinkingAnswer& own : got.answers) {
    const Cell asked{count_text(own.asked), own.asked};
    if (own.best)
      out.rows.push_back(
          {asked, best_samples_cell(own), sized_cell(own.N, own.models[*own.best].end, false),
           value_cell(own.D, count_text), value_cell(own.cost, cost_text_of(got)),
           estimate_cell(own.saving, share_text), value_cell(own.saving_over_trained, share_text)});
    else
      out.rows.push_back({asked, "none"});
  }
  return out;
}

// Below which demand so many samples cost less than one.
Cell pays_below_cell(const Thinking& got, double samples) {
  for (const BreakEven& own : got.break_evens)
    if (own.samples == samples)
      return {std::isinf(own.demand) ? "any"
              : own.demand == 0      ? "never"
                                     : count_text(own.demand),
              own.demand};
  return "";
}

Cells sampled_row(const Thinking& got, const ThinkingAnswer& answer, const SampledModel& own) {
  const Cell asked{count_text(answer.asked), answer.asked};
  const Cell samples{fmt::format("{:g}", own.samples), own.samples};
  if (own.is_by_chance) return {asked, samples, "by chance"};
  if (own.end == PlanEnd::none) return {asked, samples, "none"};
  return {asked,
          samples,
          value_cell(own.accuracy, share_text),
          value_cell(own.loss, loss_text),
          sized_cell(own.N, own.end, true),
          value_cell(own.D, count_text),
          {count_text(own.served), own.served},
          value_cell(own.cost, cost_text_of(got)),
          value_cell(own.saving, share_text),
          pays_below_cell(got, own.samples)};
}

Section samples_section(const FittedLaw& law, const Thinking& got) {
  Table table{{{demand_title(got)},
               {"samples"},
               {"one sample"},
               {"loss"},
               {params_title(law)},
               {"D, tokens"},
               optional({"served"}),
               {cost_title(got)},
               {"saving"},
               {"pays below"}}};
  for (const ThinkingAnswer& answer : got.answers)
    for (const SampledModel& own : answer.models)
      table.rows.push_back(sampled_row(got, answer, own));
  Section out{"All numbers of samples",
              {Note{"the cheapest model of each number of samples, all as accurate", 2}, table}};
  return out;
}

std::string accuracy_text(const AccuracyOfLoss& accuracy) {
  const std::string one =
      accuracy.law ? fmt::format("{}, {}", accuracy.law->law.formula, accuracy.law->title)
                   : printable(accuracy.formula);
  if (!accuracy.exponent) return one;
  return fmt::format("{}; of k samples its power k^-{:g}", one, *accuracy.exponent);
}

Pair target_pair(const Thinking& got) {
  const ThinkingQuestion& asked = got.question;
  const std::string accuracy = share_text(got.target.value);
  const std::string loss = loss_text(got.loss_of_one.value);
  if (asked.target)
    return {"reached", std::isfinite(got.loss_of_one.value)
                           ? fmt::format("{}; one sample needs a loss of {}", accuracy, loss)
                           : accuracy};
  const Quality& quality = asked.serving.quality;
  if (quality.given == Given::loss)
    return {"reached", fmt::format("{}, that of one sample at a loss of {}", accuracy, loss)};
  return {"reached", fmt::format("{}, that of one sample of the compute-optimal model of {}: a "
                                 "loss of {}",
                                 accuracy, count_text(quality.value), loss)};
}

std::vector<Pair> thinking_pairs(const Thinking& got) {
  const ThinkingQuestion& asked = got.question;
  std::vector<Pair> out;
  add_circumstances({asked.serving, {}, {}, {}, {}}, out);
  out.push_back({"accuracy", accuracy_text(asked.accuracy)});
  out.push_back(target_pair(got));
  out.push_back({"a query", asked.query
                                ? fmt::format("{} tokens read once, {} written a sample",
                                              whole_text(asked.query->input_tokens),
                                              whole_text(asked.query->output_tokens))
                                : "not counted: tokens are those of one sample of every query"});
  add_prices(asked.serving.prices, out);
  return out;
}

void add_break_even(const Thinking& got, Section& to) {
  const BreakEven* last = got.last_break_even();
  if (last == nullptr) return;
  const std::string text =
      last->demand == 0 ? "one sample costs least at any demand"
      : std::isinf(last->demand)
          ? fmt::format("{:g} samples cost less than one at any demand", last->samples)
          : fmt::format(
                "more samples pay below {}, {:g} up to there; above, one sample of a larger "
                "model costs least",
                thinking_demand_text(got, last->demand), last->samples);
  to.blocks.emplace_back(Note{text, 2, 2});
}

// Of the first demand.
std::string thinking_sentence(const Thinking& got) {
  const ThinkingAnswer& answer = got.answers.front();
  if (!answer.best)
    return fmt::format("No model within the limits and the law's range is {} accurate",
                       share_text(got.target.value));
  const std::string model = fmt::format("{} parameters on {} tokens", count_text(answer.N.value),
                                        count_text(answer.D.value));
  const double samples = answer.models[*answer.best].samples;
  if (samples == 1) return "One sample a query is cheapest: train " + model;
  const std::string out = fmt::format("Train {} and sample {:g} times a query", model, samples);
  if (!std::isfinite(answer.saving.value)) return out + ": one sample of no model is as accurate";
  const double saving = answer.saving.value;
  return fmt::format("{}: {} {} than one sample of a model of {}", out,
                     share_text(std::fabs(saving)), saving < 0 ? "dearer" : "cheaper",
                     count_text(answer.N_of_one.value));
}

}  // namespace

Document describe_thinking(const FittedLaw& law, const Thinking& got) {
  Document out{"What to train and how often to sample",
               answer_by(law, thinking_sentence(got)),
               methods_of(law),
               {law_section(law)},
               {}};
  Section answers{"Answers", {Pairs{thinking_pairs(got)}, best_table(law, got)}};
  add_break_even(got, answers);
  out.sections.push_back(std::move(answers));
  out.sections.push_back(samples_section(law, got));
  add_warnings(got.warnings, out);
  out.charts = [&got] { return thinking_charts(got); };
  return out;
}

}  // namespace isoloss
