#include "host/answers/count/transformer.h"

#include <fmt/format.h>

#include "host/base/error.h"

namespace isoloss {
namespace {

void require_sizes(const TransformerShape& shape) {
  for (const long size : {shape.layers, shape.d_model, shape.vocab, shape.context})
    require(size > 0, "layers, d_model, vocabulary and context must be positive", "");
  for (const long size : {shape.d_ff, shape.heads, shape.d_head, shape.kv_heads, shape.experts,
                          shape.experts_active, shape.shared_experts, shape.d_ff_expert})
    require(size >= 0, "a size of a transformer is negative", "");
}

void resolve_heads(TransformerShape& shape) {
  const long d = shape.d_model;
  if (shape.heads > 0 && shape.d_head == 0) {
    require(d % shape.heads == 0,
            fmt::format("d_model {} is no multiple of {} heads", d, shape.heads),
            "give ``d-head`` too, or heads that divide d_model");
    shape.d_head = d / shape.heads;
  }
  if (shape.heads == 0 && shape.d_head > 0) {
    require(d % shape.d_head == 0,
            fmt::format("d_model {} is no multiple of a head's width {}", d, shape.d_head),
            "give ``heads`` too");
    shape.heads = d / shape.d_head;
  }
  if (shape.kv_heads == 0) shape.kv_heads = shape.heads;
  if (shape.kv_heads == 0) return;
  require(shape.heads > 0, "``kv-heads`` without ``heads``", "give ``heads`` too");
  require(
      shape.heads % shape.kv_heads == 0,
      fmt::format("{} heads cannot share {} heads of keys and values", shape.heads, shape.kv_heads),
      "``kv-heads`` must divide ``heads``");
}

void resolve_experts(TransformerShape& shape) {
  if (shape.experts == 0) {
    require(shape.experts_active == 0 && shape.shared_experts == 0 && shape.d_ff_expert == 0,
            "sizes of experts without their number", "give ``experts`` too, or leave them out");
    if (shape.d_ff == 0) shape.d_ff = 4 * shape.d_model;
    return;
  }
  require(shape.experts_active > 0,
          fmt::format("{} experts, but not how many of them a token meets", shape.experts),
          "give ``experts-active``, say 2");
  require(shape.experts_active <= shape.experts,
          fmt::format("{} of {} experts cannot be active", shape.experts_active, shape.experts),
          "``experts-active`` is at most ``experts``");
  require(shape.d_ff == 0 || shape.d_ff_expert == 0, "``d-ff`` beside ``d-ff-expert``",
          "every layer has experts here: give one of the two");
  if (shape.d_ff_expert == 0) shape.d_ff_expert = shape.d_ff > 0 ? shape.d_ff : 4 * shape.d_model;
  shape.d_ff = 0;
}

}  // namespace

TransformerShape resolved(const TransformerShape& asked) {
  TransformerShape out = asked;
  require_sizes(out);
  resolve_heads(out);
  resolve_experts(out);
  return out;
}

double d_attn(const TransformerShape& shape) {
  return shape.heads == 0 ? static_cast<double>(shape.d_model)
                          : static_cast<double>(shape.heads) * static_cast<double>(shape.d_head);
}

double d_kv(const TransformerShape& shape) {
  return shape.heads == 0 ? d_attn(shape)
                          : static_cast<double>(shape.kv_heads) * static_cast<double>(shape.d_head);
}

ParamCounts count_params(const TransformerShape& shape) {
  const auto layers = static_cast<double>(shape.layers);
  const auto d = static_cast<double>(shape.d_model);
  const auto experts = static_cast<double>(shape.experts);
  const auto shared = static_cast<double>(shape.shared_experts);
  const double block = shape.gated ? 3 * d : 2 * d;  // weights a unit of width
  ParamCounts out;
  out.token_embedding = static_cast<double>(shape.vocab) * d;
  if (shape.learned_positions) out.positions = static_cast<double>(shape.context) * d;
  if (shape.untied) out.output_head = out.token_embedding;
  out.attention = layers * 2 * d * (d_attn(shape) + d_kv(shape));
  if (shape.experts == 0) {
    out.feed_forward = layers * block * static_cast<double>(shape.d_ff);
    out.feed_forward_active = out.feed_forward;
    return out;
  }
  const double expert = layers * block * static_cast<double>(shape.d_ff_expert);
  out.feed_forward = (experts + shared) * expert;
  out.feed_forward_active = (static_cast<double>(shape.experts_active) + shared) * expert;
  out.router = layers * d * experts;
  return out;
}

double norm_gains(const TransformerShape& shape) {
  return static_cast<double>(2 * shape.layers + 1) * static_cast<double>(shape.d_model);
}

FlopCounts count_flops(const TransformerShape& shape) {
  const auto d = static_cast<double>(shape.d_model);
  FlopCounts out;
  out.layers = 2 * count_params(shape).active_non_embedding();
  out.attention =
      4 * static_cast<double>(shape.layers) * static_cast<double>(shape.context) * d_attn(shape);
  out.logits = 2 * d * static_cast<double>(shape.vocab);
  return out;
}

}  // namespace isoloss
