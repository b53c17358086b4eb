// The functions that are compiled once for each instruction set: one table a level for tapes, one a
// law and level for laws that are sums of terms.

#pragma once

#include "fits/exponent_starts.h"
#include "fits/objective.h"
#include "fits/pair_screen.h"
#include "fits/tape_passes.h"
#include "host/simd/simd_level.h"

namespace isoloss {

// Passes over runs in lanes. `tape` is the law's; a law of terms has code of its own and does not
// look at it.
struct LawKernels {
  // `evaluation` is an Evaluation<P>, P = solver_size(num_params), see fits/objective.h.
  using Evaluate = void (*)(const Tape* tape, const RunsView& runs, double delta,
                            const double* theta, void* evaluation);
  Evaluate evaluate = nullptr;
  Evaluate evaluate_with_scale = nullptr;
  // What the law predicts of each run, in the target's terms: num_padded entries.
  void (*predict)(const Tape* tape, const RunsView& runs, const double* theta,
                  double* prediction) = nullptr;
  const Tape* tape = nullptr;
  // Bits of the free log parameters that the prediction is linear in: weights of terms.
  std::uint32_t weights = 0;
  // evaluate(), but where the objective lies above a ceiling all that is told is a value above it.
  // Null where that saves nothing.
  void (*evaluate_below)(const Tape* tape, const RunsView& runs, double delta, const double* theta,
                         double ceiling, void* evaluation) = nullptr;
};

// Defined by the generated file of each law of terms and level; a level that the build lacks has no
// file.
template <class L, SimdLevel level>
LawKernels law_kernels();

// The passes of fits/tape_machine.h and fits/tape_passes.h; the caller gives them room.
struct TapePasses {
  void (*evaluate)(const Tape& tape, const RunsView& runs, double delta, const double* theta,
                   const TapeRoom& room, const EvaluationView& out, double ceiling) = nullptr;
  void (*predict)(const Tape& tape, const RunsView& runs, const double* theta, const TapeRoom& room,
                  double* out) = nullptr;
  void (*linearise)(const Tape& tape, const RunsView& runs, const double* theta,
                    const TapeRoom& room, double* value, double* gradient) = nullptr;
  void (*curve)(const Tape& tape, const RunsView& runs, const double* psi, double delta,
                double unit, const double* theta, const TapeRoom& room, double* residual,
                double* gradient, const EvaluationView& out) = nullptr;
};

template <SimdLevel level>
TapePasses tape_passes_of();

// Those of the level. Throws nothing.
const TapePasses& tape_passes(SimdLevel level);

// Room for a tape in this thread, until the thread asks again.
TapeRoom thread_room(const Tape& tape);

// The kernels of a law that runs as a tape, which must outlive them.
LawKernels tape_kernels(const Tape& tape, SimdLevel level);

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
