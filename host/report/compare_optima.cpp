#include "host/report/compare_optima.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/answers/count/count_conversion.h"
#include "host/base/number_text.h"
#include "host/base/text.h"
#include "host/report/estimate_text.h"
#include "host/report/fitted_law.h"
#include "host/report/table.h"
#include "host/report/wrap.h"

namespace isoloss {
namespace {

constexpr std::size_t kWidth = 100;

std::string name_of(const ComparedModel& model) {
  switch (model.school) {
    case School::recipe:
      return model.recipe->name;
    case School::isoflop:
      return "own runs, approach 2";
    case School::own:
      return "own law";
    case School::served:
      return fmt::format("own law, {} served", count_text(model.served_tokens));
  }
  return "";
}

// Models differ in the fifth digit of the loss; an interval is wider than its fourth.
std::string loss_cell(const Estimate& loss, bool has_intervals) {
  if (!std::isfinite(loss.value)) return "none";
  std::string out = fmt::format("{:#.5g}", loss.value);
  if (loss.interval && has_intervals)
    out += fmt::format(" ({:#.4g} .. {:#.4g})", loss.interval->lower, loss.interval->upper);
  return out;
}

std::string ratio_cell(double x) { return x < 1000 ? ratio_text(x) : count_text(x); }

std::string overhead_cell(double x) {
  constexpr double kMany = 10;
  if (std::isnan(x)) return "none";
  return x < kMany ? share_text(x) : flops_text(100 * x) + "%";
}

TextRow row_of(const ComparedModel& model, bool is_served, bool has_intervals) {
  if (!model.has_answer()) return {name_of(model), "none"};
  TextRow out{name_of(model),
              count_text(model.N),
              count_text(model.D),
              ratio_cell(model.D / model.N),
              loss_cell(model.loss, has_intervals),
              flops_text(model.flops)};
  if (is_served) out.push_back(flops_text(model.lifetime_flops));
  out.push_back(overhead_cell(model.overhead.value));
  return out;
}

std::string training_cost(const ComparisonReport& report) {
  return fmt::format("{:g} N D", report.options.flops_per_token_param);
}

std::string table_of(const ComparisonReport& report, const ComparedBudget& budget,
                     bool has_intervals) {
  const bool is_served = !report.options.served_tokens.empty();
  std::vector<TextRow> rows{{"who", "N", "D", "D / N", "loss", training_cost(report)}};
  if (is_served) rows[0].emplace_back("all FLOP");
  rows[0].emplace_back("overhead");
  for (const ComparedModel& model : budget.models)
    rows.push_back(row_of(model, is_served, has_intervals));
  return text_table(rows);
}

// Without intervals where numbers are too long for them, far from any run.
std::string section_of(const ComparisonReport& report, const ComparedBudget& budget) {
  const std::string table = table_of(report, budget, true);
  return fmt::format("\nC = {} FLOP\n", flops_text(budget.flops)) +
         (width_of(table) <= kWidth ? table : table_of(report, budget, false));
}

std::string note(const std::string& text) { return wrapped(text, 2, kWidth, 2); }

std::string count_note(const ComparisonReport& report) {
  std::vector<std::string> names;
  for (const ComparedModel& model : report.budgets.front().models)
    if (model.is_converted) names.push_back(model.recipe->name);
  if (names.empty()) return "";
  const bool total = report.options.counts_total;
  return note(fmt::format(
      "N: {} parameters; recipes that count {} ({}) are converted by N_total = N_E + {:g} "
      "N_E^(1/3) (Pearce & Song 2024), their D is kept",
      total ? "all" : "non-embedding", total ? "no embeddings" : "all", listed(names),
      CountRelation{}.omega));
}

// What a recipe costs of the budgets, "1.81" or "1.81 to 1.85"; nothing where it is what they are.
std::string share_of_budget(const ComparisonReport& report, std::size_t place) {
  double least = INFINITY, most = 0;
  for (const ComparedBudget& budget : report.budgets) {
    least = std::fmin(least, budget.models[place].flops / budget.flops);
    most = std::fmax(most, budget.models[place].flops / budget.flops);
  }
  constexpr double kWorthSaying = 0.01;
  if (!(std::fmax(most - 1, 1 - least) > kWorthSaying)) return "";
  const std::string lower = ratio_cell(least), upper = ratio_cell(most);
  return lower == upper ? lower : fmt::format("{} to {}", lower, upper);
}

// Rounded constants and another count make recipes cost more or less than the budget.
std::string budget_note(const ComparisonReport& report) {
  std::string shares;
  for (std::size_t i = 0; i < report.options.recipes.size(); ++i)
    if (const std::string share = share_of_budget(report, i); !share.empty())
      shares += fmt::format("{}{} {}", shares.empty() ? "" : "; ", report.options.recipes[i]->name,
                            share);
  if (shares.empty()) return "";
  return note(fmt::format("{} over the budget: {}", training_cost(report), shares));
}

std::string served_note(const ComparisonReport& report) {
  const auto& served = report.options.served_tokens;
  if (served.empty()) return "";
  return note(fmt::format(
             "served: costs least to train and to serve, {} + 2 N a token, among the models of the "
             "own law's loss; the least loss for all the money is another question: isoloss "
             "optimum --compute --inference-tokens",
             training_cost(report))) +
         note(fmt::format("all FLOP: with {} tokens served",
                          count_text(*std::max_element(served.begin(), served.end()))));
}

}  // namespace

std::string comparison_text(const FittedLaw& law, const ComparisonReport& report) {
  std::string out = fitted_law_text(law);
  for (const auto& [name, value] : report.options.held)
    out += fmt::format("  held {} {}\n", name, count_text(value));
  for (const ComparedBudget& budget : report.budgets) out += section_of(report, budget);
  out.append("\n").append(
      note("loss: by the own law, named above; overhead: training FLOP beyond the least that reach "
           "that loss"));
  return out + count_note(report) + budget_note(report) + served_note(report) +
         warnings_text(report.warnings);
}

}  // namespace isoloss
