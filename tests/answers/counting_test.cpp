// Parameters and FLOP of transformers against what papers and checkpoints have.

#include <cmath>
#include <stdexcept>
#include <string>

#include "host/answers/count/conventions.h"
#include "tests/catch.h"
#include "tests/input_error.h"
#include "tests/text_checks.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

TransformerShape llama2_7b() {
  TransformerShape out;
  out.layers = 32;
  out.d_model = 4096;
  out.d_ff = 11008;
  out.heads = 32;
  out.vocab = 32000;
  out.context = 4096;
  out.gated = out.untied = true;
  return out;
}

TransformerShape llama3_8b() {
  TransformerShape out = llama2_7b();
  out.d_ff = 14336;
  out.kv_heads = 8;
  out.vocab = 128256;
  return out;
}

TransformerShape mixtral_8x7b() {
  TransformerShape out = llama3_8b();
  out.vocab = 32000;
  out.experts = 8;
  out.experts_active = 2;
  return out;
}

// Heads wider than d_model together.
TransformerShape qwen3_30b_a3b() {
  TransformerShape out = mixtral_8x7b();
  out.layers = 48;
  out.d_model = 2048;
  out.d_head = 128;
  out.kv_heads = 4;
  out.vocab = 151936;
  out.experts = 128;
  out.experts_active = 8;
  out.d_ff = 0;
  out.d_ff_expert = 768;
  return out;
}

TransformerShape qwen15_moe_a27b() {
  TransformerShape out = qwen3_30b_a3b();
  out.layers = 24;
  out.d_head = 0;
  out.heads = 16;
  out.kv_heads = 0;
  out.experts = 60;
  out.experts_active = 4;
  out.shared_experts = 4;
  out.d_ff_expert = 1408;
  return out;
}

TransformerShape gpt2() {
  TransformerShape out;
  out.layers = 12;
  out.d_model = 768;
  out.heads = 12;
  out.vocab = 50257;
  out.context = 1024;
  out.learned_positions = true;
  return out;
}

TransformerShape gpt3() {
  TransformerShape out = gpt2();
  out.layers = 96;
  out.d_model = 12288;
  out.heads = 96;
  out.context = 2048;
  return out;
}

double training_flops(const char* key, const TransformerShape& shape) {
  for (const Convention& own : conventions())
    if (std::string(own.key) == key) return own.flops(shape);
  throw std::logic_error(key);
}

}  // namespace

TEST_CASE("Published models have the parameters of their checkpoints but for norms and biases") {
  // What is not counted: two RMSNorms a layer and a final one; norms of queries and keys; biases of
  // queries, keys and values and the gate of the shared experts; LayerNorms' biases and nine biases
  // of d_model a layer.
  const struct {
    const char* name;
    TransformerShape shape;
    double others;
    double published;
    double published_active;
  } models[] = {
      {"Llama 2 7B", llama2_7b(), 0, 6738415616, 6738415616},
      {"Llama 3 8B", llama3_8b(), 0, 8030261248, 8030261248},
      {"Mixtral 8x7B", mixtral_8x7b(), 0, 46702792704, 12879925248},
      {"Qwen3 30B-A3B", qwen3_30b_a3b(), 48 * 2 * 128, 30532122624, 3353032704},
      {"Qwen1.5-MoE-A2.7B", qwen15_moe_a27b(), 24 * 4 * 2048, 14315784192, 0},
      {"GPT-2", gpt2(), 25 * 768 + 12 * 9 * 768, 124439808, 124439808},
  };
  for (const auto& model : models) {
    INFO(model.name);
    const TransformerShape shape = resolved(model.shape);
    const ParamCounts counts = count_params(shape);
    const double others = norm_gains(shape) + model.others;
    CHECK(counts.total() + others == model.published);
    if (model.published_active > 0) CHECK(counts.active() + others == model.published_active);
  }
}

TEST_CASE("GPT-3 has the parameters and the compute of its paper") {
  const TransformerShape shape = resolved(gpt3());
  const ParamCounts counts = count_params(shape);
  CHECK(counts.non_embedding() == 12.0 * 96 * 12288 * 12288);
  CHECK(std::round(counts.total() / 1e8) == 1746);  // 174,600M
  const double flops = 300e9 * training_flops("six_n_total", shape);
  CHECK(std::fabs(flops / 3.14e23 - 1) <= tolerance::kThreeDigits);
}

TEST_CASE("Kaplan's count is that of their table 1") {
  TransformerShape shape = gpt2();
  shape.d_ff = 1000;
  shape.d_head = 50;
  shape = resolved(shape);
  const double N = 2.0 * 768 * 12 * (2 * 600 + 1000);
  CHECK(count_params(shape).non_embedding() == N);
  CHECK(training_flops("six_n_non_embedding", shape) == 6 * N);
  CHECK(training_flops("kaplan_table_1", shape) == 3 * (2 * N + 2.0 * 12 * 1024 * 600));
}

