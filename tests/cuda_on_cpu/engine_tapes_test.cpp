// Laws that run as tapes, on the CUDA engine executed on the CPU: the bits of the CPU's engine, in
// every size that kernels are compiled for.

#include "cuda/batch.h"
#include "cuda/engine.h"
#include "fits/sizes.h"
#include "host/search/cpu_engine.h"
#include "tests/cuda_on_cpu/tape_formulas.h"
#include "tests/cuda_on_cpu/test_device.h"

namespace isoloss {
namespace {

// The runs as they are from the best starts and from all, then resamples.
void check_searches(TapeSearch& search) {
  const FreshMachine machine;
  const auto cuda = make_cuda_engine({});
  search.request.start_rule = StartRule::all_starts;
  check_same(search, *cuda);
  search.request.start_rule = StartRule::best_starts;
  check_same(search, *cuda);
  search.request.resampling.num_resamples = 3;
  check_same(search, *cuda);
  search.request.start_rule = StartRule::near_starts;
  search.request.num_basins = 2;
  check_same(search, *cuda);
}

}  // namespace

TEST_CASE("Tapes of sine and arc tangent have the CPU's bits in every size") {
  for (const int num_params : {3, 5, 7, 10, 16}) {
    INFO(num_params << " parameters");
    TapeSearch search(waves, num_params, 3);
    check_searches(search);
  }
}

TEST_CASE("A tape of every operation, compared by its log, has the CPU's bits") {
  TapeSearch search(everything, 7, 3);
  search.request.residual_loss.kind = ResidualKind::squared;
  check_searches(search);
}

TEST_CASE("A parameter held by its bounds, and one that ends at one, have the CPU's bits") {
  TapeSearch search(waves, 7, 3);
  search.box.bounds[2] = {0.75, 0.75};
  search.box.bounds[0] = {-2, 0.25};
  check_searches(search);
  const FreshMachine machine;
  for (const Candidate& own : search.search(*make_cuda_engine({}))) {
    CHECK(own.theta[2] == 0.75);
    CHECK(own.theta[0] <= 0.25);
    for (int k = 7; k < kMaxParams; ++k) CHECK(own.theta[k] == 0);
  }
}

TEST_CASE("A tape whose fits converge is polished on the device") {
  const FreshMachine machine;
  TapeSearch search(line, 2, 1);
  search.request.start_rule = StartRule::best_starts;
  search.request.residual_loss.kind = ResidualKind::squared;
  search.request.resampling.num_resamples = 4;
  CHECK(check_same(search, *make_cuda_engine({})) == 4);
  search.request.resampling.num_resamples = 0;
  const Candidate own = search.search(*make_cuda_engine({}))[0];
  REQUIRE(own.is_polished);
  const PolishedFit reference = solver_for(2).polish(
      tape_kernels(*search.request.tape, SimdLevel::portable), search.request.runs,
      search.request.residual_loss, own.theta, search.box);
  CHECK(
      std::equal(std::begin(own.polished), std::begin(own.polished) + 2, reference.theta.begin()));
}

TEST_CASE("A batch counts the room of its tape, and stays in the memory that there is") {
  const FreshMachine machine;
  TapeSearch search(waves, 16, 3);
  search.request.start_rule = StartRule::best_starts;
  search.request.resampling.num_resamples = 40;
  const LaunchContext context{nullptr, 2, 0};
  const DeviceRequest request(search.request, context);
  // Ten problems of three starts are 30 tiles of eight threads: two blocks.
  CHECK(request.room_threads(10) == 2 * kBlockThreads);
  const std::size_t room = request.room_size(2 * kBlockThreads) * sizeof(double);
  CHECK(room == 2 * kBlockThreads * sizeof(double) *
                    static_cast<std::size_t>(tape_room(*search.request.tape)));
  CHECK(batch_bytes(request, 10) > room);
  // Tiles beyond those that stay on the device at once take turns in the same room.
  CHECK(request.room_threads(1 << 15) == request.room_threads(1 << 14));
}

TEST_CASE("A tape in little memory finds what it finds in much") {
  const FreshMachine machine;
  TapeSearch search(waves, 7, 3);
  search.request.start_rule = StartRule::best_starts;
  search.request.resampling.num_resamples = 9;
  check_same(search, *make_cuda_engine({.memory_bytes = std::size_t{1} << 18}));
  cuda_on_cpu::set_memory_limit(std::size_t{1} << 20);
  check_same(search, *make_cuda_engine({}));
}

}  // namespace isoloss
