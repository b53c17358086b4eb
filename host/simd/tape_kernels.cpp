// Room for tapes and the choice of their passes. No level's instructions here: what allocates must
// run on every processor.

#include <algorithm>
#include <array>
#include <cmath>

#include "host/base/aligned.h"
#include "host/simd/kernels.h"
#include "host/simd/solver.h"

namespace isoloss {
namespace {

template <SimdLevel level>
void evaluate_in(const Tape* tape, const RunsView& runs, double delta, const double* theta,
                 void* evaluation, bool with_scale, double ceiling = INFINITY) {
  with_solver_size(tape->num_params, [&]<int P>() {
    tape_passes(level).evaluate(*tape, runs, delta, theta, thread_room(*tape),
                                view_of(*static_cast<Evaluation<P>*>(evaluation), with_scale),
                                ceiling);
  });
}

template <SimdLevel level>
LawKernels kernels_in() {
  return {
      [](const Tape* tape, const RunsView& runs, double delta, const double* theta, void* out) {
        evaluate_in<level>(tape, runs, delta, theta, out, false);
      },
      [](const Tape* tape, const RunsView& runs, double delta, const double* theta, void* out) {
        evaluate_in<level>(tape, runs, delta, theta, out, true);
      },
      [](const Tape* tape, const RunsView& runs, const double* theta, double* prediction) {
        tape_passes(level).predict(*tape, runs, theta, thread_room(*tape), prediction);
      },
      nullptr,
      0,
      [](const Tape* tape, const RunsView& runs, double delta, const double* theta, double ceiling,
         void* out) { evaluate_in<level>(tape, runs, delta, theta, out, false, ceiling); },
  };
}

}  // namespace

TapeRoom thread_room(const Tape& tape) {
  thread_local AlignedDoubles room;
  constexpr int kCachedDoubles = 32768;  // a quarter of a megabyte: in a second cache
  const int num_groups =
      std::clamp(kCachedDoubles / (num_tape_slots(tape) * kNumLanes), 2, kTapeGroups);
  // Slots a power of two apart would all compete for the same lines of a cache.
  const int slot = (num_groups + 1) * kNumLanes;
  const auto num_slots = static_cast<std::size_t>(num_tape_slots(tape) * slot);
  const auto num_sums = static_cast<std::size_t>(num_tape_sums(tape.num_params) * kNumLanes);
  if (room.size() < num_slots + num_sums) room.resize(num_slots + num_sums);
  return {room.data(), slot, room.data() + num_slots, kNumLanes, num_groups};
}

const TapePasses& tape_passes(SimdLevel level) {
  static const std::array<TapePasses, 3> table {
    tape_passes_of<SimdLevel::portable>(),
#if defined(__x86_64__)
        tape_passes_of<SimdLevel::avx2>(), tape_passes_of<SimdLevel::avx512>(),
#endif
  };
  return table[static_cast<std::size_t>(level)];
}

LawKernels tape_kernels(const Tape& tape, SimdLevel level) {
  static const std::array<LawKernels, 3> table{kernels_in<SimdLevel::portable>(),
                                               kernels_in<SimdLevel::avx2>(),
                                               kernels_in<SimdLevel::avx512>()};
  LawKernels out = table[static_cast<std::size_t>(level)];
  out.tape = &tape;
  return out;
}

}  // namespace isoloss
