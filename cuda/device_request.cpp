#include "cuda/device_request.h"

#include <numeric>

namespace isoloss {

DeviceRequest::DeviceRequest(const SearchRequest& request, const LaunchContext& context)
    : host(request),
      law(request.tape != nullptr ? tape_launchers(request.num_params)
                                  : law_launchers(request.law)),
      minimise(minimise_options(request)) {
  const auto num_runs = static_cast<std::size_t>(request.runs.num_runs);
  std::vector<double> values;
  const auto add = [&](const double* array) {
    values.insert(values.end(), array, array + num_runs);
  };
  for (int k = 0; k < request.num_inputs; ++k) add(request.runs.input_at(k, 0));
  add(request.runs.target);
  add(request.runs.weight);
  runs_ = upload(values.data(), values.size());
  runs = {runs_.data(), request.num_inputs, request.runs.num_runs, request.runs.over_penalty};
  std::vector<std::uint32_t> unit(num_runs);
  std::iota(unit.begin(), unit.end(), 0u);
  if (request.resampling.unit != nullptr)
    unit.assign(request.resampling.unit, request.resampling.unit + num_runs);
  unit_ = upload(unit.data(), unit.size());
  if (request.resampling.strata != nullptr)
    strata_ = upload(request.resampling.strata, request.resampling.num_units);
  starts_ = upload(request.starts, static_cast<std::size_t>(request.num_starts) *
                                       static_cast<std::size_t>(request.num_params));
  if (by_exponents()) upload_grid(*request.grid);
  if (request.tape == nullptr) return;
  upload_tape(*request.tape);
  most_threads_ = law.most_threads(context, runs);
}

// The prologue and behind it the body.
void DeviceRequest::upload_tape(const Tape& from) {
  tape_ = from;
  std::vector<Instruction> instructions(from.prologue, from.prologue + from.num_prologue);
  instructions.insert(instructions.end(), from.body, from.body + from.num_body);
  instructions_ = upload(instructions.data(), instructions.size());
  constants_ = upload(from.constants, static_cast<std::size_t>(from.num_constants));
  tape_.constants = constants_.data();
  tape_.prologue = instructions_.data();
  tape_.body = instructions_.data() + from.num_prologue;
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

// Tiles of all fits, or a thread for each start that is screened once.
int DeviceRequest::room_threads(int num) const {
  if (host.tape == nullptr) return 0;
  long long num_threads =
      text == nullptr ? static_cast<long long>(num) * starts_a_problem() * kNumLanes : 0;
  if (by_best_starts()) num_threads = std::max<long long>(num_threads, host.num_starts);
  num_threads = std::min<long long>(num_threads, most_threads_);
  return static_cast<int>((num_threads + kBlockThreads - 1) / kBlockThreads) * kBlockThreads;
}

std::size_t DeviceRequest::room_size(int num_threads) const {
  if (host.tape == nullptr) return 0;
  return static_cast<std::size_t>(tape_room(tape_)) * static_cast<std::size_t>(num_threads);
}

LawOnDevice DeviceRequest::law_in(double* room, int num_threads) const {
  return law_on_device(host.num_params, *host.box, tape_, room, num_threads);
}

}  // namespace isoloss
