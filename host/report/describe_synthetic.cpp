#include <fmt/format.h>

#include <cmath>

#include "host/base/number_text.h"
#include "host/report/estimate_text.h"
#include "host/report/fitted_law.h"
#include "host/report/synthetic.h"

namespace isoloss {
namespace {

bool has_plan(const SyntheticAnswer& answer) { return answer.end != PlanEnd::none; }

Cell lone_cell(const Estimate& estimate, std::string (*text)(double)) {
  return {text(estimate.value), estimate};
}

Cell budget_cell(const SyntheticAnswer& answer) {
  return {flops_text(answer.budget), answer.budget};
}

// A worth that is infinite is none.
std::string worth_text(double worth) {
  return std::isfinite(worth) ? ratio_text(worth) : std::string("none");
}

Table plans_table(const FittedLaw& law, const Synthetic& got) {
  Table out{{{"C, FLOP"},
             {params_title(law)},
             {"D, tokens"},
             optional({"passes"}),
             {"loss"},
             {"without"}}};
  for (const SyntheticAnswer& own : got.answers) {
    if (!has_plan(own)) {
      out.rows.push_back({budget_cell(own), "none"});
      continue;
    }
    Cell N = estimate_cell(own.N, count_text);
    if (own.end == PlanEnd::at_max_params) N.text += " (limit)";
    out.rows.push_back({budget_cell(own), N, estimate_cell(own.trained, count_text),
                        lone_cell(own.passes, ratio_text), lone_cell(own.loss, loss_text),
                        lone_cell(own.without.loss, loss_text)});
  }
  return out;
}

Cell break_even_cell(const Estimate& worth) {
  return {std::isfinite(worth.value) ? estimate_text(worth, worth_text) : "never", worth};
}

bool has_break_even(const Synthetic& got) { return got.weighing != Weighing::by_generation; }

Table corpora_table(const Synthetic& got) {
  bool has_samples = false;
  for (const SyntheticAnswer& own : got.answers)
    has_samples = has_samples || std::isfinite(own.share_paying);
  Table out{{{"C, FLOP"}, {"real"}, {"generated"}, {"of the budget"}}};
  if (has_break_even(got)) out.columns.push_back({"pays from"});
  if (has_samples) out.columns.push_back(optional({"pays in"}));
  for (const SyntheticAnswer& own : got.answers) {
    if (!has_plan(own)) continue;
    Cells row{budget_cell(own), lone_cell(own.real, count_text),
              estimate_cell(own.generated, count_text), lone_cell(own.share, share_text)};
    if (own.break_even) row.push_back(break_even_cell(*own.break_even));
    if (has_samples) row.push_back({share_text(own.share_paying), own.share_paying});
    out.rows.push_back(std::move(row));
  }
  return out;
}

std::string worth_words(const std::optional<Uncertain>& worth) {
  if (!worth) return "what the law says";
  std::string out = fmt::format("{:g} of a real token", worth->value);
  if (worth->range)
    out +=
        fmt::format(", {:g} .. {:g} nine times in ten", worth->range->lower, worth->range->upper);
  return out;
}

std::vector<Pair> synthetic_pairs(const Synthetic& got) {
  const SyntheticQuestion& asked = got.question;
  std::vector<Pair> out{
      {"stock", fmt::format("{} real tokens, {}", count_text(asked.real_tokens),
                            got.weighing == Weighing::repeated ? "repeated where that pays"
                                                               : "each seen once")},
      {"generated", fmt::format("a token costs {} FLOP, is worth {}", flops_text(asked.generation),
                                worth_words(asked.worth))}};
  for (const auto& [name, value] : asked.plans.held)
    if (name != kUniqueTokens)
      out.push_back({"held", fmt::format("{} {}", name, count_text(value))});
  if (std::isfinite(asked.plans.limits.max_params))
    out.push_back(
        {"limit", fmt::format("{} parameters", count_text(asked.plans.limits.max_params))});
  return out;
}

// What a token would have to be worth.
std::string break_even_words(const std::optional<Estimate>& from) {
  if (!from) return "by this law it never pays";
  const double worth = from->value;
  if (!std::isfinite(worth)) return "no worth of a token would pay for it";
  if (worth > 1)
    return fmt::format("a token would have to be worth {} real ones, more than a real one",
                       ratio_text(worth));
  return fmt::format("a token would have to be worth {} of a real one", ratio_text(worth));
}

// The first answer: most questions have one.
std::string synthetic_sentence(const Synthetic& got) {
  const SyntheticAnswer& own = got.answers.front();
  const std::string budget = flops_text(own.budget);
  if (!has_plan(own)) return "There is no optimum within the limits and the law's range";
  const auto count = [](const Estimate& of) { return count_text(of.value); };
  if (!(own.generated.value > 0))
    return fmt::format("With {} FLOP, generate nothing: {}", budget,
                       break_even_words(own.break_even));
  const std::string model = fmt::format("With {} FLOP, train {} parameters on {} tokens", budget,
                                        count(own.N), count(own.trained));
  if (ratio_text(own.passes.value) == "1")
    return fmt::format("{}, {} of them generated", model, count(own.generated));
  return fmt::format("{}: {} passes over {} real and {} generated ones", model,
                     ratio_text(own.passes.value), count(own.real), count(own.generated));
}

}  // namespace

Document describe_synthetic(const FittedLaw& law, const Synthetic& got) {
  Document out{"What to train",
               answer_by(law, synthetic_sentence(got)),
               methods_of(law),
               {law_section(law)},
               {}};
  out.sections.push_back({"Answers", {Pairs{synthetic_pairs(got)}, plans_table(law, got)}});
  if (Table corpora = corpora_table(got); !corpora.rows.empty())
    out.sections.push_back(
        {"What is generated",
         {Note{has_break_even(got)
                   ? "the corpus, and what a generated token must be worth of a real one to pay"
                   : "the corpus",
               2},
          std::move(corpora)}});
  add_warnings(got.warnings, out);
  out.charts = [&got] { return synthetic_charts(got); };
  return out;
}

}  // namespace isoloss
