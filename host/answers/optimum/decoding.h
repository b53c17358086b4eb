// How long a served model takes to write a token, and how large it may be for that.
//
// One step writes a token for each sequence of a batch. It reads the weights once and the keys and
// values of every sequence, and computes 2 FLOP a parameter and token. The slower of the two is
// the least that it takes: Williams et al. 2009, "Roofline", Communications of the ACM 52(4).
// What else a step does comes on top.

#pragma once

#include <limits>
#include <optional>

namespace isoloss {

// What is not said limits nothing.
struct Decoding {
  double seconds = std::numeric_limits<double>::infinity();    // that a token may take
  double bandwidth = std::numeric_limits<double>::infinity();  // bytes a second
  double peak = std::numeric_limits<double>::infinity();       // FLOP a second
  double memory = std::numeric_limits<double>::infinity();     // bytes
  double batch = 1;                                            // sequences in a step
  double bits = 16;                                            // of a weight
  double cache_bytes = 0;                                      // of keys and values, a sequence
  // Of a mixture of experts, whose N is what a token meets: memory holds all parameters, a step
  // computes with the active ones of each token and reads those that any of its tokens meets, at
  // most all of them.
  double total_per_active = 1;

  bool has_time() const;  // whether a step takes a time that is known
};

enum class BoundBy { bandwidth, peak, memory };

// Of a token of every sequence.
struct Step {
  double seconds = 0;
  BoundBy bound = BoundBy::bandwidth;
};
Step step_of(const Decoding& decoding, double N);

// Infinite without limits; 0 where the caches alone exceed them.
struct LargestModel {
  double N = std::numeric_limits<double>::infinity();
  BoundBy bound = BoundBy::memory;
};
LargestModel largest_model(const Decoding& decoding);

// The batch from which on the peak is what holds the largest model of the latency back, and no
// longer the bandwidth; nothing where that never comes.
std::optional<double> turning_batch(const Decoding& decoding);

}  // namespace isoloss
