#include "host/report/inspect.h"
#include "host/report/json_parts.h"

namespace isoloss {
namespace {

Json columns_json(const RunTable& runs) {
  Json out = Json::array();
  for (const ColumnUse& use : runs.columns)
    out.push_back({{"quantity", use.quantity},
                   {"source", use.source},
                   {"derived", use.derived},
                   {"unit", use.unit},
                   {"scale", use.scale}});
  return out;
}

Json dropped_json(const RunTable& runs) {
  Json out = Json::array();
  for (const Dropped& own : runs.dropped)
    out.push_back({{"reason", own.reason}, {"lines", own.lines}});
  return out;
}

Json ranges_json(const Inspection& answer) {
  Json out = Json::array();
  for (const InspectedRange& own : answer.ranges)
    out.push_back({{"symbol", own.symbol},
                   {"quantity", own.quantity},
                   {"least", number_json(own.least)},
                   {"median", number_json(own.median)},
                   {"largest", number_json(own.largest)},
                   {"num_values", own.num_values}});
  return out;
}

Json repeats_json(const Inspection& answer) {
  const RepeatedRuns& own = answer.repeats;
  return {{"copied_lines", lines_json(answer.runs, own.copies)},
          {"num_replicates", own.num_replicates},
          {"num_settings", own.num_settings},
          {"standard_deviation", own.deviation ? number_json(*own.deviation) : Json(nullptr)}};
}

Json compute_json(const Inspection& answer) {
  if (!answer.compute) return nullptr;
  return {{"least", number_json(answer.compute->least)},
          {"median", number_json(answer.compute->median)},
          {"largest", number_json(answer.compute->largest)},
          {"num_off", answer.compute->num_off}};
}

Json clusters_json(const Inspection& answer) {
  if (!answer.clusters) return nullptr;
  return {{"num_runs", answer.clusters->num_runs},
          {"fewest_rows", answer.clusters->fewest},
          {"most_rows", answer.clusters->most}};
}

Json outliers_json(const Inspection& answer) {
  Json out = Json::array();
  for (const Outlier& own : answer.outliers)
    out.push_back({{"path", answer.runs.path_of(answer.runs.row[own.run])},
                   {"line", answer.runs.line[own.run]},
                   {"residual", number_json(own.residual)},
                   {"deviations", number_json(own.times)}});
  return out;
}

Json determined_json(const Inspection& answer) {
  Json out = Json::array();
  for (const Determined& own : answer.quantities) {
    out.push_back({{"quantity", own.name},
                   {"value", number_json(own.value)},
                   {"determination", determination_name(own.how)}});
    if (own.interval)
      out.back()["interval"] = {number_json(own.interval->lower), number_json(own.interval->upper)};
  }
  return out;
}

Json design_verdict_json(const Inspection& answer) {
  Json out{{"name", verdict_name(answer.verdict.kind)}, {"text", answer.verdict_text}};
  if (!answer.fit) return out;
  out["rank"] = answer.fit->identifiability.rank;
  out["condition"] = number_json(answer.fit->identifiability.condition);
  return out;
}

}  // namespace

std::string inspection_json(const Inspection& answer) {
  return json_text(
      {{"schema", "isoloss/inspect"},
       {"schema_version", 1},
       {"isoloss_version", ISOLOSS_VERSION},
       {"path", answer.runs.path},
       {"law", answer.law.name},
       {"formula", answer.law.formula},
       {"num_rows_read", answer.runs.num_rows_read},
       {"num_runs", answer.runs.num_runs()},
       {"columns", columns_json(answer.runs)},
       {"dropped", dropped_json(answer.runs)},
       {"ranges", ranges_json(answer)},
       {"repeats", repeats_json(answer)},
       {"compute_ratio", compute_json(answer)},
       {"clusters", clusters_json(answer)},
       {"robust_deviation", answer.fit ? number_json(answer.deviation) : Json(nullptr)},
       {"outlier_limit", answer.fit ? number_json(answer.outlier_limit) : Json(nullptr)},
       {"outliers", outliers_json(answer)},
       {"verdict", design_verdict_json(answer)},
       {"num_squared", answer.num_squared},
       {"quantities", determined_json(answer)},
       {"warnings", warnings_json(answer.warnings)}});
}

}  // namespace isoloss
