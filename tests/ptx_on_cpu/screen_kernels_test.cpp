// The product's kernels around the products of variable projection, against fits/ in scalars.

#include "cuda/screen_jobs.h"
#include "host/laws/registry.h"
#include "host/search/exponent_columns.h"
#include "host/search/screen.h"
#include "tests/catch.h"
#include "tests/ptx_on_cpu/device_jobs.h"

namespace isoloss {
namespace {

constexpr int kExponents = 16;  // an axis
constexpr int kProblems = 3;

// What no one has written yet, on the device and here.
std::vector<double> unwritten(std::size_t num) {
  return std::vector<double>(num, std::bit_cast<double>(~std::uint64_t{0}));
}

// The screen of a few resamples on the host.
struct HostScreen {
  Problem problem{few_runs(45), find_law("chinchilla")};
  ExponentColumns columns{find_law("chinchilla"), problem.view(), kExponents};
  const ExponentGrid& grid = columns.grid();
  const ScreenKernels& kernels = screen_kernels(SimdLevel::portable);
  std::size_t num_moments = static_cast<std::size_t>(grid.layout.num_moments());
  std::size_t num_values = static_cast<std::size_t>(CellTables::num_values(grid));
  std::size_t num_cells = static_cast<std::size_t>(grid.num * grid.num);
  std::vector<double> moments, tables = unwritten(kProblems * num_values);

  HostScreen() : moments(kProblems * num_moments) {
    const RunsView runs = problem.view();
    const auto screen = make_exponent_screen(grid, SimdLevel::portable);
    for (int b = 0; b < kProblems; ++b) {
      const auto counts =
          counts_of(runs, {.seed = 6, .num_resamples = kProblems, .num_units = 45}, b);
      const std::vector<double> weights(counts.begin(), counts.end());
      double* own = &moments[static_cast<std::size_t>(b) * num_moments];
      screen->moments(weights.data(), own);
      kernels.fill_tables(grid, own, tables_of(b));
    }
  }

  CellTables tables_of(int b) {
    return {&tables[static_cast<std::size_t>(b) * num_values], grid.num};
  }

  ScalarPack cross(int b, int cell) {
    ScalarPack out[1];
    cross_products<1>(grid, tables_of(b), cell / grid.num, cell % grid.num, out);
    return out[0];
  }

  // p q of all cells of all problems, or their errors.
  std::vector<double> cells(bool solved) {
    std::vector<double> out;
    for (int b = 0; b < kProblems; ++b)
      for (int cell = 0; cell < grid.num * grid.num; ++cell) {
        const ScalarPack pq = cross(b, cell);
        const auto solution =
            solve_cells<ScalarPack>(tables_of(b), cell / grid.num, cell % grid.num, pq);
        out.push_back(solved ? solution.error.v : pq.v);
      }
    return out;
  }

  std::vector<Ranked> best_cells(int num_basins) {
    std::vector<Ranked> out;
    for (int b = 0; b < kProblems; ++b)
      for (int basin = 0; basin < num_basins; ++basin)
        out.push_back({0, kernels.best_cell(grid, tables_of(b),
                                            cells_of_basin(grid.num, num_basins, basin))});
    return out;
  }
};

ExponentGrid copy_grid(ptx::Memory& memory, const ExponentGrid& grid) {
  ExponentGrid out = grid;
  const auto copy = [&](const double* values, int num) {
    return memory.copy_in(std::span(values, static_cast<std::size_t>(num)));
  };
  out.products = nullptr;  // no kernel reads them
  for (int axis = 0; axis < 2; ++axis) {
    out.coefficients[axis] = copy(grid.coefficients[axis], grid.layout.rank[axis] * grid.num);
    out.scale[axis] = copy(grid.scale[axis], grid.num);
    out.offset[axis] = copy(grid.offset[axis], grid.num);
    out.exponents[axis] = copy(grid.exponents[axis], grid.num);
  }
  return out;
}

// Shared starts first, then those of the best cells.
std::vector<double> starts_on_host(HostScreen& host, const std::vector<Ranked>& best,
                                   int num_basins, const std::vector<double>& shared) {
  const int num_params = 5;
  std::vector<double> out;
  for (int b = 0; b < kProblems; ++b) {
    ScreenedStart screened[kNumQuadrants];
    const auto cell = [&](int i) {
      return best[static_cast<std::size_t>(b * num_basins + i)].place;
    };
    starts_at(host.grid, host.tables_of(b), cell, num_basins, screened);
    out.insert(out.end(), shared.begin(), shared.end());
    for (int i = 0; i < num_basins; ++i) {
      CHECK((i == 0 || screened[i - 1].error <= screened[i].error));
      out.insert(out.end(), screened[i].theta, screened[i].theta + num_params);
    }
  }
  return out;
}

void check_starts(HostScreen& host, int num_basins, const ptx::ThreadOrder& order) {
  const std::vector<double> shared{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  const std::vector<Ranked> best = host.best_cells(num_basins);
  const std::vector<double> expected = starts_on_host(host, best, num_basins, shared);
  ptx::Memory memory;
  CellsJob job{};
  job.grid = copy_grid(memory, host.grid);
  job.num_problems = kProblems;
  job.tables = memory.copy_in(host.tables);
  job.num_basins = num_basins;
  job.best = memory.copy_in(best);
  const StartList list{5,
                       memory.copy_in(shared),
                       2,
                       num_basins,
                       memory.allocate<ScreenedStart>(kProblems * kNumQuadrants),
                       memory.allocate<double>(expected.size())};
  ptx::launch(memory, ptx::find_kernel("13starts_kernel"), two_blocks(order), job, list);
  CHECK(bits(memory.copy_out(list.out, expected.size())) == bits(expected));
}

}  // namespace

TEST_CASE("The device fills tables and solves cells to the host's bits") {
  HostScreen host;
  for (const ptx::ThreadOrder& order : ptx::kThreadOrders) {
    ptx::Memory memory;
    CellsJob job{};
    job.grid = copy_grid(memory, host.grid);
    job.num_problems = kProblems;
    job.moments = memory.copy_in(host.moments);
    job.tables = memory.allocate<double>(host.tables.size());
    job.cells = memory.copy_in(host.cells(false));
    ptx::launch(memory, ptx::find_kernel("13tables_kernel"), two_blocks(order), job);
    CHECK(bits(memory.copy_out(job.tables, host.tables.size())) == bits(host.tables));
    ptx::launch(memory, ptx::find_kernel("12cells_kernel"), two_blocks(order), job);
    CHECK(bits(memory.copy_out(job.cells, kProblems * host.num_cells)) == bits(host.cells(true)));
  }
}

TEST_CASE("The device takes the host's starts from the best cells, sorted") {
  HostScreen host;
  for (const ptx::ThreadOrder& order : ptx::kThreadOrders)
    for (const int num_basins : {1, kNumQuadrants}) check_starts(host, num_basins, order);
}

}  // namespace isoloss
