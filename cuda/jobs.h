// What kernels get: plain structs of device pointers, passed by value.

#pragma once

#include <cstdint>

#include "cuda/launch.h"
#include "cuda/select.h"
#include "fits/search.h"

namespace isoloss {

// Runs as arrays of num_runs entries, see RunsView.
struct RunArrays {
  const double* log_N;
  const double* log_D;
  const double* log_loss;
  const double* weight;
  int num_runs;
};
inline constexpr int kNumRunArrays = 4;

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
  ProblemRuns problems;
  double delta;
  int num_problems;
  int* queue;             // as above
  Candidate* candidates;  // num_problems
};

// Screens starts by their objective.
struct StartsJob {
  RunArrays runs;
  const double* starts;  // num_starts x num_params
  int num_starts;
  double* out;  // objective: num_starts; costs: num_runs x num_starts
  // If given, only starts that can be among the best are looked at, the others are infinite: those
  // whose rough objective is at most kRoughError above `last`, the worst of the roughly best.
  const double* rough;  // num_starts
  const Ranked* last;
};
// More than a screen in float is wrong by, relative: tests/tolerance.h.
inline constexpr double kRoughError = 1e-4;

// The launchers of one law.
struct LawLaunchers {
  int num_params = 0;
  void (*minimise)(const LaunchContext&, const MinimiseJob&) = nullptr;
  void (*polish)(const LaunchContext&, const PolishJob&) = nullptr;
  void (*objective)(const LaunchContext&, const StartsJob&) = nullptr;
  void (*objective_float)(const LaunchContext&, const StartsJob&) = nullptr;
  void (*costs)(const LaunchContext&, const StartsJob&) = nullptr;
};

// Those of the law of that name. Throws DeviceError if there is none.
const LawLaunchers& law_launchers(std::string_view name);

}  // namespace isoloss
