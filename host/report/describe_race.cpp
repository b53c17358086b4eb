#include "host/report/race.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "fits/math.h"
#include "host/base/number_text.h"
#include "host/base/text.h"
#include "host/report/race_parts.h"

namespace isoloss {
namespace {

std::size_t name_width(const RaceResult& result) {
  std::size_t width = 3;
  for (std::size_t k = 0; k < result.curves.size(); ++k)
    width = std::max(width, run_name(result, k).size());
  return width;
}

Section head(const RaceResult& result) {
  const RunTable& runs = result.runs;
  const RaceOptions& options = result.options;
  const auto note = [](std::string text) { return Note{std::move(text), 2, 4}; };
  Section out{"Curves",
              {Note{fmt::format("race   {} curves, {} of {} rows", result.curves.size(),
                                runs.num_runs(), runs.num_rows_read)}}};
  for (const Dropped& dropped : runs.dropped)
    out.blocks.emplace_back(note(fmt::format("dropped {}: {}", dropped.num_rows, dropped.reason)));
  out.blocks.emplace_back(
      note(fmt::format("smooth curves: local lines over the rows {:.0f}% below to {:.0f}% above",
                       100 * (1 - exp(-options.half_width)), 100 * (exp(options.half_width) - 1))));
  out.blocks.emplace_back(
      note(fmt::format("laws: L(D) = E + B / D^beta, least squares from {} on",
                       options.from < 1 ? percent_text(options.from) + " of a run's tokens"
                                        : count_text(options.from) + " tokens")));
  if (options.num_resamples > 0)
    out.blocks.emplace_back(note(
        fmt::format("intervals: {}, {} resamples of blocks of rows, seed {}; each is of one "
                    "place, not of all at once",
                    confidence_text(options.confidence), options.num_resamples, options.seed)));
  return out;
}

Cell fixed_cell(const Estimate& estimate, int decimals) {
  return {fixed_text(estimate, decimals), estimate};
}

// A long name has a line of its own.
TableColumn name_column(const RaceResult& result) {
  constexpr std::size_t kLongName = 10;
  const std::size_t width = name_width(result);
  return width <= kLongName ? fixed("run", width) : placed(fixed("run", kLongName), Place::above);
}

Cells curve_row(const RaceResult& result, std::size_t k) {
  const double confidence = result.options.confidence;
  const FittedCurve& own = result.curves[k];
  const Estimate E = law_estimate(
      own, [](const TokenLaw& law) { return law.E; }, confidence);
  const Estimate beta = law_estimate(
      own, [](const TokenLaw& law) { return law.beta; }, confidence);
  const double first = exp(own.curve.log_tokens.front()), last = exp(own.curve.log_tokens.back());
  return {run_name(result, k),
          {count_text(own.curve.params), own.curve.params},
          std::to_string(own.curve.num_rows()),
          {fmt::format("{} .. {}", count_text(first), count_text(last)),
           {NAN, {}, Interval{first, last}}},
          fixed_cell(E, 3),
          fixed_cell(beta, 3),
          {fmt::format("{:.4f}", own.noise), own.noise},
          fmt::format("{}, {}", own.smooth_block, own.law_block)};
}

Table curve_table(const RaceResult& result) {
  const std::size_t cell = result.options.num_resamples > 0 ? 22 : 7;
  Table out{{name_column(result),
             right(fixed("N", 6)),
             right(fixed("rows", 5)),
             fixed("tokens", 14),
             fixed("E", cell),
             fixed("beta", cell),
             fixed("noise", 6),
             {"blocks"}}};
  for (std::size_t k = 0; k < result.curves.size(); ++k) out.rows.push_back(curve_row(result, k));
  return out;
}

Table budget_table(const RaceResult& result, const RaceBy& raced) {
  const std::size_t cell = result.options.num_resamples > 0 ? 26 : 6;
  Table out{{fixed("budget", 9),
             fixed("ahead", name_width(result), 2),
             fixed("loss", 6, 2),
             fixed("by", cell, 2),
             {"runner-up"}}};
  for (const BudgetRow& row : raced.rows) {
    const bool is_level = row.lead.interval && row.lead.interval->lower <= 0;
    const Estimate& loss = row.entries[0].loss;
    out.rows.push_back({{budget_text(raced.by, row.budget), row.budget},
                        run_name(result, row.entries[0].curve),
                        {fmt::format("{:.4f}", loss.value), loss},
                        fixed_cell(row.lead, 4),
                        run_name(result, row.entries[1].curve) + (is_level ? ", level" : "")});
  }
  return out;
}

std::string title_of(const RaceBy& raced) {
  return fmt::format("by {}{}", budget_name(raced.by),
                     raced.by == Budget::tokens ? "" : ", " + printable(raced.unit));
}

Section pairs_section(const RaceResult& result, const RaceBy& raced) {
  Section out{
      "Pairs " + title_of(raced),
      {Note{"gap: loss of the smaller model less that of the larger; below 0 the smaller is "
            "ahead",
            2, 4}}};
  for (const PairRace& pair : raced.pairs)
    for (Block& block : pair_blocks(result, raced, pair)) out.blocks.push_back(std::move(block));
  return out;
}

// Who is ahead at the largest budget that was raced by first.
std::string answer_sentence(const RaceResult& result) {
  if (result.races.empty() || result.races.front().rows.empty()) return "";
  const RaceBy& raced = result.races.front();
  const BudgetRow& last = raced.rows.back();
  const bool is_level = last.lead.interval && last.lead.interval->lower <= 0;
  const std::string ahead = run_name(result, last.entries[0].curve);
  const std::string place =
      fmt::format("{} {}", budget_text(raced.by, last.budget), printable(raced.unit));
  if (is_level)
    return fmt::format("At {} {} and {} are level", place, ahead,
                       run_name(result, last.entries[1].curve));
  return fmt::format("At {} {} is ahead by {} of loss", place, ahead, fixed_text(last.lead, 4));
}

}  // namespace

Document describe_race(const RaceResult& result) {
  Document out{"Race of training curves",
               answer_sentence(result),
               {{"seed", fmt::format("{}", result.options.seed)}},
               {head(result), {"", {curve_table(result)}}},
               [&result] { return race_charts(result); }};
  for (const RaceBy& raced : result.races) {
    out.sections.push_back({title_of(raced), {budget_table(result, raced)}, true});
    out.sections.push_back(pairs_section(result, raced));
  }
  out.sections.push_back({"Warnings", {Warnings{"", result.warnings}}});
  return out;
}

}  // namespace isoloss
