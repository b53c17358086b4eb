#include "host/report/influence.h"
#include "host/report/json_parts.h"

namespace isoloss {
namespace {

Json quantities_json(const Influence& answer) {
  Json out = Json::array();
  for (const AskedQuantity& own : answer.quantities) {
    Json quantity = estimate_json(own.own);
    quantity["quantity"] = own.name;
    out.push_back(std::move(quantity));
  }
  return out;
}

Json without_json(const Influence& answer, const Without& own) {
  Json moved = Json::array();
  for (const MovedQuantity& to : own.moved)
    moved.push_back({{"value", number_json(to.value)},
                     {"times", number_json(to.times)},
                     {"times_of_rest", number_json(to.times_of_rest)}});
  Json out{{"kind", leave_out_name(own.group.kind)},
           {"label", own.group.label},
           {"lines", lines_json(answer.made->runs, own.group.rows)},
           {"status", own.failure.empty() ? status_name(own.status) : "no_fit"},
           {"most", answer.quantities[own.most].name},
           {"times", number_json(own.times())},
           {"moved", moved}};
  if (!own.failure.empty()) out["failure"] = own.failure;
  return out;
}

}  // namespace

std::string influence_json(const Influence& answer) {
  const FitResult& fit = answer.made->fit;
  Json without = Json::array();
  for (const Without& own : answer.without) without.push_back(without_json(answer, own));
  return json_text({{"schema", "isoloss/influence"},
                    {"schema_version", 1},
                    {"isoloss_version", ISOLOSS_VERSION},
                    {"path", answer.made->runs.path},
                    {"law", fit.law->name},
                    {"status", status_name(fit.status)},
                    {"num_resamples", fit.bootstrap.num_resamples},
                    {"seed", fit.options.seed},
                    {"confidence", fit.options.confidence},
                    {"quantities", quantities_json(answer)},
                    {"without", without},
                    {"warnings", warnings_json(answer.warnings)}});
}

}  // namespace isoloss
