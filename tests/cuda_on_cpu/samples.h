// Launchers of samples.cu.

#pragma once

#include <cuda_runtime.h>

namespace isoloss::samples {

// `d_out[block]` = sum of its 64 values; the barrier may be left out, which is a race.
enum class Barriers { all, one_missing };
cudaError_t sum_blocks(const double* d_in, double* d_out, unsigned num_blocks, Barriers barriers,
                       cudaStream_t stream);

// `d_out[i]` = sum of the 8 values of i's tile, by xor shuffles; repeated `rounds` times.
cudaError_t sum_tiles(const double* d_in, double* d_out, int count, int rounds,
                      cudaStream_t stream);

// Threads take items from a queue, in whatever order; `d_taken[item]` counts how often.
cudaError_t drain_queue(int* d_next, int* d_taken, int num_items, cudaStream_t stream);

// `d_out[i]` = `d_in[count - 1 - i]` through dynamic shared memory, of `shared_count` values.
cudaError_t reverse(const double* d_in, double* d_out, int count, int shared_count,
                    cudaStream_t stream);

// Every thread but those below `count` leaves before the barriers and the shuffles.
cudaError_t leave_early(double* d_out, int count, cudaStream_t stream);

// `d_out[0]` = what static shared memory holds when a block starts.
cudaError_t read_fresh_shared(double* d_out, cudaStream_t stream);

// Half a warp waits for its block, the other half for its warp.
cudaError_t diverge(cudaStream_t stream);

// Each half of the block has its own barrier.
cudaError_t meet_on_two_lines(cudaStream_t stream);

// Waits for a flag that nobody sets; `d_flag` is not zero.
cudaError_t wait_for_nobody(int* d_flag, cudaStream_t stream);

// `run.d_in[at]` to `run.d_out[0]`: pointers inside a struct.
struct Pick {
  const double* d_in;
  double* d_out;
  int at;
};
cudaError_t pick(const Pick& run, cudaStream_t stream);

}  // namespace isoloss::samples
