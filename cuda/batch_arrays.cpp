#include "cuda/batch.h"

namespace isoloss {
namespace {

std::size_t size(long long num) { return static_cast<std::size_t>(num); }

}  // namespace

BatchArrays BatchArrays::take(Arena& arena, const DeviceRequest& request, int num) {
  const long long problems = num;
  const long long params = request.host.num_params;
  BatchArrays out;
  out.counts = arena.take<std::uint32_t>(size(problems * request.num_units()));
  out.packed = arena.take<PackedRun>(size(problems * request.packed_stride()));
  out.num_padded = arena.take<int>(size(problems));
  out.queues = arena.take<int>(2);
  out.ends = arena.take<FitEnd>(size(problems * request.starts_a_problem()));
  out.candidates = arena.take<Candidate>(size(problems));
  out.room_threads = request.room_threads(num);
  out.room = arena.take<double>(request.room_size(out.room_threads));
  if (request.all_starts()) return out;
  out.weights = arena.take<double>(size(problems * request.runs.num_runs));
  out.starts = arena.take<double>(size(problems * request.starts_a_problem() * params));
  if (request.by_exponents()) {
    const ExponentGrid& grid = request.grid;
    out.moments = arena.take<double>(size(problems * grid.layout.num_moments()));
    out.tables = arena.take<double>(size(problems * CellTables::num_values(grid)));
    out.values = arena.take<double>(size(problems * grid.num * grid.num));
    out.best = arena.take<Ranked>(size(problems * request.num_cells()));
    out.screened = arena.take<ScreenedStart>(size(problems * kNumQuadrants));
  } else {
    out.values = arena.take<double>(size(problems * request.host.num_starts));
    out.rough = arena.take<double>(request.plain() ? size(request.host.num_starts) : 0);
    out.best = arena.take<Ranked>(size(problems * request.num_screened()));
  }
  return out;
}

std::size_t batch_bytes(const DeviceRequest& request, int num) {
  Arena counting;
  BatchArrays::take(counting, request, num);
  return counting.used();
}

}  // namespace isoloss
