// Launchers of thrust_samples.cu.

#pragma once

#include <cuda_runtime.h>

namespace isoloss::samples {

void sort_by_key(double* d_keys, int* d_values, int count, cudaStream_t stream);
void sort_values(int* d_values, int count, cudaStream_t stream);
// The least of each `group` values in a row, and the number of its group.
void least_of_groups(const double* d_in, int count, int group, int* d_groups, double* d_least,
                     cudaStream_t stream);
void add(const double* d_a, const double* d_b, double* d_out, int count, cudaStream_t stream);

}  // namespace isoloss::samples
