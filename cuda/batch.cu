#include "cuda/batch.h"

#include <cstring>

#include "cuda/resample.cuh"
#include "cuda/screen_kernels.cuh"

namespace isoloss {
namespace {

// What comes back of a batch: every end where the host looks for the best, else the best.
std::size_t result_bytes(const DeviceRequest& request, int num) {
  const auto num_problems = static_cast<std::size_t>(num);
  if (!request.all_starts()) return num_problems * sizeof(Candidate);
  return num_problems * static_cast<std::size_t>(request.starts_a_problem()) * sizeof(FitEnd);
}

}  // namespace

Batch::Batch(LaunchContext context) : context_(context), linear_terms_(context.stream) {}

Batch::~Batch() { cudaStreamSynchronize(context_.stream); }

void Batch::reserve(const DeviceRequest& request, int num) {
  const std::size_t bytes = batch_bytes(request, num);
  if (arena_.num_bytes() < bytes) {
    arena_ = Arena();
    arena_ = Arena(bytes);
  }
  const std::size_t num_bytes = result_bytes(request, num);
  if (results_.num_bytes() < num_bytes) results_ = PinnedBuffer<unsigned char>(num_bytes);
}

void Batch::start(const DeviceRequest& request, const double* costs, int first, int num) {
  first_ = first;
  num_ = num;
  arena_.clear();
  arrays_ = BatchArrays::take(arena_, request, num);
  draw(request);
  if (request.by_exponents()) screen_exponents(request);
  if (request.by_best_starts() && request.plain()) screen_starts_of_runs(request);
  if (request.by_best_starts() && !request.plain()) screen_starts_of_resamples(request, costs);
  minimise(request);
  if (!request.all_starts()) polish(request);
  const void* results = request.all_starts() ? static_cast<const void*>(arrays_.ends)
                                             : static_cast<const void*>(arrays_.candidates);
  CUDA_CHECK(cudaMemcpyAsync(results_.data(), results, result_bytes(request, num),
                             cudaMemcpyDeviceToHost, context_.stream));
}

void Batch::finish(const DeviceRequest& request, Candidate* out) {
  if (num_ == 0) return;
  CUDA_CHECK(cudaStreamSynchronize(context_.stream));
  if (request.all_starts()) {
    const auto* ends = reinterpret_cast<const FitEnd*>(results_.data());
    const int num_ends = request.starts_a_problem();
    for (int i = 0; i < num_; ++i)
      best_end(ends + static_cast<long long>(i) * num_ends, num_ends, out[first_ + i]);
  } else {
    std::memcpy(static_cast<void*>(out + first_), results_.data(), result_bytes(request, num_));
  }
  num_ = 0;
}

void Batch::abandon() {
  if (num_ > 0) CUDA_CHECK(cudaStreamSynchronize(context_.stream));
  num_ = 0;
}

PairCell Batch::best_pair(const PairScreen& screen, int rows) {
  const auto row_length = static_cast<std::size_t>(screen.num_second);
  const DeviceBuffer<double> pairs(static_cast<std::size_t>(rows) * row_length);
  const DeviceBuffer<Ranked> best(1);
  const PinnedBuffer<Ranked> found(1);
  PairCell out;
  for (int row = 0; row < screen.num_first; row += rows) {
    const int num_rows = std::min(rows, screen.num_first - row);
    const int num_pairs = num_rows * screen.num_second;
    linear_terms_.multiply(screen.first + static_cast<long long>(row) * screen.rank, screen.second,
                           num_rows, screen.rank, screen.num_second, pairs.data());
    launch_strided(context_, num_pairs, "pairs", pairs_kernel, screen, row, num_rows, pairs.data());
    select_least({1, num_pairs}, pairs.data(), nullptr, best.data(), context_.stream);
    CUDA_CHECK(cudaMemcpyAsync(found.data(), best.data(), sizeof(Ranked), cudaMemcpyDeviceToHost,
                               context_.stream));
    CUDA_CHECK(cudaStreamSynchronize(context_.stream));
    const Ranked own = *found.data();
    if (std::isfinite(own.value) && -own.value > out.explained)
      out = {row + own.place / screen.num_second, own.place % screen.num_second, -own.value};
  }
  return out;
}

void Batch::draw(const DeviceRequest& request) {
  const Resampling& resampling = request.host.resampling;
  ResampleJob job{};
  job.runs = request.runs;
  job.unit = request.unit();
  job.num_units = static_cast<std::uint32_t>(request.num_units());
  job.strata = request.strata();
  job.seed = resampling.seed;
  job.first = resampling.first + static_cast<std::uint64_t>(first_);
  job.plain = request.plain();
  job.num_problems = num_;
  job.stride = request.packed_stride();
  job.counts = arrays_.counts;
  job.weights = arrays_.weights;
  job.packed = arrays_.packed;
  job.num_padded = arrays_.num_padded;
  const std::size_t num_counts = static_cast<std::size_t>(num_) * job.num_units;
  CUDA_CHECK(cudaMemsetAsync(job.counts, 0, num_counts * sizeof(std::uint32_t), context_.stream));
  CUDA_CHECK(cudaMemsetAsync(arrays_.queues, 0, 2 * sizeof(int), context_.stream));
  launch_strided(context_, static_cast<long long>(num_) * kWarpThreads, "resample", resample_kernel,
                 job);
}

void Batch::choose(const Segments& segments, const double* values, int num_chosen) {
  for (int i = 0; i < num_chosen; ++i) {
    Ranked* out = arrays_.best + static_cast<long long>(i) * segments.num_segments;
    select_least(segments, values, i == 0 ? nullptr : out - segments.num_segments, out,
                 context_.stream);
  }
}

void Batch::gather(const DeviceRequest& request) {
  const int num_chosen = request.num_screened();
  launch_strided(context_, static_cast<long long>(num_) * num_chosen, "gather", gather_kernel,
                 GatherJob{request.starts(), arrays_.best, num_, num_chosen,
                           request.host.num_params, arrays_.starts});
}

void Batch::screen_exponents(const DeviceRequest& request) {
  const ExponentGrid& grid = request.grid;
  const int num_values = CellTables::num_values(grid);
  CellsJob job{grid,           num_,           arrays_.moments,
               arrays_.tables, arrays_.values, request.num_cells(),
               arrays_.best};
  linear_terms_.multiply(arrays_.weights, grid.products, num_, grid.num_runs,
                         grid.layout.num_moments(), arrays_.moments);
  launch_strided(context_, static_cast<long long>(num_) * num_table_rows(grid) * grid.num, "tables",
                 tables_kernel, job);
  linear_terms_.multiply_each(job.tables_of(0).crossed(), num_values, grid.coefficients[1],
                              grid.num, grid.layout.rank[1], grid.num, num_, arrays_.values);
  launch_strided(context_, static_cast<long long>(num_) * grid.num * grid.num, "cells",
                 cells_kernel, job);
  const int cells = grid.num * grid.num / request.num_cells();
  select_least({num_ * request.num_cells(), cells, grid.num, request.num_cells()}, arrays_.values,
               nullptr, arrays_.best, context_.stream);
  const StartList list{request.host.num_params, request.starts(), request.host.num_starts,
                       request.num_screened(),  arrays_.screened, arrays_.starts};
  launch_strided(context_, num_, "starts", starts_kernel, job, list);
}

// Ranks every start in float, if that is faster, and those that may be the best again in double.
void Batch::screen_starts_of_runs(const DeviceRequest& request) {
  const Segments all{1, request.host.num_starts};
  StartsJob job{law(request), request.runs, request.starts(), request.host.num_starts};
  job.delta = screening_delta(request.host);
  if (request.law.objective_float != nullptr) {
    job.out = arrays_.rough;
    request.law.objective_float(context_, job);
    choose(all, arrays_.rough, request.num_screened());
    job.rough = arrays_.rough;
    job.last = arrays_.best + request.num_screened() - 1;
  }
  job.out = arrays_.values;
  request.law.objective(context_, job);
  choose(all, arrays_.values, request.num_screened());
  gather(request);
}

void Batch::screen_starts_of_resamples(const DeviceRequest& request, const double* costs) {
  const int num_starts = request.host.num_starts;
  linear_terms_.multiply(arrays_.weights, costs, num_, request.runs.num_runs, num_starts,
                         arrays_.values);
  choose({num_, num_starts}, arrays_.values, request.num_screened());
  gather(request);
}

void Batch::minimise(const DeviceRequest& request) {
  const bool own_starts = !request.all_starts();
  MinimiseJob job{};
  job.law = law(request);
  job.problems = problems(request);
  job.starts = own_starts ? arrays_.starts : request.starts();
  job.starts_a_problem = request.starts_a_problem();
  job.starts_stride = own_starts ? job.starts_a_problem : 0;
  job.options = request.minimise;
  job.num_fits = num_ * job.starts_a_problem;
  job.queue = arrays_.queues;
  job.ends = arrays_.ends;
  if (request.text != nullptr) return request.text->minimise(context_, job);
  request.law.minimise(context_, job);
}

void Batch::polish(const DeviceRequest& request) {
  launch_strided(context_, num_, "best", best_kernel, arrays_.ends, request.starts_a_problem(),
                 num_, arrays_.candidates);
  if (!request.polishes()) return;
  const PolishJob job{law(request), problems(request),  request.minimise.delta,
                      num_,         arrays_.queues + 1, arrays_.candidates};
  if (request.text != nullptr) return request.text->polish(context_, job);
  request.law.polish(context_, job);
}

}  // namespace isoloss
