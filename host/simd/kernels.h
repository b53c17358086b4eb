// The functions that are compiled once for each instruction set: one table a law and level.

#pragma once

#include "fits/exponent_starts.h"
#include "fits/objective.h"
#include "fits/pair_screen.h"
#include "host/simd/simd_level.h"

namespace isoloss {

// Passes over runs in lanes; see fits/objective.h for what each does. `evaluation` points to an
// Evaluation<num_params> of the law.
struct LawKernels {
  using Evaluate = void (*)(const RunsView& runs, double delta, const double* theta,
                            void* evaluation);
  Evaluate evaluate = nullptr;
  Evaluate evaluate_with_scale = nullptr;
  void (*predict)(const RunsView& runs, const double* theta, double* log_loss) = nullptr;
};

// Defined by the generated file of each law and level; a level that the build lacks has no file.
template <class L, SimdLevel level>
LawKernels law_kernels();

// The loops of the screens; see host/simd/cell_search.h and screen_pairs.h.
struct ScreenKernels {
  void (*weighted_moments)(const double* products, int num_moments, const int* index,
                           const double* weight, int num_rows, double* moments) = nullptr;
  void (*fill_tables)(const ExponentGrid& grid, const double* moments,
                      const CellTables& out) = nullptr;
  int (*best_cell)(const ExponentGrid& grid, const CellTables& tables,
                   const CellRange& range) = nullptr;
  // The best cell among first columns [first_begin, first_end) that explains more than
  // least_explained.
  PairCell (*screen_pairs)(const PairScreen& screen, double least_explained, int first_begin,
                           int first_end) = nullptr;
};

template <SimdLevel level>
ScreenKernels screen_kernels_of();

// Those of the level. Throws nothing.
const ScreenKernels& screen_kernels(SimdLevel level);

}  // namespace isoloss
