// What kernels get: plain structs of device pointers, passed by value.

#pragma once

#include <cstdint>

#include "cuda/launch.h"
#include "cuda/select.h"
#include "fits/search.h"
#include "fits/tape_machine.h"

namespace isoloss {

// Runs one array behind the other, see RunsView: the law's inputs, the target, the weight.
struct RunArrays {
  const double* values;  // (num_inputs + 2) x num_runs
  int num_inputs;
  int num_runs;
  double over_penalty;

  ISOLOSS_HD const double* input(int index) const {
    return values + std::ptrdiff_t{index} * num_runs;
  }
  ISOLOSS_HD const double* target() const { return input(num_inputs); }
  ISOLOSS_HD const double* weight() const { return input(num_inputs + 1); }
  ISOLOSS_HD int num_values() const { return (num_inputs + 2) * num_runs; }
};

// What kernels need to know of a law.
struct LawOnDevice {
  int num_params;
  int num_threads;  // at most, of a launch; whole blocks of kBlockThreads; 0 of a law with code of
                    // its own
  // The ParamBox of a request in plain arrays: behind an array of structs g++ 12 clears no padding,
  // in which the tests' double of CUDA then meets what looks like a host pointer.
  double lower[kMaxParams];
  double upper[kMaxParams];
  bool is_log[kMaxParams];
  // Of a law that runs as a tape. Each thread of a launch has a double for each slot and sum of the
  // tape's machine; neighbours have neighbours. See TapeRoom.
  Tape tape;
  double* room;  // (num_tape_slots + num_tape_sums) x num_threads

  // No more blocks, of so many threads each, than have room.
  int blocks_with_room(int num_blocks, int threads_a_block) const {
    return num_threads == 0 ? num_blocks : std::min(num_blocks, num_threads / threads_a_block);
  }
};

// tape and room: device pointers, null of a law with code of its own.
inline LawOnDevice law_on_device(int num_params, const ParamBox<kMaxParams>& box, const Tape& tape,
                                 double* room, int num_threads) {
  LawOnDevice out{num_params, num_threads, {}, {}, {}, tape, room};
  for (int k = 0; k < kMaxParams; ++k) {
    out.lower[k] = box.bounds[k].lower;
    out.upper[k] = box.bounds[k].upper;
    out.is_log[k] = box.is_log[k];
  }
  return out;
}

// Doubles of room that a thread needs for a tape.
inline int tape_room(const Tape& tape) {
  return num_tape_slots(tape) + num_tape_sums(tape.num_params);
}

// A run of a resample that was drawn `count` times.
struct PackedRun {
  std::uint32_t run;
  std::uint32_t count;
};

// The runs of each problem that have a weight, in order, padded to whole lanes with count 0.
struct ProblemRuns {
  RunArrays runs;
  const PackedRun* packed;  // num_problems x stride
  const int* num_padded;    // num_problems
  int stride;
};

// Draws resamples, or takes the runs as they are.
struct ResampleJob {
  RunArrays runs;
  const std::uint32_t* unit;  // num_runs
  std::uint32_t num_units;
  const Stratum* strata;  // num_units, or null
  std::uint64_t seed;
  std::uint64_t first;  // number of the first resample
  bool plain;           // one problem, every count 1
  int num_problems;
  int stride;
  std::uint32_t* counts;  // num_problems x num_units, zero before
  double* weights;        // num_problems x num_runs, or null
  PackedRun* packed;      // num_problems x stride
  int* num_padded;        // num_problems
};

// Minimises from every start of every problem.
struct MinimiseJob {
  LawOnDevice law;
  ProblemRuns problems;
  const double* starts;  // x num_params; of problem b from starts_stride * b on
  int starts_a_problem;
  int starts_stride;  // 0: all problems have the same
  MinimiseOptions options;
  int num_fits;  // num_problems x starts_a_problem
  int* queue;    // next fit to be taken, 0 before
  FitEnd* ends;  // num_fits
};

// Polishes the best end of each problem.
struct PolishJob {
  LawOnDevice law;
  ProblemRuns problems;
  double delta;
  int num_problems;
  int* queue;             // as above
  Candidate* candidates;  // num_problems
};

// Screens starts by their objective.
struct StartsJob {
  LawOnDevice law;
  RunArrays runs;
  const double* starts;  // num_starts x num_params
  int num_starts;
  double* out = nullptr;  // objective: num_starts; costs: num_runs x num_starts
  // If given, only starts that can be among the best are looked at, the others are infinite: those
  // whose rough objective is at most kRoughError above `last`, the worst of the roughly best.
  const double* rough = nullptr;  // num_starts
  const Ranked* last = nullptr;
  double delta = kScreenDelta;  // see screening_cost
};
// More than a screen in float is wrong by, relative: tests/tolerance.h.
inline constexpr double kRoughError = 1e-4;

// The launchers of one law, or of all tapes of one size.
struct LawLaunchers {
  void (*minimise)(const LaunchContext&, const MinimiseJob&) = nullptr;
  void (*polish)(const LaunchContext&, const PolishJob&) = nullptr;
  void (*objective)(const LaunchContext&, const StartsJob&) = nullptr;
  // Null where there is nothing faster than the objective in double.
  void (*objective_float)(const LaunchContext&, const StartsJob&) = nullptr;
  void (*costs)(const LaunchContext&, const StartsJob&) = nullptr;
  // Threads of minimise or polish that stay on the device at once, whichever are more; of a tape.
  int (*most_threads)(const LaunchContext&, const RunArrays&) = nullptr;
};

// Those of the law of that name, which has code of its own. Throws DeviceError if there is none.
const LawLaunchers& law_launchers(std::string_view name);

// Those of tapes of that many parameters, and of one size of fits/sizes.h.
const LawLaunchers& tape_launchers(int num_params);
template <int P>
LawLaunchers tape_launchers_of();

// Of tapes of any size; cuda/tape_starts.cu.
void launch_tape_objective(const LaunchContext& context, const StartsJob& job);
void launch_tape_costs(const LaunchContext& context, const StartsJob& job);

}  // namespace isoloss
