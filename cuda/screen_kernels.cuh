// The kernels around the products of variable projection: what goes in, what is read off.

#pragma once

#include "cuda/jobs.h"
#include "cuda/screen_jobs.h"

namespace isoloss {

// This thread's first item of a strided loop, and the distance to the next.
__device__ inline long long first_item() {
  return static_cast<long long>(blockIdx.x) * kBlockThreads + threadIdx.x;
}
__device__ inline long long item_stride() {
  return static_cast<long long>(gridDim.x) * kBlockThreads;
}

// Row `row` of a problem's tables at column j: both axes, then what is crossed.
ISOLOSS_HD inline void fill_table(const CellsJob& job, long long problem, int row, int j) {
  const ExponentGrid& grid = job.grid;
  const double* moments = job.moments + problem * grid.layout.num_moments();
  const CellTables tables = job.tables_of(problem);
  if (row == 0 && j == 0) fill_fixed<ScalarPack>(grid, moments, tables);
  if (row < 2) return fill_columns<ScalarPack>(grid, moments, row, j, tables);
  const int l = row - 2;
  fill_crossed<ScalarPack>(
      grid, [&](int k) { return crossed_basis<ScalarPack>(grid.layout, moments, k, l); }, l, j,
      tables);
}

ISOLOSS_HD inline int num_table_rows(const ExponentGrid& grid) { return 2 + grid.layout.rank[1]; }

__global__ void __launch_bounds__(kBlockThreads, 1) tables_kernel(CellsJob job) {
  const int num = job.grid.num;
  const int num_rows = num_table_rows(job.grid);
  const long long num_items = static_cast<long long>(job.num_problems) * num_rows * num;
  for (long long item = first_item(); item < num_items; item += item_stride())
    fill_table(job, item / num / num_rows, static_cast<int>(item / num % num_rows),
               static_cast<int>(item % num));
}

// Turns each cell's p q into its error.
__global__ void __launch_bounds__(kBlockThreads, 1) cells_kernel(CellsJob job) {
  const int num = job.grid.num;
  const long long num_items = static_cast<long long>(job.num_problems) * num * num;
  for (long long item = first_item(); item < num_items; item += item_stride()) {
    const long long problem = item / num / num;
    const ScalarPack cross(job.cells[item]);
    job.cells[item] =
        solve_cells<ScalarPack>(job.tables_of(problem), static_cast<int>(item / num % num),
                                static_cast<int>(item % num), cross)
            .error.v;
  }
}

__global__ void __launch_bounds__(kBlockThreads, 1) starts_kernel(CellsJob job, StartList list) {
  for (long long problem = first_item(); problem < job.num_problems; problem += item_stride()) {
    ScreenedStart* screened = list.screened + problem * kNumQuadrants;
    const Ranked* best = job.best + problem * job.num_basins;
    starts_at(
        job.grid, job.tables_of(problem), [&](int i) { return best[i].place; }, job.num_basins,
        screened);
    double* out = list.out + problem * (list.num_shared + list.num_screened) * list.num_params;
    for (int i = 0; i < list.num_shared * list.num_params; ++i) *out++ = list.shared[i];
    for (int i = 0; i < list.num_screened; ++i)
      for (int k = 0; k < list.num_params; ++k) *out++ = screened[i].theta[k];
  }
}

__global__ void __launch_bounds__(kBlockThreads, 1) gather_kernel(GatherJob job) {
  const long long num_items = static_cast<long long>(job.num_problems) * job.num_basins;
  for (long long item = first_item(); item < num_items; item += item_stride()) {
    const long long problem = item / job.num_basins;
    const long long basin = item % job.num_basins;
    const long long start = job.chosen[basin * job.num_problems + problem].place;
    for (int k = 0; k < job.num_params; ++k)
      job.out[item * job.num_params + k] = job.starts[start * job.num_params + k];
  }
}

// The best of each problem's ends.
__global__ void __launch_bounds__(kBlockThreads, 1)
    best_kernel(const FitEnd* ends, int ends_a_problem, int num_problems, Candidate* out) {
  for (long long problem = first_item(); problem < num_problems; problem += item_stride())
    best_end(ends + problem * ends_a_problem, ends_a_problem, out[problem]);
}

// Turns the inner products of pairs [first_row, first_row + num_rows) x all into minus what they
// explain; a pair with a negative weight is never chosen.
__global__ void __launch_bounds__(kBlockThreads, 1)
    pairs_kernel(PairScreen screen, int first_row, int num_rows, double* pairs) {
  const long long num_items = static_cast<long long>(num_rows) * screen.num_second;
  for (long long item = first_item(); item < num_items; item += item_stride()) {
    const double explained = explained_by_pair<ScalarPack>(
        screen, first_row + static_cast<int>(item / screen.num_second),
        static_cast<int>(item % screen.num_second), pairs[item]);
    pairs[item] = explained < 0 ? INFINITY : -explained;
  }
}

}  // namespace isoloss
