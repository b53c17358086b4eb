#include "host/report/optimum.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "host/base/number_text.h"
#include "host/report/estimate_text.h"
#include "host/report/fitted_law.h"
#include "host/report/table.h"

namespace isoloss {
namespace {

constexpr std::size_t kWidth = 100;

// A column: its title and the cell of an answer.
struct Column {
  std::string title;
  std::string (*cell)(const Answer&);
  bool is_optional = false;  // left out where the table is too wide, the last one first
};

std::string asked_flops(const Answer& a) { return flops_text(a.asked); }
std::string asked_count(const Answer& a) { return count_text(a.asked); }
std::string asked_percent(const Answer& a) {
  return std::isinf(a.asked) ? "endless" : fmt::format("{:g}%", 100 * a.asked);
}
std::string params_cell(const Answer& a) {
  const char* mark = a.end == PlanEnd::at_max_params ? " (limit)" : "";
  return estimate_text(a.N, count_text) + mark;
}
std::string tokens_cell(const Answer& a) {
  if (std::isinf(a.D.value)) return "endless";
  return estimate_text(a.D, count_text) + (a.end == PlanEnd::at_max_tokens ? " (limit)" : "");
}
std::string ratio_cell(const Answer& a) {
  return std::isinf(a.D.value) ? "" : estimate_text(a.tokens_per_param, ratio_text);
}
std::string loss_cell(const Answer& a) { return loss_text(a.loss.value); }
std::string flops_cell(const Answer& a) {
  return std::isinf(a.D.value) ? "" : flops_text(a.flops.value);
}
std::string cost_cell(const Answer& a) { return flops_text(a.cost.value); }
std::string money_text(double x) { return fmt::format("${}", count_text(x)); }
std::string money_cell(const Answer& a) { return money_text(a.cost.value); }
std::string saving_cell(const Answer& a) { return estimate_text(*a.saving, share_text); }
std::string shrink_cell(const Answer& a) { return estimate_text(*a.shrink, ratio_text); }
std::string extrapolation_cell(const Answer& a) { return ratio_text(*a.extrapolation); }

const Column kParams{"N, parameters", params_cell};
const Column kTokens{"D, tokens", tokens_cell};
const Column kRatio{"D / N", ratio_cell, true};
const Column kPlainRatio{"D / N",
                         [](const Answer& a) {
                           return std::isinf(a.D.value) ? "" : ratio_text(a.tokens_per_param.value);
                         },
                         true};
const Column kLoss{"loss", loss_cell};
const Column kFlops{"6 N D, FLOP", flops_cell, true};

const Column kPlainTokens{"D, tokens", [](const Answer& a) { return count_text(a.D.value); }};

std::string overhead_cell(const Answer& a) { return estimate_text(*a.overhead, share_text); }
// Tokens; a model too large for any demand has none.
std::string demand_text(double tokens) { return tokens < 0 ? "nothing" : count_text(tokens); }
std::string demand_cell(const Answer& a) { return estimate_text(*a.optimal_for, demand_text); }

std::vector<Column> columns_of(const OptimumReport& report) {
  std::vector<Column> out;
  if (report.kind == QuestionKind::training) {
    if (report.given == Given::loss) out.push_back(kLoss);
    if (report.given == Given::cost) out.push_back({"C, FLOP", asked_flops});
    out.insert(out.end(), {kParams, kTokens, report.given == Given::cost ? kRatio : kPlainRatio});
    if (report.given != Given::cost)
      out.push_back(
          {"C, FLOP", [](const Answer& a) { return estimate_text(a.flops, flops_text); }});
    if (!report.answers.empty() && report.answers.front().epochs)
      out.push_back(
          {"epochs", [](const Answer& a) { return estimate_text(*a.epochs, ratio_text); }});
    if (report.given != Given::loss) out.push_back(kLoss);
    return out;
  }
  if (report.kind == QuestionKind::models)
    return {{"N, parameters", asked_count},
            kPlainTokens,
            kPlainRatio,
            kLoss,
            kFlops,
            {"too many FLOP", overhead_cell},
            {"optimal if serving", demand_cell}};
  if (report.kind == QuestionKind::overhead)
    return {{"more FLOP", asked_percent},
            {"N / best N", shrink_cell},
            kParams,
            kTokens,
            kPlainRatio,
            kFlops};
  out = {{"served", asked_count}, kParams, kTokens};
  const std::string cost = report.is_money ? "cost" : report.has_prices ? "cost, FLOP" : "all FLOP";
  out.push_back({cost, report.is_money ? money_cell : cost_cell});
  if (report.quality.given == Given::cost)
    out.push_back(kLoss);
  else
    out.push_back({"saving", saving_cell});
  return out;
}

TextRow row_of(const std::vector<Column>& columns, const Answer& answer) {
  if (answer.end == PlanEnd::none) return {columns.front().cell(answer), "none"};
  TextRow out;
  for (const Column& column : columns) out.push_back(column.cell(answer));
  return out;
}

std::string quality_line(const OptimumReport& report) {
  const Quality& quality = report.quality;
  if (quality.given == Given::cost)
    return fmt::format("  budget     {}{}{}\n",
                       report.is_money ? money_text(quality.value) : flops_text(quality.value),
                       report.is_money ? "" : " FLOP",
                       report.kind == QuestionKind::serving ? " in all, training and serving"
                                                            : " at the best size");
  if (quality.given == Given::loss)
    return fmt::format("  quality    a loss of {}\n", loss_text(quality.value));
  const double loss = report.answers.back().loss.value;
  return fmt::format("  quality    of the compute-optimal model of {}{}\n",
                     count_text(quality.value),
                     std::isnan(loss) ? "" : fmt::format(": a loss of {}", loss_text(loss)));
}

std::string price_lines(const OptimumReport& report) {
  const Prices& prices = report.prices;
  if (!report.has_prices) return "  cost       FLOP: 6 N D to train, 2 N a token served\n";
  std::string out = fmt::format(
      "  cost       6 N D / {:g} to train, 2 N / {:g} a token read, 2 N / {:g} a token written",
      prices.train_utilisation, prices.input_utilisation, prices.output_utilisation);
  if (prices.serving_factor != 1)
    out += fmt::format("; a served FLOP at {:g}", prices.serving_factor);
  out += "\n";
  if (report.is_money)
    out +=
        fmt::format("  prices     ${:.4g} for 1e18 FLOP of training hardware, ${:.4g} of serving\n",
                    1e18 * prices.train_price, 1e18 * prices.serve_price);
  return out;
}

std::string limit_lines(const OptimumReport& report) {
  std::string out;
  for (const auto& [name, value] : report.held)
    out += fmt::format("  held       {} {}\n", name, count_text(value));
  if (std::isfinite(report.limits.max_params))
    out += fmt::format("  limit      {} parameters\n", count_text(report.limits.max_params));
  if (std::isfinite(report.limits.max_tokens))
    out += fmt::format("  limit      {} tokens, each seen once\n",
                       count_text(report.limits.max_tokens));
  return out;
}

std::string head(const FittedLaw& law, const OptimumReport& report) {
  std::string out = fitted_law_text(law);
  out.append("\n").append(limit_lines(report));
  if (report.kind == QuestionKind::serving || report.kind == QuestionKind::overhead)
    out += quality_line(report);
  if (report.kind == QuestionKind::serving) out += price_lines(report);
  return out;
}

std::string table_of(const std::vector<Column>& columns, const std::vector<Answer>& answers) {
  std::vector<TextRow> rows(1);
  for (const Column& column : columns) rows[0].push_back(column.title);
  for (const Answer& answer : answers) rows.push_back(row_of(columns, answer));
  return text_table(rows);
}

std::string fitting_table(std::vector<Column> columns, const std::vector<Answer>& answers) {
  std::string out = table_of(columns, answers);
  while (width_of(out) > kWidth) {
    const auto last = std::find_if(columns.rbegin(), columns.rend(),
                                   [](const Column& column) { return column.is_optional; });
    if (last == columns.rend()) break;
    columns.erase(std::next(last).base());
    out = table_of(columns, answers);
  }
  return out;
}

// What more parameters, passes or new tokens would be worth, where tokens are seen again.
std::string worth_table(const std::vector<Answer>& answers) {
  std::vector<TextRow> rows{{"C, FLOP", "parameters", "passes over them", "unique tokens"}};
  for (const Answer& answer : answers)
    if (answer.worth)
      rows.push_back({flops_text(answer.flops.value), number_text(answer.worth->params),
                      number_text(answer.worth->repeats), number_text(answer.worth->unique)});
  if (rows.size() == 1) return "";
  return fmt::format("\n  the loss falls, for 1% more\n{}", text_table(rows));
}

}  // namespace

std::string optimum_text(const FittedLaw& law, const OptimumReport& report) {
  std::vector<Column> columns = columns_of(report);
  if (!law.counts_total)
    for (Column& column : columns)
      if (column.title == kParams.title) column.title = "N, non-embedding";
  if (report.kind == QuestionKind::training && law.largest_flops)
    columns.push_back({"C / max C", extrapolation_cell, true});
  const std::string answers = fitting_table(columns, report.answers) + worth_table(report.answers);
  const std::string warnings = warnings_text(report.warnings);
  // Numbers that mean nothing come behind what says so.
  if (law.status == Status::not_identifiable)
    return head(law, report) + warnings.substr(1) + "\n" + answers;
  return head(law, report) + answers + warnings;
}

}  // namespace isoloss
