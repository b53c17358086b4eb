#include "host/report/race.h"

#include "fits/math.h"
#include "host/report/json_parts.h"

namespace isoloss {
namespace {

// B in the unit of E for D in tokens: B' D_last^beta.
double weight_of(const TokenLaw& law) { return law.B_at_last * exp(law.beta * law.log_last); }

Json law_json(const FittedCurve& fitted, const RaceOptions& options) {
  const auto of = [&](auto part) {
    return estimate_json(law_estimate(fitted, part, options.confidence));
  };
  return {{"E", of([](const TokenLaw& law) { return law.E; })},
          {"B", of(weight_of)},
          {"beta", of([](const TokenLaw& law) { return law.beta; })},
          {"at_bound", fitted.law.at_bound},
          {"num_rows", fitted.num_law_rows},
          {"block", fitted.law_block}};
}

Json curve_json(const FittedCurve& fitted, const RaceOptions& options) {
  const Curve& curve = fitted.curve;
  return {{"run", curve.run},
          {"params", curve.params},
          {"num_rows", curve.num_rows()},
          {"rows_a_mean", curve.rows_a_mean},
          {"tokens", {exp(curve.log_tokens.front()), exp(curve.log_tokens.back())}},
          {"noise", fitted.noise},
          {"block", fitted.smooth_block},
          {"law", law_json(fitted, options)}};
}

Json row_json(const RaceResult& result, const BudgetRow& row) {
  Json losses = Json::array();
  for (const BudgetRow::Entry& entry : row.entries)
    losses.push_back(
        {{"run", result.curves[entry.curve].curve.run}, {"loss", estimate_json(entry.loss)}});
  return {{"budget", row.budget}, {"losses", losses}, {"lead", estimate_json(row.lead)}};
}

Json gap_json(const Gap& gap) {
  return {{"budget", gap.budget}, {"loss", estimate_json(gap.loss)}};
}

Json crossing_json(const CrossingEstimate& crossing) {
  return {{"budget", crossing.budget ? estimate_json(*crossing.budget) : Json(nullptr)},
          {"share_of_resamples", crossing.share}};
}

Json pair_json(const RaceResult& result, const PairRace& pair) {
  Json gaps = Json::array();
  for (const Gap& gap : pair.gaps) gaps.push_back(gap_json(gap));
  Json out{{"smaller", result.curves[pair.smaller].curve.run},
           {"larger", result.curves[pair.larger].curve.run},
           {"common", {pair.from, pair.to}},
           {"tokens_at_end", {pair.smaller_tokens, pair.larger_tokens}},
           {"num_crossings", pair.num_crossings},
           {"last_crossing", crossing_json(pair.last_crossing)},
           {"gap_at_half", gap_json(pair.half)},
           {"gap_at_end", gap_json(pair.end)},
           {"gaps", gaps}};
  if (result.options.num_resamples > 0)
    out["late"] = {{"ahead", late_name(pair.late)},
                   {"since", pair.late_since},
                   {"before", late_name(pair.before)}};
  out["law_gap_at_end"] = pair.law_gap;
  out["extrapolated_crossing"] = crossing_json(pair.law_crossing);
  out["extrapolated_crossing"]["looked_up_to"] = kHorizon * pair.to;
  return out;
}

Json race_by_json(const RaceResult& result, const RaceBy& raced) {
  Json rows = Json::array(), pairs = Json::array();
  for (const BudgetRow& row : raced.rows) rows.push_back(row_json(result, row));
  for (const PairRace& pair : raced.pairs) pairs.push_back(pair_json(result, pair));
  return {{"by", budget_name(raced.by)}, {"unit", raced.unit}, {"budgets", rows}, {"pairs", pairs}};
}

}  // namespace

std::string race_json(const RaceResult& result) {
  const RaceOptions& options = result.options;
  Json curves = Json::array(), races = Json::array();
  for (const FittedCurve& fitted : result.curves) curves.push_back(curve_json(fitted, options));
  for (const RaceBy& raced : result.races) races.push_back(race_by_json(result, raced));
  return json_text({{"schema", "isoloss/race"},
                    {"schema_version", 1},
                    {"isoloss_version", ISOLOSS_VERSION},
                    {"runs", runs_json(result.runs)},
                    {"half_width", options.half_width},
                    {"from", options.from},
                    {"bootstrap",
                     {{"num_resamples", options.num_resamples},
                      {"seed", options.seed},
                      {"confidence", options.confidence},
                      {"unit", "block of rows"}}},
                    {"curves", curves},
                    {"races", races},
                    {"warnings", warnings_json(result.warnings)}});
}

}  // namespace isoloss
