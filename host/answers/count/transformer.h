// A decoder-only transformer, dense or a mixture of experts: its shape, parameters and FLOP.

#pragma once

namespace isoloss {

// Sizes as people write them down. Zero means "not said": resolved() puts the default there.
struct TransformerShape {
  long layers = 0;
  long d_model = 0;
  long d_ff = 0;    // width of a dense feed-forward block; default 4 d_model
  long heads = 0;   // stays zero where neither heads nor d_head are said: heads * d_head = d_model
  long d_head = 0;  // default d_model / heads
  long kv_heads = 0;  // grouped-query attention; default heads
  long vocab = 0;
  long context = 0;         // positions a token attends to, s
  long experts = 0;         // routed experts a layer; 0: dense
  long experts_active = 0;  // routed experts a token goes to
  long shared_experts = 0;  // experts that every token goes to
  long d_ff_expert = 0;     // width of an expert; default d_ff
  bool gated = false;       // SwiGLU and the like: three matrices instead of two
  bool untied = false;      // an output head of its own instead of the transposed embedding
  bool learned_positions = false;
};

// The shape with its defaults. Throws InputError, with what to do, for sizes that do not fit each
// other: heads that do not divide d_model, more active experts than experts, ...
TransformerShape resolved(const TransformerShape& asked);

// Width of all queries, heads * d_head, and of all keys. Of a resolved shape.
double d_attn(const TransformerShape& shape);
double d_kv(const TransformerShape& shape);

// Whole numbers of weights, exact below 2^53. Biases and norms are not counted: they differ from
// model to model and are some 1 in 1,000 of small models, less of large ones.
struct ParamCounts {
  double token_embedding = 0;
  double positions = 0;
  double output_head = 0;
  double attention = 0;
  double feed_forward = 0;         // all experts
  double feed_forward_active = 0;  // experts that a token goes to, shared ones too
  double router = 0;

  double embedding() const { return token_embedding + positions + output_head; }
  double non_embedding() const { return attention + feed_forward + router; }
  double total() const { return embedding() + non_embedding(); }
  double active_non_embedding() const { return attention + feed_forward_active + router; }
  double active() const { return embedding() + active_non_embedding(); }
};

// Of a resolved shape.
ParamCounts count_params(const TransformerShape& shape);

// Gains of two RMSNorms a layer and of a final one, which ParamCounts leaves out.
double norm_gains(const TransformerShape& shape);

// FLOP of a token's forward pass in matrix products, two a multiply-add; training takes three times
// as much, for the backward pass does every product twice. A lookup in the embedding is none.
struct FlopCounts {
  double layers = 0;     // weights of the layers that the token meets
  double attention = 0;  // queries with keys, weights with values, over all s positions: a kernel
                         // that skips what the causal mask hides does half
  double logits = 0;     // the output head, tied or not

  double all() const { return layers + attention + logits; }
};

// Of a resolved shape.
FlopCounts count_flops(const TransformerShape& shape);

// Training FLOP over those of the forward pass.
inline constexpr double kTrainingPasses = 3;

}  // namespace isoloss
