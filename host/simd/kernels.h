// The functions that are compiled once for each instruction set: one table a law and level.

#pragma once

#include "fits/objective.h"
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

// A pair screen: the cell of least relative squared error over all pairs of two exponents, from
// columns that are centred and scaled to unit norm and given by `rank` coefficients each.
struct PairScreen {
  int rank = 0;              // coefficients a column
  int num_first = 0;         // columns of the first exponent
  int num_second = 0;        // of the second; a multiple of kNumLanes
  const double* first;       // num_first x rank
  const double* second;      // rank x num_second
  const double* first_fit;   // num_first: inner product of each column with the target
  const double* second_fit;  // num_second
  // What a unit of each column takes from the constant term; with both weights a, b it is
  // target_constant - a * first_cost - b * second_cost and must not be negative.
  const double* first_cost;
  const double* second_cost;
  double target_constant = 0;
  double least_explained = 0;  // cells that explain no more are of no interest
};

struct PairCell {
  int first = -1;
  int second = -1;
  double explained = -1;  // squared norm of the target's projection on both columns
};

struct ExponentGrid;
struct CellTables;
struct CellRange;

// The loops of the screens; see host/simd/exponent_cells.h and screen_pairs.h.
struct ScreenKernels {
  void (*weighted_moments)(const double* products, int num_moments, const int* index,
                           const double* weight, int num_rows, double* moments) = nullptr;
  void (*fill_tables)(const ExponentGrid& grid, const double* moments, CellTables& out) = nullptr;
  int (*best_cell)(const ExponentGrid& grid, const CellTables& tables,
                   const CellRange& range) = nullptr;
  // Error, constant, first and second weight of cells (j, k .. k + 7): out is 4 x kNumLanes.
  void (*solve_cells)(const ExponentGrid& grid, const CellTables& tables, int j, int k,
                      double* out) = nullptr;
  // The best cell whose three weights are not negative among first columns [first_begin,
  // first_end).
  PairCell (*screen_pairs)(const PairScreen& screen, int first_begin, int first_end) = nullptr;
};

template <SimdLevel level>
ScreenKernels screen_kernels_of();

// Those of the level. Throws nothing.
const ScreenKernels& screen_kernels(SimdLevel level);

}  // namespace isoloss
