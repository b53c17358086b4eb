#include "host/answers/count/conventions.h"

#include <array>

namespace isoloss {
namespace {

double six_total(const TransformerShape& shape) { return 6 * count_params(shape).total(); }
double six_active(const TransformerShape& shape) { return 6 * count_params(shape).active(); }

double six_non_embedding(const TransformerShape& shape) {
  return 6 * count_params(shape).non_embedding();
}

// The head is counted once, whether or not it is the transposed embedding.
double with_head(const TransformerShape& shape) {
  const FlopCounts flops = count_flops(shape);
  return kTrainingPasses * (flops.layers + flops.logits);
}

// 2 N + 2 n_layer n_ctx d_attn forward: half of FlopCounts' attention.
double kaplan_table(const TransformerShape& shape) {
  const FlopCounts flops = count_flops(shape);
  return kTrainingPasses * (flops.layers + flops.attention / 2);
}

// What the ratios of table A4 come from: appendix F names embeddings and logits too, but with them
// no row comes out. Softmax is 3 num_heads seq_len^2 a layer and sequence; it is left out where
// heads are not known.
double hoffmann_layers(const TransformerShape& shape) {
  const FlopCounts flops = count_flops(shape);
  const double softmax = 3 * static_cast<double>(shape.layers) * static_cast<double>(shape.heads) *
                         static_cast<double>(shape.context);
  return kTrainingPasses * (flops.layers + flops.attention + softmax);
}

// Embeddings count like a product with one-hot rows, 2 vocab d_model a token, as logits do.
double hoffmann_all(const TransformerShape& shape) {
  return hoffmann_layers(shape) + kTrainingPasses * 2 * count_flops(shape).logits;
}

double deepseek(const TransformerShape& shape) {
  const FlopCounts flops = count_flops(shape);
  return kTrainingPasses * (flops.layers + flops.attention);
}

constexpr const char* kKaplan = "Kaplan et al. 2020, arXiv:2001.08361, section 2.1";
constexpr const char* kHoffmann = "Hoffmann et al. 2022, arXiv:2203.15556, appendix F";

constexpr std::array kConventions{
    Convention{"six_n_total", "6 N, total", "every parameter", kHoffmann, false, six_total},
    Convention{"six_n_active", "6 N, active", "parameters that a token meets",
               "the same for mixtures of experts", true, six_active},
    Convention{"six_n_non_embedding", "6 N, non-embedding", "parameters of the layers", kKaplan,
               false, six_non_embedding},
    Convention{"kaplan_table_1", "Kaplan et al. 2020, table 1", "layers, half of the attention",
               kKaplan, false, kaplan_table},
    Convention{"porian", "Porian et al. 2024", "layers, logits",
               "Porian et al. 2024, arXiv:2406.19146", false, with_head},
    Convention{"deepseek", "DeepSeek LLM 2024, M", "layers, attention",
               "DeepSeek-AI 2024, arXiv:2401.02954", false, deepseek},
    Convention{"hoffmann_table_a4", "Hoffmann et al. 2022, table A4", "layers, attention, softmax",
               kHoffmann, false, hoffmann_layers},
    Convention{"hoffmann_appendix_f", "Hoffmann et al. 2022, appendix F",
               "the same, embedding, logits", kHoffmann, false, hoffmann_all},
};

}  // namespace

std::span<const Convention> conventions() { return kConventions; }

}  // namespace isoloss
