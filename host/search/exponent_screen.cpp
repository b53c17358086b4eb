// The starts of one problem from an exponent grid: its tables from its moments, then its best
// cells.

#include "host/search/screen.h"

namespace isoloss {
namespace {

class ExponentScreen : public Screen {
 public:
  ExponentScreen(const ExponentGrid& grid, SimdLevel level) : Screen(level), grid_(grid) {
    num_runs_ = grid.num_runs;
    num_moments_ = grid.layout.num_moments();
    products_ = grid.products;
  }

  void best_starts(const double* moments, int num_basins,
                   std::vector<ScreenedStart>& out) const override {
    thread_local AlignedDoubles values;
    values.resize(static_cast<std::size_t>(CellTables::num_values(grid_)));
    const CellTables tables{values.data(), grid_.num};
    kernels_.fill_tables(grid_, moments, tables);
    const int num_cells = num_basins == 1 ? 1 : kNumQuadrants;
    const auto cell = [&](int basin) {
      return kernels_.best_cell(grid_, tables, cells_of_basin(grid_.num, num_cells, basin));
    };
    ScreenedStart starts[kNumQuadrants];
    starts_at(grid_, tables, cell, num_cells, starts);
    out.assign(starts, starts + std::min(num_cells, num_basins));
  }

 private:
  const ExponentGrid& grid_;
};

}  // namespace

std::unique_ptr<Screen> make_exponent_screen(const ExponentGrid& grid, SimdLevel level) {
  return std::make_unique<ExponentScreen>(grid, level);
}

}  // namespace isoloss
