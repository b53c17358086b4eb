#include "cuda/device_request.h"

#include <numeric>

namespace isoloss {

DeviceRequest::DeviceRequest(const SearchRequest& request)
    : host(request), law(law_launchers(request.law)), minimise(minimise_options(request)) {
  const auto num_runs = static_cast<std::size_t>(request.runs.num_runs);
  std::vector<double> arrays;
  for (const double* array :
       {request.runs.log_N, request.runs.log_D, request.runs.log_loss, request.runs.weight})
    arrays.insert(arrays.end(), array, array + num_runs);
  runs_ = upload(arrays.data(), arrays.size());
  const double* place = runs_.data();
  runs = {place, place + num_runs, place + 2 * num_runs, place + 3 * num_runs,
          request.runs.num_runs};
  std::vector<std::uint32_t> unit(num_runs);
  std::iota(unit.begin(), unit.end(), 0u);
  if (request.resampling.unit != nullptr)
    unit.assign(request.resampling.unit, request.resampling.unit + num_runs);
  unit_ = upload(unit.data(), unit.size());
  starts_ = upload(request.starts, static_cast<std::size_t>(request.num_starts) *
                                       static_cast<std::size_t>(law.num_params));
  if (by_exponents()) upload_grid(*request.grid);
}

// The grid's arrays one behind the other.
void DeviceRequest::upload_grid(const ExponentGrid& from) {
  grid = from;
  std::vector<double> values;
  std::vector<std::pair<const double**, std::size_t>> places;
  const auto add = [&](const double*& array, int rows, int columns) {
    const std::size_t num = static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
    places.emplace_back(&array, values.size());
    values.insert(values.end(), array, array + num);
  };
  add(grid.products, grid.num_runs, grid.layout.num_moments());
  for (const int axis : {0, 1}) {
    add(grid.coefficients[axis], grid.layout.rank[axis], grid.num);
    add(grid.scale[axis], 1, grid.num);
    add(grid.offset[axis], 1, grid.num);
    add(grid.exponents[axis], 1, grid.num);
  }
  grid_memory_ = upload(values.data(), values.size());
  for (const auto& [array, place] : places) *array = grid_memory_.data() + place;
}

int DeviceRequest::num_units() const {
  return plain() ? host.runs.num_runs : static_cast<int>(host.resampling.num_units);
}

int DeviceRequest::packed_stride() const {
  return (host.runs.num_runs + kNumLanes - 1) / kNumLanes * kNumLanes;
}

int DeviceRequest::num_screened() const {
  return by_exponents() ? std::min(host.num_basins, num_cells())
                        : std::min(host.num_basins, host.num_starts);
}

int DeviceRequest::starts_a_problem() const {
  if (all_starts()) return host.num_starts;
  return num_screened() + (by_exponents() ? host.num_starts : 0);
}

StartsJob DeviceRequest::starts_job(double* out) const {
  return {runs, starts(), host.num_starts, out, nullptr, nullptr};
}

}  // namespace isoloss
