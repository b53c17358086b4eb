// The loop of a tile: the product's own, and without either of its barriers.

#include <cmath>

#include "tests/catch.h"
#include "tests/ptx_on_cpu/device_jobs.h"

namespace isoloss {
namespace {

constexpr int kItems = 50;  // one block has 16 tiles

std::vector<double> run(int missing, const ptx::ThreadOrder& order) {
  constexpr std::size_t kStateBytes = 24;
  ptx::Memory memory;
  const std::vector<double> x(kItems, 0.5);
  double* d_out = memory.allocate<double>(kItems);
  ptx::launch(memory,
              ptx::find_kernel("tile_loop_kernelILNS_7MissingE" + std::to_string(missing) + 'E'),
              {.block = kBlockThreads,
               .shared_bytes = kBlockThreads / kNumLanes * kStateBytes,
               .order = order},
              memory.copy_in(std::vector<int>{0}), kItems, memory.copy_in(x), d_out);
  return memory.copy_out(d_out, kItems);
}

}  // namespace

TEST_CASE("Tiles take every item from the queue once, and nothing races") {
  for (const ptx::ThreadOrder& order : ptx::kThreadOrders) {
    const std::vector<double> out = run(0, order);
    for (std::size_t i = 0; i < kItems; ++i) CHECK(out[i] == 0.5 * std::pow(28, 1 + i % 3));
  }
}

TEST_CASE("Either barrier that the loop of a tile lacks is named as a race") {
  for (const ptx::ThreadOrder& order : ptx::kThreadOrders)
    for (const int missing : {1, 2})
      CHECK_THROWS_WITH(run(missing, order),
                        Catch::Matchers::Contains("shared memory race: byte") &&
                            Catch::Matchers::Contains("tile_loop.ptx:"));
}

}  // namespace isoloss
