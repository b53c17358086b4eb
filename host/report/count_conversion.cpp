#include "host/report/count_conversion.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>

#include "host/base/number_text.h"

namespace isoloss {
namespace {

using Json = nlohmann::ordered_json;

// A row of either report.
struct Model {
  double total = 0;
  double local = 0;  // d log N_total / d log N_E
  double other = 0;  // what the asked exponent becomes in the other count
};

Model model_of(double non_embedding, const CountConversion& conversion) {
  const double local = local_exponent(non_embedding, conversion.relation);
  return {total_of(non_embedding, conversion.relation), local,
          conversion.from_total ? exponent_in_non_embedding(conversion.exponent, local)
                                : exponent_in_total(conversion.exponent, local)};
}

std::string source_of_omega(const CountConversion& conversion) {
  if (!conversion.derived_from) return "Pearce & Song 2024: models of Hoffmann et al. 2022";
  const EmbeddingShape& from = *conversion.derived_from;
  std::string out = fmt::format("vocabulary {:.0f}", from.vocab);
  if (from.untied) out += " twice";
  if (from.positions > 0) out += fmt::format(", {:.0f} positions", from.positions);
  return out + fmt::format(", d_model / layers {:g}", from.aspect);
}

}  // namespace

Document describe_conversion(const CountConversion& conversion) {
  const std::string relation =
      fmt::format("N_total = N_E + omega N_E^(1/3), omega {} ({})",
                  number_text(conversion.relation.omega), source_of_omega(conversion));
  const std::string asked =
      fmt::format("N_{} ~ C^{:g}", conversion.from_total ? "total" : "E", conversion.exponent);
  const auto cell = [](double x) { return Cell{number_text(x), x}; };
  Table table{{fixed("N_E", 14),
               fixed("embedding", 12),
               fixed("N_total", 12),
               fixed("d log N_total / d log N_E", 27),
               {asked + " means"}}};
  for (const double non_embedding : conversion.non_embedding) {
    const Model model = model_of(non_embedding, conversion);
    const std::string other =
        fmt::format("N_{} ~ C^{}", conversion.from_total ? "E" : "total", number_text(model.other));
    table.rows.push_back({cell(non_embedding), cell(model.total - non_embedding), cell(model.total),
                          cell(model.local), other});
  }
  const Note note{
      "the last column sees the same models with both N and C = 6 N D counted the other way", 2, 2};
  return {"Counts of parameters, converted",
          "",
          {},
          {{"Relation", {Note{relation, 0, 4}}}, {"Models", {table}}, {"", {note}}},
          {}};
}

std::string conversion_json(const CountConversion& conversion) {
  Json out{
      {"schema", "isoloss/count"},          {"schema_version", 1},
      {"isoloss_version", ISOLOSS_VERSION}, {"kind", "conversion"},
      {"omega", conversion.relation.omega}, {"from", conversion.from_total ? "total" : "kaplan"},
      {"exponent", conversion.exponent},    {"models", Json::array()}};
  for (const double non_embedding : conversion.non_embedding) {
    const Model model = model_of(non_embedding, conversion);
    out["models"].push_back({{"non_embedding", non_embedding},
                             {"embedding", model.total - non_embedding},
                             {"total", model.total},
                             {"local_exponent", model.local},
                             {"other_exponent", model.other}});
  }
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace isoloss
