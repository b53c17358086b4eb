#include "host/report/count_conversion.h"

#include <fmt/format.h>

#include <string>

#include "host/base/number_text.h"
#include "host/report/json_parts.h"

namespace isoloss {
namespace {

std::string source_of_omega(const CountConversion& got) {
  if (!got.question.embedding) return "Pearce & Song 2024: models of Hoffmann et al. 2022";
  const EmbeddingShape& from = *got.question.embedding;
  std::string out = fmt::format("vocabulary {:.0f}", from.vocab);
  if (from.untied) out += " twice";
  if (from.positions > 0) out += fmt::format(", {:.0f} positions", from.positions);
  return out + fmt::format(", d_model / layers {:g}", from.aspect);
}

}  // namespace

Document describe_conversion(const CountConversion& got) {
  const std::string relation = fmt::format("N_total = N_E + omega N_E^(1/3), omega {} ({})",
                                           number_text(got.relation.omega), source_of_omega(got));
  const std::string asked =
      fmt::format("N_{} ~ C^{:g}", got.question.from_total ? "total" : "E", got.exponent);
  const auto cell = [](double x) { return Cell{number_text(x), x}; };
  Table table{{fixed("N_E", 14),
               fixed("embedding", 12),
               fixed("N_total", 12),
               fixed("d log N_total / d log N_E", 27),
               {asked + " means"}}};
  for (const ConvertedCount& model : got.models) {
    const std::string other = fmt::format("N_{} ~ C^{}", got.question.from_total ? "E" : "total",
                                          number_text(model.other_exponent));
    table.rows.push_back({cell(model.non_embedding), cell(model.total - model.non_embedding),
                          cell(model.total), cell(model.local_exponent), other});
  }
  const Note note{
      "the last column sees the same models with both N and C = 6 N D counted the other way", 2, 2};
  return {"Counts of parameters, converted",
          "",
          {},
          {{"Relation", {Note{relation, 0, 4}}}, {"Models", {table}}, {"", {note}}},
          {}};
}

std::string conversion_json(const CountConversion& got) {
  Json out{
      {"schema", "isoloss/count"},          {"schema_version", 1},
      {"isoloss_version", ISOLOSS_VERSION}, {"kind", "conversion"},
      {"omega", got.relation.omega},        {"from", got.question.from_total ? "total" : "kaplan"},
      {"exponent", got.exponent},           {"models", Json::array()}};
  for (const ConvertedCount& model : got.models) {
    out["models"].push_back({{"non_embedding", model.non_embedding},
                             {"embedding", model.total - model.non_embedding},
                             {"total", model.total},
                             {"local_exponent", model.local_exponent},
                             {"other_exponent", model.other_exponent}});
  }
  return json_text(out);
}

}  // namespace isoloss
