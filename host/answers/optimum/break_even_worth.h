// From which worth on a generated token pays.

#pragma once

#include <vector>

#include "host/answers/optimum/corpus_search.h"

namespace isoloss {

// Of each row the least worth of a generated token with which some number of them beats the plan
// without; 0 if any worth does, infinite if none does, NaN where there is no plan.
//
// It is the least of three: what the first generated token beside all real ones has to be worth,
//   w = (1 + c U / C) L_D / (L_D + L_U) where tokens are repeated, (1 + c U / C) L_N / L_D else,
// with the slopes of the loss by log N, log D and log U at the plan without; and, for the loss need
// not be convex in their number, what any larger number of them has to be worth beside all real
// tokens, and in place of them.
//
//   without  plans of the rows that generate nothing
//   cost     800 evaluations of the law a row at most; of one that weighs repetition 20 times that
std::vector<double> break_even_worths(const SurfaceProgram& law, const std::vector<Theta>& thetas,
                                      const CorpusTerms& terms,
                                      const std::vector<CorpusPlan>& without, int num_threads);

}  // namespace isoloss
