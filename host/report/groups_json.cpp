#include "host/report/groups.h"
#include "host/report/json_parts.h"

namespace isoloss {
namespace {

Json group_json(const GroupFit& own) {
  Json out{{"group", own.group}, {"num_runs", own.num_runs}};
  out["objective_alone"] = number_json(own.objective);
  if (!own.law) {
    out["failure"] = own.failure;
    return out;
  }
  Json params = Json::object();
  for (const ParamEstimate& param : own.params) {
    params[param.name] = estimate_json(param);
    params[param.name]["at_bound"] = param.at_bound;
  }
  out["status"] = status_name(own.law->status);
  out["params"] = params;
  return out;
}

Json ratio_json(const ComputeRatio& own) {
  return {{"group", own.group},
          {"than", own.than},
          {"flops", own.budget},
          {"loss", estimate_json(own.loss)},
          {"compute_ratio", estimate_json(own.ratio)},
          {"share_without", own.share_without}};
}

}  // namespace

std::string groups_json(const Groups& answer) {
  Json groups = Json::array(), ratios = Json::array();
  for (const GroupFit& own : answer.groups) groups.push_back(group_json(own));
  for (const ComputeRatio& own : answer.ratios) ratios.push_back(ratio_json(own));
  Json out{{"schema", "isoloss/groups"},
           {"schema_version", 1},
           {"isoloss_version", ISOLOSS_VERSION},
           {"path", answer.path},
           {"num_runs", answer.num_runs},
           {"law", answer.law.name},
           {"formula", answer.law.formula},
           {"by", answer.question.by},
           {"shared", answer.question.shared},
           {"num_resamples", answer.num_resamples},
           {"seed", answer.seed},
           {"confidence", answer.confidence},
           {"groups", groups}};
  if (answer.joint)
    out["joint"] = {{"status", status_name(answer.joint->law.status)},
                    {"objective", number_json(answer.joint->objective)},
                    {"num_params", answer.joint->num_params}};
  out["compute_ratios"] = ratios;
  out["warnings"] = warnings_json(answer.warnings);
  return json_text(out);
}

}  // namespace isoloss
