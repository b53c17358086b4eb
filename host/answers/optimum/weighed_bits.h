// The bits that may be chosen of a law: what a FLOP of them costs, what they hold and allow.

#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "host/answers/optimum/answer.h"

namespace isoloss {

// Of which a law takes nothing off, in training or after it.
inline constexpr double kUnquantised = 64;
// Columns of bits that laws read: of training, and of the weights after it.
inline constexpr const char* kWeightBits = "weight_bits";
inline constexpr const char* kActBits = "act_bits";
inline constexpr const char* kTrainingBits[] = {kWeightBits, kActBits, "kv_bits"};
inline constexpr const char* kPostBits = "post_bits";

struct WeighedBits {
  Bits bits;
  PlanOptions options;  // held, limits and what training costs, in these bits

  // What a served FLOP costs of one in 16 bits.
  double serving_factor() const;
};

// Each of the bits of training with each of those after it, as far as the law reads them and
// nobody holds them. Weights are served in no more bits than they were trained in; in as many,
// nothing is quantised after training. What they may be served by follows the bits.
//
//   throws  InputError for a law that reads no bits but those held, and where none may be
std::vector<WeighedBits> weighed_bits(const FittedLaw& law, const PlanOptions& options,
                                      const std::optional<Decoding>& decoding,
                                      const std::vector<double>& bits);

// Of plans[choice][row], which choice is best of every row, the first of equals: by the loss of a
// cost, by the cost of a loss. The plans of those; of the draws, the share that choose as the
// estimate, which is the first row.
std::vector<std::size_t> best_rows(const std::vector<std::vector<Plan>>& plans, Given given);
std::vector<Plan> plans_of_rows(const std::vector<std::vector<Plan>>& plans,
                                const std::vector<std::size_t>& best);
double share_alike(const std::vector<std::size_t>& best);

}  // namespace isoloss
