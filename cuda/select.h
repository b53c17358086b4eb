// Selection of the best candidates of each problem; the only user of Thrust.

#pragma once

#include <cuda_runtime.h>

namespace isoloss {

// A candidate's value and its place among the candidates of its problem.
struct Ranked {
  double value;
  int place;
};

// How an array of values falls into segments.
struct Segments {
  int num_segments;
  int length;             // candidates a segment
  int num_exponents = 0;  // > 0: the values are num_exponents x num_exponents cells a problem, and
  int num_basins = 1;     // a segment is what cells_of_basin gives
};

// The candidate of least value in each segment, of equals the first place; NaN counts as infinite.
// With `after`, the least of those that come behind after[segment].
//
//   values  device; of segment s from s * length on, or cells, see Segments
//   out     device, num_segments; after: the same, or null
//   throws  DeviceError, DeviceMemoryError
void select_least(const Segments& segments, const double* values, const Ranked* after, Ranked* out,
                  cudaStream_t stream);

}  // namespace isoloss
