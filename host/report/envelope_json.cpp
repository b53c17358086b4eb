#include "host/report/envelope.h"
#include "host/report/json_parts.h"

namespace isoloss {
namespace {

Json run_json(const EnvelopeRun& own) {
  Json out{{"run", own.run}, {"params", own.params}, {"num_points", own.num_points}};
  if (own.from > 0) out["flops"] = {own.from, own.to};
  return out;
}

Json power_law_json(const EnvelopePowerLaw& law) {
  return {{"exponent", estimate_json(law.exponent)},
          {"coefficient", estimate_json(law.coefficient)}};
}

}  // namespace

std::string envelope_json(const Envelope& answer) {
  Json runs = Json::array(), plans = Json::array();
  for (const EnvelopeRun& own : answer.runs) runs.push_back(run_json(own));
  for (const EnvelopePlan& own : answer.plans)
    plans.push_back({{"flops", own.budget},
                     {"params", estimate_json(own.params)},
                     {"tokens", estimate_json(own.tokens)}});
  Json out{{"schema", "isoloss/envelope"},
           {"schema_version", 1},
           {"isoloss_version", ISOLOSS_VERSION},
           {"path", answer.path},
           {"num_rows", answer.num_rows},
           {"half_width", answer.question.half_width},
           {"num_resamples", answer.question.num_resamples},
           {"seed", answer.question.seed},
           {"confidence", answer.question.confidence},
           {"runs", runs},
           {"num_used", answer.num_used},
           {"num_at_edge", answer.num_at_edge},
           {"num_alone", answer.num_alone},
           {"num_sizes", answer.num_sizes},
           {"share_unfinished", answer.share_unfinished},
           {"share_without", answer.share_without},
           {"N", power_law_json(answer.N)},
           {"D", power_law_json(answer.D)},
           {"plans", plans}};
  out["warnings"] = warnings_json(answer.warnings);
  return json_text(out);
}

}  // namespace isoloss
