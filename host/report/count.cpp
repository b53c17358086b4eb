#include "host/report/count.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/answers/count/conventions.h"
#include "host/base/number_text.h"
#include "host/report/wrap.h"

namespace isoloss {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kWidth = 100;

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

std::string shape_text(const TransformerShape& shape) {
  std::string out = fmt::format("{} layers, d_model {}, {}, {}, vocabulary {}, context {}",
                                shape.layers, shape.d_model, heads_text(shape),
                                feed_forward_text(shape), shape.vocab, shape.context);
  out += shape.untied ? ", untied" : ", tied";
  out += shape.learned_positions ? ", learned positions" : "";
  return wrapped("decoder-only transformer   " + out, 0, kWidth) + "\n";
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

std::string params_text(const TransformerShape& shape) {
  const ParamCounts counts = count_params(shape);
  std::string out = "  parameters\n";
  for (const CountRow& row : param_rows(counts, shape.experts > 0))
    if (row.value > 0)
      out += fmt::format("  {}{:<{}} {:>20} {:>7.2f} %\n", row.is_sum ? "" : "  ", row.name,
                         row.is_sum ? 24 : 22, whole_text(row.value),
                         100 * row.value / counts.total());
  return out +
         wrapped(
             fmt::format("biases and norms are not counted; two RMSNorms a layer and a final one "
                         "would add {}",
                         whole_text(norm_gains(shape))),
             2, kWidth, 2) +
         "\n";
}

struct FlopRow {
  const char* key;
  const char* name;
  double forward;
};

std::vector<FlopRow> flop_rows(const TransformerShape& shape) {
  const FlopCounts flops = count_flops(shape);
  return {{"layers", "layers", flops.layers},
          {"layers_attention", "layers, attention", flops.layers + flops.attention},
          {"layers_logits", "layers, logits", flops.layers + flops.logits},
          {"all", "layers, attention, logits", flops.all()}};
}

std::string token_flops_text(const TransformerShape& shape) {
  std::string out = fmt::format("  {:<30} {:<13} {}\n", "FLOP a token", "forward", "training");
  for (const FlopRow& row : flop_rows(shape))
    out += fmt::format("    {:<28} {:<13} {}\n", row.name, number_text(row.forward),
                       number_text(kTrainingPasses * row.forward));
  return out +
         wrapped(fmt::format("matrix products, two FLOP a multiply-add; attention of every token "
                             "over all {} positions",
                             shape.context),
                 2, kWidth, 2) +
         "\n";
}

std::string conventions_text(const TransformerShape& shape, double tokens) {
  const double reference = conventions()[0].flops(shape);
  std::string out = fmt::format("  {:<34} {:<10} {:<7} ", "training FLOP a token", "", "/ 6 N");
  out += tokens > 0 ? fmt::format("{:<31} C at D {}\n", "counts", flops_text(tokens)) : "counts\n";
  for (const Convention& own : conventions()) {
    if (!own.applies_to(shape)) continue;
    const double flops = own.flops(shape);
    out +=
        fmt::format("    {:<32} {:<10} {:<7.4f} ", own.name, number_text(flops), flops / reference);
    out += tokens > 0 ? fmt::format("{:<31} {}\n", own.counts, number_text(flops * tokens))
                      : fmt::format("{}\n", own.counts);
  }
  if (shape.heads == 0)
    out += wrapped("softmax is left out: its FLOP depend on the number of heads (--heads)", 2,
                   kWidth, 2);
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

Json conventions_json(const TransformerShape& shape, double tokens) {
  const double reference = conventions()[0].flops(shape);
  Json out = Json::array();
  for (const Convention& own : conventions()) {
    if (!own.applies_to(shape)) continue;
    const double flops = own.flops(shape);
    Json row{{"key", own.key},           {"name", own.name},
             {"counts", own.counts},     {"source", own.source},
             {"flops_per_token", flops}, {"ratio_to_6_n_total", flops / reference}};
    if (tokens > 0) row["flops"] = flops * tokens;
    out.push_back(row);
  }
  return out;
}

}  // namespace

std::string count_text(const TransformerShape& shape, double tokens) {
  return shape_text(shape) + params_text(shape) + token_flops_text(shape) +
         conventions_text(shape, tokens);
}

std::string count_json(const TransformerShape& shape, double tokens) {
  Json out{{"schema", "isoloss/count"},
           {"schema_version", 1},
           {"isoloss_version", ISOLOSS_VERSION},
           {"kind", "transformer"},
           {"shape", shape_json(shape)}};
  for (const CountRow& row : param_rows(count_params(shape), true))
    out["params"][row.key] = row.value;
  out["norm_gains_not_counted"] = norm_gains(shape);
  for (const FlopRow& row : flop_rows(shape))
    out["flops_per_token"][row.key] = {{"forward", row.forward},
                                       {"training", kTrainingPasses * row.forward}};
  if (tokens > 0) out["tokens"] = tokens;
  out["conventions"] = conventions_json(shape, tokens);
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace isoloss
