#include "host/report/json_parts.h"

#include <algorithm>
#include <cmath>

namespace isoloss {

Json number_json(double x) { return std::isfinite(x) ? Json(x) : Json(nullptr); }

Json estimate_json(const Estimate& estimate) {
  Json out{{"value", number_json(estimate.value)}};
  if (estimate.standard_error) out["standard_error"] = number_json(*estimate.standard_error);
  if (estimate.interval)
    out["interval"] = {number_json(estimate.interval->lower),
                       number_json(estimate.interval->upper)};
  return out;
}

Json runs_json(const RunTable& runs) {
  Json columns = Json::array();
  for (const ColumnUse& use : runs.columns)
    columns.push_back(
        {{"quantity", use.quantity}, {"source", use.source}, {"derived", use.derived}});
  Json dropped = Json::array();
  for (const Dropped& drop : runs.dropped)
    dropped.push_back({{"reason", drop.reason}, {"num_rows", drop.num_rows}});
  return {{"path", runs.path},
          {"num_rows_read", runs.num_rows_read},
          {"num_runs", runs.num_runs()},
          {"largest_flops", runs.flops.empty() ? Json(nullptr) : number_json(runs.largest_flops())},
          {"columns", columns},
          {"dropped", dropped}};
}

Json lines_json(const RunTable& runs, const std::vector<std::size_t>& rows) {
  Json out = Json::array();
  for (const std::size_t i : rows) out.push_back(runs.line[i]);
  return out;
}

Json warnings_json(const std::vector<Warning>& warnings) {
  Json out = Json::array();
  for (const Warning& warning : warnings)
    out.push_back({{"name", warning.name}, {"text", warning.text}});
  return out;
}

std::string json_line(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string json_text(const Json& json, const std::string& name, const std::string& value) {
  std::string out = json_text(json);
  out.resize(out.rfind("\n}"));
  return out.append(",\n  ").append(json_line(name)).append(": ").append(value).append("\n}\n");
}

std::string json_text(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace isoloss
