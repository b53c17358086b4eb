#include "host/report/compare_optima.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/answers/count/count_conversion.h"
#include "host/base/number_text.h"
#include "host/base/text.h"
#include "host/laws/of_experts.h"
#include "host/report/chart_parts.h"
#include "host/report/estimate_text.h"
#include "host/report/fitted_law.h"
#include "host/report/holding.h"
#include "host/report/isoflop_parts.h"
#include "host/report/optimum_parts.h"

namespace isoloss {
namespace {

// "h100, 50ms/token"
std::string device_text(const CompareOptimaQuestion& asked) {
  std::string out = asked.device != nullptr ? asked.device->name : "a device";
  if (std::isfinite(asked.decoding->seconds))
    out += fmt::format(", {:g}ms", 1000 * asked.decoding->seconds);
  return out;
}

std::string name_of(const ComparedModel& model, const CompareOptimaQuestion& asked) {
  switch (model.school) {
    case School::recipe:
      return model.recipe->name;
    case School::isoflop:
      return "own runs, approach 2";
    case School::own:
      return "own law";
    case School::served:
      return fmt::format("own law, {} served", count_text(model.served_tokens));
    case School::limited:
      return "own law, " + device_text(asked);
    case School::repeated:
      return fmt::format("own law, {} unique", count_text(*asked.unique_tokens));
    case School::quantised:
      return fmt::format("own law, {:g} bits", *asked.post_bits);
  }
  return "";
}

// Models differ in the fifth digit of the loss; an interval is wider than its fourth.
Cell loss_cell(const Estimate& loss, bool has_intervals) {
  if (!std::isfinite(loss.value)) return "none";
  std::string out = fmt::format("{:#.5g}", loss.value);
  if (loss.interval && has_intervals)
    out += fmt::format(" ({:#.4g} .. {:#.4g})", loss.interval->lower, loss.interval->upper);
  return {out, loss};
}

std::string ratio_cell(double x) { return x < 1000 ? ratio_text(x) : count_text(x); }

std::string overhead_cell(double x) {
  constexpr double kMany = 10;
  if (std::isnan(x)) return "none";
  return x < kMany ? share_text(x) : flops_text(100 * x) + "%";
}

Cells row_of(const ComparedModel& model, const CompareOptimaQuestion& asked, bool has_intervals) {
  const std::string name = name_of(model, asked);
  if (!model.has_answer()) return {name, "none"};
  Cells out{name,
            {count_text(model.N), {model.N, {}, model.N_interval}},
            {count_text(model.D), model.D},
            {ratio_cell(model.D / model.N), model.D / model.N},
            loss_cell(model.loss, has_intervals),
            {flops_text(model.flops), model.flops}};
  if (!asked.served_tokens.empty())
    out.emplace_back(flops_text(model.lifetime_flops), model.lifetime_flops);
  out.emplace_back(overhead_cell(model.overhead.value), model.overhead);
  return out;
}

std::string training_cost(const FittedLaw& law) {
  return fmt::format("{:g} N D", law.flops_per_token_param);
}

// Without intervals where numbers are too long for them, far from any run.
Section section_of(const FittedLaw& law, const OptimaComparison& got,
                   const ComparedBudget& budget) {
  const bool is_served = !got.question.served_tokens.empty();
  Table table{{{"who"}, {"N"}, {"D"}, {"D / N"}, {"loss"}, {training_cost(law)}}};
  if (is_served) table.columns.push_back({"all FLOP"});
  table.columns.push_back({"overhead"});
  for (const ComparedModel& model : budget.models) {
    table.rows.push_back(row_of(model, got.question, true));
    table.brief_rows.push_back(row_of(model, got.question, false));
  }
  return {fmt::format("C = {} FLOP", flops_text(budget.flops)), {table}, true};
}

Note note(const std::string& text) { return {text, 2, 2}; }

std::vector<Block> count_note(const FittedLaw& law, const OptimaComparison& got) {
  std::vector<std::string> names;
  for (const ComparedModel& model : got.budgets.front().models)
    if (model.is_converted) names.push_back(model.recipe->name);
  if (names.empty()) return {};
  const bool total = got.question.counts_total;
  const char* of_total = is_of_experts(law.law) ? "active" : "all";
  return {note(fmt::format(
      "N: {} parameters; recipes that count {} ({}) are converted by N_total = N_E + {:g} "
      "N_E^(1/3) (Pearce & Song 2024), their D is kept",
      total ? of_total : "non-embedding", total ? "no embeddings" : "all", listed(names),
      CountRelation{}.omega))};
}

// What a recipe costs of the budgets, "1.81" or "1.81 to 1.85"; nothing where it is what they are.
std::string share_of_budget(const OptimaComparison& got, std::size_t place) {
  double least = INFINITY, most = 0;
  for (const ComparedBudget& budget : got.budgets) {
    least = std::fmin(least, budget.models[place].flops / budget.flops);
    most = std::fmax(most, budget.models[place].flops / budget.flops);
  }
  constexpr double kWorthSaying = 0.01;
  if (!(std::fmax(most - 1, 1 - least) > kWorthSaying)) return "";
  const std::string lower = ratio_cell(least), upper = ratio_cell(most);
  return lower == upper ? lower : fmt::format("{} to {}", lower, upper);
}

// Rounded constants and another count make recipes cost more or less than the budget.
std::vector<Block> budget_note(const FittedLaw& law, const OptimaComparison& got) {
  std::string shares;
  for (std::size_t i = 0; i < got.question.recipes.size(); ++i)
    if (const std::string share = share_of_budget(got, i); !share.empty())
      shares +=
          fmt::format("{}{} {}", shares.empty() ? "" : "; ", got.question.recipes[i]->name, share);
  if (shares.empty()) return {};
  return {note(fmt::format("{} over the budget: {}", training_cost(law), shares))};
}

std::vector<Block> served_note(const FittedLaw& law, const OptimaComparison& got) {
  const auto& served = got.question.served_tokens;
  if (served.empty()) return {};
  return {note(fmt::format(
              "served: costs least to train and to serve, {} + 2 N a token, among the models of "
              "the own law's loss; the least loss for all the money is another question: isoloss "
              "optimum ``compute`` ``inference-tokens``",
              training_cost(law))),
          note(fmt::format("all FLOP: with {} tokens served",
                           count_text(*std::max_element(served.begin(), served.end()))))};
}

// "3e18 (too few sizes), ...": the first of them, and how many more there are.
std::string left_out_budgets(const Isoflop& isoflop) {
  constexpr std::size_t kMostNamed = 6;
  std::size_t num = 0;
  std::string out;
  for (const IsoflopBudget& own : isoflop.budgets)
    if (own.fault != SliceFault::none && ++num <= kMostNamed)
      out += fmt::format("{}{} ({})", num == 1 ? "; left out: " : ", ", flops_text(own.budget),
                         fault_text(own.fault));
  return num > kMostNamed ? fmt::format("{} and {} more", out, num - kMostNamed) : out;
}

std::string sizes_at_budgets(const OptimaComparison& got) {
  std::string out;
  for (const ComparedBudget& budget : got.budgets)
    for (const ComparedModel& model : budget.models)
      if (model.N_interval)
        out += fmt::format("; {} at {}", estimate_text({model.N, {}, model.N_interval}, count_text),
                           flops_text(budget.flops));
  return out;
}

std::vector<Block> isoflop_note(const OptimaComparison& got) {
  if (!got.question.isoflop) return {};
  const Isoflop& isoflop = *got.question.isoflop;
  return {note(fmt::format("approach 2: N ~ C^{:.3f}{} through {} of {} budgets{}{}",
                           isoflop.law.exponent.value, range_text(isoflop.law.exponent, 3),
                           isoflop.num_used, isoflop.budgets.size(), sizes_at_budgets(got),
                           left_out_budgets(isoflop)))};
}

std::vector<Block> device_note(const OptimaComparison& got) {
  if (!got.question.decoding) return {};
  const LargestModel largest = largest_model(*got.question.decoding);
  return {note(fmt::format("{}: at most {} parameters of {:g} bits, by its {}",
                           device_text(got.question), count_text(largest.N),
                           got.question.decoding->bits, name_of(largest.bound)))};
}

// What further terms say of the models of the first budget, which is named where there are more.
std::string terms_text(const OptimaComparison& got, const ComparedModel& model) {
  if (!model.terms) return "the own law has no model";
  return fmt::format(
      "the own law's model then loses {:#.5g}, this one {:#.5g}{}", model.terms->own_loss,
      model.terms->loss,
      got.budgets.size() > 1 ? ", at " + flops_text(got.budgets.front().flops) + " FLOP" : "");
}

std::vector<Block> terms_notes(const OptimaComparison& got) {
  std::vector<Block> out;
  for (const ComparedModel& model : got.budgets.front().models) {
    if (model.school == School::repeated)
      out.push_back(
          note(fmt::format("unique: tokens beyond them are seen again, which {} weighs; {}",
                           kRepetitionRecipe, terms_text(got, model))));
    if (model.school == School::quantised)
      out.push_back(
          note(fmt::format("bits: weights have so many once they are trained, which {} "
                           "weighs; {}",
                           kBitsRecipe, terms_text(got, model))));
  }
  if (got.lacks_terms)
    out.push_back(
        note(fmt::format("no row of seen tokens or of bits: {} and {} weigh them for the "
                         "law chinchilla",
                         kRepetitionRecipe, kBitsRecipe)));
  return out;
}

Section notes_of(const FittedLaw& law, const OptimaComparison& got) {
  Section out{"What the columns mean",
              {note(fmt::format("loss: by the own law, {}; overhead: training FLOP "
                                "beyond the least that reach that loss",
                                printable(law.law.name)))}};
  for (const auto& more : {count_note(law, got), budget_note(law, got), isoflop_note(got),
                           served_note(law, got), device_note(got), terms_notes(got)})
    out.blocks.insert(out.blocks.end(), more.begin(), more.end());
  return out;
}

// The way that a school goes: a point a budget.
Trace trace_of(const OptimaComparison& got, std::size_t place) {
  Trace out = trace(TraceKind::points, name_of(got.budgets.front().models[place], got.question));
  out.is_joined = true;
  for (const ComparedBudget& budget : got.budgets) {
    const ComparedModel& model = budget.models[place];
    if (!model.has_answer()) continue;
    add_point(model.N, {model.D, {}, {}}, out);
    out.labels.push_back(fmt::format("{}\nC {} FLOP  N {}  D {}  loss {}", out.name,
                                     flops_text(budget.flops), count_text(model.N),
                                     count_text(model.D), loss_cell(model.loss, false).text));
  }
  return out;
}

std::vector<Chart> charts_of(const OptimaComparison& got) {
  Chart out{
      "What each school would train",
      "A point a budget, joined in their order. Up and to the left: smaller models on more tokens.",
      params_axis(),
      tokens_axis(),
      {}};
  for (std::size_t i = 0; i < got.budgets.front().models.size(); ++i)
    out.traces.push_back(trace_of(got, i));
  std::erase_if(out.traces, [](const Trace& own) { return own.x.empty(); });
  return {out};
}

// What the own law says for the first budget, beside the others.
std::string answer_sentence(const FittedLaw& law, const OptimaComparison& got) {
  const ComparedBudget& budget = got.budgets.front();
  const auto is_own = [](const ComparedModel& model) { return model.school == School::own; };
  const auto own = std::find_if(budget.models.begin(), budget.models.end(), is_own);
  if (own == budget.models.end() || !own->has_answer()) return "";
  return fmt::format("With {} FLOP the own law, {}, trains {} parameters on {} tokens",
                     flops_text(budget.flops), printable(law.law.name), count_text(own->N),
                     count_text(own->D));
}

}  // namespace

Document describe_comparison(const FittedLaw& law, const OptimaComparison& got) {
  Document out{"What each school would train",
               answer_by(law, answer_sentence(law, got)),
               methods_of(law),
               {law_section(law)},
               [&got] { return charts_of(got); }};
  for (const auto& [name, value] : got.question.held)
    out.sections.back().blocks.emplace_back(
        Note{fmt::format("held {} {}", name, count_text(value)), 2});
  for (const ComparedBudget& budget : got.budgets)
    out.sections.push_back(section_of(law, got, budget));
  out.sections.push_back(notes_of(law, got));
  add_warnings(got.warnings, out);
  return out;
}

}  // namespace isoloss
