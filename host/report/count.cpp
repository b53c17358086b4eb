#include "host/report/count.h"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "host/base/number_text.h"
#include "host/report/json_parts.h"

namespace isoloss {
namespace {

std::string heads_text(const TransformerShape& shape) {
  if (shape.heads == 0) return fmt::format("attention of width {}", shape.d_model);
  std::string out = fmt::format("{} heads of {}", shape.heads, shape.d_head);
  if (shape.kv_heads != shape.heads)
    out += fmt::format(" with {} of keys and values", shape.kv_heads);
  return out;
}

std::string feed_forward_text(const TransformerShape& shape) {
  const char* gated = shape.gated ? "gated " : "";
  if (shape.experts == 0) return fmt::format("{}d_ff {}", gated, shape.d_ff);
  std::string out = fmt::format("{} of {} {}experts of d_ff {}", shape.experts_active,
                                shape.experts, gated, shape.d_ff_expert);
  if (shape.shared_experts > 0) out += fmt::format(" and {} shared", shape.shared_experts);
  return out;
}

Section shape_section(const TransformerShape& shape) {
  std::string out = fmt::format("{} layers, d_model {}, {}, {}, vocabulary {}, context {}",
                                shape.layers, shape.d_model, heads_text(shape),
                                feed_forward_text(shape), shape.vocab, shape.context);
  out += shape.untied ? ", untied" : ", tied";
  out += shape.learned_positions ? ", learned positions" : "";
  return {"Model", {Note{"decoder-only transformer   " + out, 0, 4}}};
}

// One table for both reports; the text leaves out what the model has none of.
struct CountRow {
  const char* key;
  const char* name;
  double value;
  bool is_sum;
};

std::vector<CountRow> param_rows(const ParamCounts& counts, bool has_experts) {
  std::vector<CountRow> out{
      {"token_embedding", "token embedding", counts.token_embedding, false},
      {"positions", "learned positions", counts.positions, false},
      {"output_head", "output head", counts.output_head, false},
      {"attention", "attention", counts.attention, false},
      {"feed_forward", has_experts ? "experts" : "feed-forward", counts.feed_forward, false},
      {"router", "router", counts.router, false},
      {"embedding", "embedding", counts.embedding(), true},
      {"non_embedding", "non-embedding", counts.non_embedding(), true},
      {"total", "total", counts.total(), true},
  };
  if (!has_experts) return out;
  out.push_back(
      {"active_non_embedding", "active, non-embedding", counts.active_non_embedding(), true});
  out.push_back({"active", "active", counts.active(), true});
  return out;
}

Section params_section(const Counts& got) {
  const TransformerShape& shape = got.question.shape;
  Table table{
      {fixed("parameters", 24), right(untitled("count", 20, 1)), right(untitled("share", 9))}};
  for (const CountRow& row : param_rows(got.params, shape.experts > 0)) {
    const double share = row.value / got.params.total();
    if (row.value > 0)
      table.rows.push_back({(row.is_sum ? "" : "  ") + std::string(row.name),
                            {whole_text(row.value), row.value},
                            {fmt::format("{:.2f} %", 100 * share), share}});
  }
  return {"Parameters",
          {table, Note{fmt::format("biases and norms are not counted; two RMSNorms a layer and a "
                                   "final one would add {}",
                                   whole_text(norm_gains(shape))),
                       2, 2}}};
}

struct FlopRow {
  const char* key;
  const char* name;
  double forward;
};

std::vector<FlopRow> flop_rows(const FlopCounts& flops) {
  return {{"layers", "layers", flops.layers},
          {"layers_attention", "layers, attention", flops.layers + flops.attention},
          {"layers_logits", "layers, logits", flops.layers + flops.logits},
          {"all", "layers, attention, logits", flops.all()}};
}

Cell number_cell(double x) { return {number_text(x), x}; }

Section token_flops_section(const Counts& got) {
  Table table{{fixed("FLOP a token", 30), fixed("forward", 13), {"training"}}};
  for (const FlopRow& row : flop_rows(got.flops))
    table.rows.push_back({std::string("  ") + row.name, number_cell(row.forward),
                          number_cell(kTrainingPasses * row.forward)});
  return {"FLOP a token",
          {table, Note{fmt::format("matrix products, two FLOP a multiply-add; attention of every "
                                   "token over all {} positions",
                                   got.question.shape.context),
                       2, 2}}};
}

Section conventions_section(const Counts& got) {
  const double tokens = got.question.tokens;
  Table table{{fixed("training FLOP a token", 34), untitled("FLOP", 10, 1), fixed("/ 6 N", 7),
               fixed("counts", 31)}};
  if (tokens > 0) table.columns.push_back({fmt::format("C at D {}", flops_text(tokens))});
  for (const ConventionFlops& own : got.conventions) {
    table.rows.push_back({std::string("  ") + own.convention->name,
                          number_cell(own.per_token),
                          {fmt::format("{:.4f}", own.over_6_total), own.over_6_total},
                          own.convention->counts});
    if (tokens > 0) table.rows.back().push_back(number_cell(own.per_token * tokens));
  }
  Section out{"Conventions", {table}};
  if (got.question.shape.heads == 0)
    out.blocks.emplace_back(
        Note{"softmax is left out: its FLOP depend on the number of heads (``heads``)", 2, 2});
  return out;
}

Json shape_json(const TransformerShape& shape) {
  return {{"layers", shape.layers},
          {"d_model", shape.d_model},
          {"d_ff", shape.d_ff},
          {"heads", shape.heads},
          {"d_head", shape.d_head},
          {"kv_heads", shape.kv_heads},
          {"vocab", shape.vocab},
          {"context", shape.context},
          {"experts", shape.experts},
          {"experts_active", shape.experts_active},
          {"shared_experts", shape.shared_experts},
          {"d_ff_expert", shape.d_ff_expert},
          {"gated", shape.gated},
          {"untied", shape.untied},
          {"learned_positions", shape.learned_positions}};
}

Json conventions_json(const Counts& got) {
  const double tokens = got.question.tokens;
  Json out = Json::array();
  for (const ConventionFlops& own : got.conventions) {
    Json row{{"key", own.convention->key},       {"name", own.convention->name},
             {"counts", own.convention->counts}, {"source", own.convention->source},
             {"flops_per_token", own.per_token}, {"ratio_to_6_n_total", own.over_6_total}};
    if (tokens > 0) row["flops"] = own.per_token * tokens;
    out.push_back(row);
  }
  return out;
}

}  // namespace

Document describe_counts(const Counts& got) {
  return {"Counts of a transformer",
          fmt::format("{} parameters, {} of them in no embedding", whole_text(got.params.total()),
                      whole_text(got.params.non_embedding())),
          {},
          {shape_section(got.question.shape), params_section(got), token_flops_section(got),
           conventions_section(got)},
          {}};
}

std::string counts_json(const Counts& got) {
  const TransformerShape& shape = got.question.shape;
  Json out{{"schema", "isoloss/count"},
           {"schema_version", 1},
           {"isoloss_version", ISOLOSS_VERSION},
           {"kind", "transformer"},
           {"shape", shape_json(shape)}};
  for (const CountRow& row : param_rows(got.params, true)) out["params"][row.key] = row.value;
  out["norm_gains_not_counted"] = norm_gains(shape);
  for (const FlopRow& row : flop_rows(got.flops))
    out["flops_per_token"][row.key] = {{"forward", row.forward},
                                       {"training", kTrainingPasses * row.forward}};
  if (got.question.tokens > 0) out["tokens"] = got.question.tokens;
  out["conventions"] = conventions_json(got);
  return json_text(out);
}

}  // namespace isoloss
