#include "host/report/optimum.h"

#include <fmt/format.h>

#include <cmath>

#include "host/base/number_text.h"
#include "host/report/estimate_text.h"
#include "host/report/fitted_law.h"
#include "host/report/holding.h"
#include "host/report/optimum_charts.h"
#include "host/report/optimum_parts.h"

namespace isoloss {

Cell params_cell(const Answer& a) {
  const char* mark = a.end == PlanEnd::at_max_params ? " (limit)" : "";
  return {estimate_text(a.N, count_text) + mark, a.N};
}
Cell tokens_cell(const Answer& a) {
  if (std::isinf(a.D.value)) return "endless";
  const char* mark = a.end == PlanEnd::at_max_tokens ? " (limit)" : "";
  return {estimate_text(a.D, count_text) + mark, a.D};
}

namespace {

// A column: its title and the cell of an answer.
struct AnswerColumn {
  std::string title;
  Cell (*cell)(const Answer&);
  bool is_optional = false;  // as in document.h
};

// Of what has no room for its interval in text.
Cell brief_cell(const Estimate& estimate, std::string (*text)(double)) {
  return {text(estimate.value), estimate};
}

Cell asked_flops(const Answer& a) { return {flops_text(a.asked), a.asked}; }
Cell asked_count(const Answer& a) { return {count_text(a.asked), a.asked}; }
Cell asked_percent(const Answer& a) {
  if (std::isinf(a.asked)) return "endless";
  return {fmt::format("{:g}%", 100 * a.asked), a.asked};
}
Cell ratio_cell(const Answer& a) {
  if (std::isinf(a.D.value)) return "";
  return estimate_cell(a.tokens_per_param, ratio_text);
}
Cell plain_ratio_cell(const Answer& a) {
  if (std::isinf(a.D.value)) return "";
  return brief_cell(a.tokens_per_param, ratio_text);
}
Cell loss_cell(const Answer& a) { return brief_cell(a.loss, loss_text); }
Cell flops_cell(const Answer& a) {
  if (std::isinf(a.D.value)) return "";
  return brief_cell(a.flops, flops_text);
}
Cell cost_cell(const Answer& a) { return brief_cell(a.cost, flops_text); }
std::string money_text(double x) { return fmt::format("${}", count_text(x)); }
Cell money_cell(const Answer& a) { return brief_cell(a.cost, money_text); }
Cell saving_cell(const Answer& a) { return estimate_cell(*a.saving, share_text); }
Cell shrink_cell(const Answer& a) { return estimate_cell(*a.shrink, ratio_text); }
Cell extrapolation_cell(const Answer& a) {
  return {ratio_text(*a.extrapolation), *a.extrapolation};
}

const AnswerColumn kParams{"N, parameters", params_cell};
const AnswerColumn kTokens{"D, tokens", tokens_cell};
const AnswerColumn kRatio{"D / N", ratio_cell, true};
const AnswerColumn kPlainRatio{"D / N", plain_ratio_cell, true};
const AnswerColumn kLoss{"loss", loss_cell};
const AnswerColumn kFlops{"6 N D, FLOP", flops_cell, true};

const AnswerColumn kPlainTokens{"D, tokens",
                                [](const Answer& a) { return brief_cell(a.D, count_text); }};

Cell overhead_cell(const Answer& a) { return estimate_cell(*a.overhead, share_text); }
// Tokens; a model too large for any demand has none.
std::string demand_text(double tokens) { return tokens < 0 ? "nothing" : count_text(tokens); }
Cell demand_cell(const Answer& a) { return estimate_cell(*a.optimal_for, demand_text); }

std::vector<AnswerColumn> columns_of(const Optimum& got) {
  const OptimumQuestion& asked = got.question;
  std::vector<AnswerColumn> out;
  if (asked.kind == QuestionKind::training) {
    if (asked.given == Given::loss) out.push_back(kLoss);
    if (asked.given == Given::cost) out.push_back({"C, FLOP", asked_flops});
    out.insert(out.end(), {kParams, kTokens, asked.given == Given::cost ? kRatio : kPlainRatio});
    if (asked.given != Given::cost)
      out.push_back(
          {"C, FLOP", [](const Answer& a) { return estimate_cell(a.flops, flops_text); }});
    if (!got.answers.empty() && got.answers.front().epochs)
      out.push_back(
          {"epochs", [](const Answer& a) { return estimate_cell(*a.epochs, ratio_text); }});
    if (asked.given != Given::loss) out.push_back(kLoss);
    return out;
  }
  if (asked.kind == QuestionKind::models)
    return {{"N, parameters", asked_count},
            kPlainTokens,
            kPlainRatio,
            kLoss,
            kFlops,
            {"too many FLOP", overhead_cell},
            {"optimal if serving", demand_cell}};
  if (asked.kind == QuestionKind::overhead)
    return {{"more FLOP", asked_percent},
            {"N / best N", shrink_cell},
            kParams,
            kTokens,
            kPlainRatio,
            kFlops};
  out = {{"served", asked_count}, kParams, kTokens, kPlainRatio};
  const std::string cost = asked.prices.is_money      ? "cost"
                           : asked.prices.are_given() ? "cost, FLOP"
                                                      : "all FLOP";
  out.push_back({cost, asked.prices.is_money ? money_cell : cost_cell});
  if (asked.quality.given == Given::cost)
    out.push_back(kLoss);
  else if (asked.bits.empty())
    out.push_back({"saving", saving_cell});
  return out;
}

Cells row_of(const std::vector<AnswerColumn>& columns, const Answer& answer) {
  if (answer.end == PlanEnd::none) return {columns.front().cell(answer), "none"};
  Cells out;
  for (const AnswerColumn& column : columns) out.push_back(column.cell(answer));
  return out;
}

Pair quality_pair(const Optimum& got) {
  const OptimumQuestion& asked = got.question;
  const Quality& quality = asked.quality;
  if (quality.given == Given::cost)
    return {
        "budget",
        fmt::format("{}{}{}",
                    asked.prices.is_money ? money_text(quality.value) : flops_text(quality.value),
                    asked.prices.is_money ? "" : " FLOP",
                    asked.kind == QuestionKind::serving ? " in all, training and serving"
                                                        : " at the best size")};
  if (quality.given == Given::loss) return {"quality", "a loss of " + loss_text(quality.value)};
  const double loss = got.answers.back().loss.value;
  return {"quality", fmt::format("of the compute-optimal model of {}{}", count_text(quality.value),
                                 std::isnan(loss) ? "" : ": a loss of " + loss_text(loss))};
}

}  // namespace

void add_prices(const Prices& prices, std::vector<Pair>& out) {
  if (!prices.are_given()) {
    out.push_back({"cost", "FLOP: 6 N D to train, 2 N a token served"});
    return;
  }
  std::string cost =
      fmt::format("6 N D / {:g} to train, 2 N / {:g} a token read, 2 N / {:g} a token written",
                  prices.train_utilisation, prices.input_utilisation, prices.output_utilisation);
  if (prices.serving_factor != 1)
    cost += fmt::format("; a served FLOP at {:g}", prices.serving_factor);
  out.push_back({"cost", cost});
  if (prices.is_money)
    out.push_back(
        {"prices", fmt::format("${:.4g} for 1e18 FLOP of training hardware, ${:.4g} of serving",
                               1e18 * prices.train_price, 1e18 * prices.serve_price)});
}

void add_circumstances(const Optimum& got, std::vector<Pair>& out) {
  const OptimumQuestion& asked = got.question;
  for (const auto& [name, value] : asked.plans.held)
    out.push_back({"held", fmt::format("{} {}", name, count_text(value))});
  if (got.cost)
    out.push_back(
        {"cost", fmt::format("{:.4g} N^{:.4f} D^{:.4f} FLOP, fitted to the flops of {} "
                             "runs, {} off (rms)",
                             got.cost->cost.train, got.cost->cost.N_power, got.cost->cost.D_power,
                             got.cost->num_runs, share_text(got.cost->rms_log))});
  add_bits_cost(holding_of(asked), out);
  add_holding(holding_of(asked), out);
  if (std::isfinite(asked.plans.limits.max_tokens))
    out.push_back({"limit", count_text(asked.plans.limits.max_tokens) + " tokens, each seen once"});
}

namespace {

std::vector<Pair> asked_pairs(const Optimum& got) {
  const OptimumQuestion& asked = got.question;
  std::vector<Pair> out;
  add_circumstances(got, out);
  if (asked.kind == QuestionKind::serving || asked.kind == QuestionKind::overhead)
    out.push_back(quality_pair(got));
  if (asked.kind == QuestionKind::serving) add_prices(asked.prices, out);
  return out;
}

Table answers_table(const FittedLaw& law, const Optimum& got) {
  std::vector<AnswerColumn> columns = columns_of(got);
  for (AnswerColumn& column : columns)
    if (column.title == kParams.title) column.title = params_title(law);
  if (!got.question.bits.empty()) columns.push_back({"bits", bits_cell});
  if (got.question.decoding && got.question.decoding->total_per_active != 1)
    columns.push_back(
        {"N in all", [](const Answer& a) { return brief_cell(*a.all_params, count_text); }});
  if (got.question.decoding && got.question.decoding->has_time())
    columns.push_back({"ms a token", step_cell, true});
  const bool trains_at_a_budget =
      got.question.kind == QuestionKind::training || got.question.kind == QuestionKind::serving;
  if (trains_at_a_budget && law.largest_flops)
    columns.push_back({"C / max C", extrapolation_cell, true});
  Table out;
  for (const AnswerColumn& column : columns)
    out.columns.push_back(column.is_optional ? optional({column.title})
                                             : TableColumn{column.title});
  for (const Answer& answer : got.answers) out.rows.push_back(row_of(columns, answer));
  return out;
}

// What more parameters, passes or new tokens would be worth, where tokens are seen again.
void add_worth(const std::vector<Answer>& answers, Document& out) {
  Table table{{{"C, FLOP"}, {"parameters"}, {"passes over them"}, {"unique tokens"}}};
  const auto cell = [](double x) { return Cell{number_text(x), x}; };
  for (const Answer& answer : answers)
    if (answer.worth)
      table.rows.push_back({brief_cell(answer.flops, flops_text), cell(answer.worth->params),
                            cell(answer.worth->repeats), cell(answer.worth->unique)});
  if (!table.rows.empty())
    out.sections.push_back(
        {"What more would be worth", {Note{"the loss falls, for 1% more", 2}, table}});
}

// "22.3B .. 42.3B"; the cell is the range alone.
Cell range_cell(const Estimate& least, const Estimate& most) {
  const auto text = [](double x) { return std::isnan(x) ? "any" : count_text(x); };
  return {fmt::format("{} .. {}", text(least.value), text(most.value)),
          Estimate{NAN, {}, Interval{least.value, most.value}}};
}

// How far N and D may be off: two rows an answer.
void add_flat_ranges(const Optimum& got, Document& out) {
  Table table{{{"C, FLOP"}, untitled("of")}};
  const bool is_asked = got.question.given == Given::cost;
  for (const Answer& answer : got.answers) {
    if (answer.flat_ranges.empty()) continue;
    if (table.rows.empty())
      for (const FlatRange& range : answer.flat_ranges)
        table.columns.push_back({fmt::format("within {:g}%", 100 * range.share)});
    const Cell budget = is_asked ? asked_flops(answer) : brief_cell(answer.flops, flops_text);
    Cells sizes{budget, "N"}, tokens{budget, "D"};
    for (const FlatRange& range : answer.flat_ranges) {
      sizes.push_back(range_cell(range.least_N, range.most_N));
      tokens.push_back(range_cell(range.least_D, range.most_D));
    }
    table.rows.insert(table.rows.end(), {std::move(sizes), std::move(tokens)});
  }
  if (!table.rows.empty())
    out.sections.push_back({"What a flat optimum means",
                            {Note{"the same budget within so much of the least loss", 2}, table}});
}

}  // namespace

Document describe_optimum(const FittedLaw& law, const Optimum& got) {
  Document out{"What to train",
               answer_by(law, optimum_sentence(got)),
               methods_of(law),
               {law_section(law)},
               {}};
  // Numbers that mean nothing come behind what says so.
  const bool warns_first = law.status == Status::not_identifiable;
  Section answers{"Answers", {}};
  if (std::vector<Pair> pairs = asked_pairs(got); !pairs.empty())
    answers.blocks.emplace_back(Pairs{std::move(pairs)});
  if (warns_first) {
    answers.blocks.emplace_back(Warnings{"", got.warnings});
    out.sections.push_back(std::move(answers));
    answers = {"", {}};
  }
  answers.blocks.emplace_back(answers_table(law, got));
  out.sections.push_back(std::move(answers));
  if (!warns_first) add_flat_ranges(got, out);
  add_worth(got.answers, out);
  add_models_of_bits(law, got, out);
  if (!warns_first) add_warnings(got.warnings, out);
  out.charts = [&law, &got] { return optimum_charts(law, got); };
  return out;
}

}  // namespace isoloss