TEST_CASE("Hoffmann's ratios to 6 N D come out of all but embedding and logits") {
  // Their table A4. Their N has relative positions, d_model^2 a layer, which cost no FLOP there.
  const struct {
    long layers, d_model, heads;
    double ratio;
  } rows[] = {{10, 640, 10, 1.03},  {20, 1024, 16, 1.10}, {24, 1280, 10, 1.08},
              {26, 1792, 14, 1.04}, {28, 2048, 16, 1.03}, {40, 3584, 28, 0.99}};
  for (const auto& row : rows) {
    TransformerShape shape;
    shape.layers = row.layers;
    shape.d_model = row.d_model;
    shape.heads = row.heads;
    shape.vocab = 32000;
    shape.context = 2048;
    shape = resolved(shape);
    const auto d = static_cast<double>(row.d_model);
    const double N = count_params(shape).total() + static_cast<double>(row.layers) * d * d;
    INFO(N);
    CHECK(std::fabs(training_flops("hoffmann_table_a4", shape) / (6 * N) - row.ratio) <=
          tolerance::kTwoDecimals);
    CHECK(training_flops("hoffmann_appendix_f", shape) / (6 * N) >
          row.ratio + tolerance::kTwoDecimals);
  }
}

TEST_CASE("Hoffmann's appendix F is summed over a sequence as written there") {
  const TransformerShape shape = resolved(gpt2());
  const double s = 1024, V = 50257, d = 768, kh = 64 * 12, ffw = 4 * 768;
  const double attention =
      2 * 3 * s * d * kh + 2 * s * s * kh + 3 * 12 * s * s + 2 * s * s * kh + 2 * s * kh * d;
  const double dense = 2 * s * (d * ffw + d * ffw);
  const double forward = 2 * s * V * d + 12 * (attention + dense) + 2 * s * d * V;
  CHECK(training_flops("hoffmann_appendix_f", shape) == 3 * forward / s);
}

TEST_CASE("DeepSeek's M is that of their smallest model") {
  // N without and with embedding, and M, are published with three digits for it.
  TransformerShape shape;
  shape.layers = 8;
  shape.d_model = 512;
  shape.vocab = 102400;
  shape.context = 4096;
  shape = resolved(shape);
  CHECK(std::fabs(count_params(shape).non_embedding() / 25.2e6 - 1) <= tolerance::kThreeDigits);
  CHECK(std::fabs(count_params(shape).total() / 77.6e6 - 1) <= tolerance::kThreeDigits);
  CHECK(std::fabs(training_flops("deepseek", shape) / 352e6 - 1) <= tolerance::kThreeDigits);
}

TEST_CASE("A mixture whose experts are all active costs what a dense model of that width does") {
  TransformerShape dense = llama2_7b();
  dense.d_ff = 4 * 11008;
  TransformerShape experts = llama2_7b();
  experts.experts = experts.experts_active = 3;
  experts.shared_experts = 1;
  const ParamCounts all = count_params(resolved(experts));
  CHECK(all.total() == all.active());
  CHECK(all.total() - all.router == count_params(resolved(dense)).total());
  CHECK(count_flops(resolved(experts)).all() - 2 * all.router ==
        count_flops(resolved(dense)).all());
}

TEST_CASE("Without heads the queries are as wide as the model and softmax is left out") {
  TransformerShape unknown = llama2_7b();
  unknown.heads = 0;
  const TransformerShape shape = resolved(unknown);
  CHECK(count_params(shape).total() == count_params(resolved(llama2_7b())).total());
  CHECK(training_flops("hoffmann_table_a4", shape) == training_flops("deepseek", shape));
}

TEST_CASE("Shapes that cannot be are refused with advice") {
  const auto refused = [](auto change) {
    TransformerShape shape = mixtral_8x7b();
    change(shape);
    return refusal([&] { resolved(shape); });
  };
  using Shape = TransformerShape;
  CHECK(refused([](Shape&) {}) == "accepted");
  CHECK(contains(refused([](Shape& s) { s.layers = 0; }), "must be positive"));
  CHECK(contains(refused([](Shape& s) { s.d_ff = -1; }), "negative"));
  CHECK(contains(refused([](Shape& s) { s.heads = 30; }), "give --d-head too"));
  CHECK(contains(refused([](Shape& s) { s.kv_heads = 5; }), "must divide --heads"));
  CHECK(contains(refused([](Shape& s) { s.heads = 0; }), "--kv-heads without --heads"));
  CHECK(contains(refused([](Shape& s) { s.experts_active = 0; }), "--experts-active, say 2"));
  CHECK(contains(refused([](Shape& s) { s.experts_active = 9; }), "at most --experts"));
  CHECK(contains(refused([](Shape& s) { s.d_ff_expert = 64; }), "one of the two"));
  CHECK(contains(refused([](Shape& s) { s.experts = 0; }), "without their number"));
  CHECK(contains(refused([](Shape& s) {
                   s.heads = s.kv_heads = 0;
                   s.d_head = 100;
                 }),
                 "give --heads too"));
}

}  // namespace isoloss
