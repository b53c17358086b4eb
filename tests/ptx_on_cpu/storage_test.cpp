// Shared, local, constant and parameter memory, atomics and calls, in every order of threads.

#include <algorithm>
#include <numeric>

#include "tests/catch.h"
#include "tests/ptx_on_cpu/runtime/launch.h"

namespace isoloss {
namespace {

// As in kernels/storage.cu.
struct Weights {
  int num_weights;
  double weights[5];
  const double* x;
  short scale;
};

}  // namespace

TEST_CASE("A structure passes by value into a kernel and on into a function") {
  const std::vector<double> x{1.5, -2.0, 3.25, 8.0, 0.5, 4.0, 7.0};
  const double table[] = {1, 10, 100, 1000};
  for (const ptx::ThreadOrder& order : ptx::kThreadOrders) {
    ptx::Memory memory;
    const Weights weights{5, {1, 2, 3, 4, 5}, memory.copy_in(x), -3};
    double* d_out = memory.allocate<double>(7);
    unsigned* d_launches = memory.allocate<unsigned>(1);
    const ptx::LaunchShape shape{.block = 7, .order = order};
    for (int i = 0; i < 2; ++i)
      ptx::launch(memory, ptx::find_kernel("weights_kernel"), shape, weights, d_out);
    ptx::launch(memory, ptx::find_kernel("num_launches_kernel"), {}, d_launches);
    const std::vector<double> out = memory.copy_out(d_out, 7);
    for (std::size_t i = 0; i < 7; ++i)
      CHECK(out[i] == x[i] * weights.weights[i % 5] * -3 + table[i % 4]);
    CHECK(memory.copy_out(d_launches, 1)[0] == 2);
  }
}

TEST_CASE("Dynamic shared memory has the size of the launch, and a function waits in a call") {
  std::vector<double> x(48);
  std::vector<int> ranks(48);
  std::iota(x.begin(), x.end(), 0.5);
  std::iota(ranks.begin(), ranks.end(), 7);
  for (const ptx::ThreadOrder& order : ptx::kThreadOrders) {
    ptx::Memory memory;
    double* d_x = memory.copy_in(x);
    int* d_ranks = memory.copy_in(ranks);
    ptx::LaunchShape shape{.block = 48, .shared_bytes = 48 * 12, .order = order};
    ptx::launch(memory, ptx::find_kernel("rotate_kernel"), shape, d_x, d_ranks);
    const std::vector<double> rotated = memory.copy_out(d_x, 48);
    const std::vector<int> reversed = memory.copy_out(d_ranks, 48);
    for (std::size_t i = 0; i < 48; ++i) {
      CHECK(rotated[i] == x[(i + 1) % 48]);
      CHECK(reversed[i] == ranks[47 - i]);
    }
    shape.shared_bytes -= 4;
    CHECK_THROWS_AS(ptx::launch(memory, ptx::find_kernel("rotate_kernel"), shape, d_x, d_ranks),
                    ptx::Failure);
  }
}

TEST_CASE("A local array takes an index known only at run time") {
  const std::vector<unsigned> numbers{33, 1303, 12, 3333333, 0};
  for (const ptx::ThreadOrder& order : ptx::kThreadOrders) {
    ptx::Memory memory;
    int* d_counts = memory.allocate<int>(5);
    ptx::launch(memory, ptx::find_kernel("digits_kernel"), {.block = 5, .order = order},
                memory.copy_in(numbers), 3, d_counts);
    CHECK(memory.copy_out(d_counts, 5) == std::vector<int>{2, 2, 0, 7, 0});
  }
  ptx::Memory memory;
  CHECK_THROWS_WITH(ptx::launch(memory, ptx::find_kernel("digits_kernel"), {.block = 5},
                                memory.copy_in(numbers), 10, memory.allocate<int>(5)),
                    Catch::Matchers::Contains("out of bounds: 4 bytes at local address 40"));
}

TEST_CASE("A work queue gives every item to one warp, whichever comes first") {
  const std::vector<double> x{10, 20, 30, 40, 50, 60, 70};
  const auto num_items = static_cast<unsigned>(x.size());
  for (const ptx::ThreadOrder& order : ptx::kThreadOrders) {
    ptx::Memory memory;
    unsigned* d_next = memory.copy_in(std::vector<unsigned>(1));
    double* d_sums = memory.copy_in(std::vector<double>(x.size()));
    unsigned* d_histogram = memory.copy_in(std::vector<unsigned>(32));
    ptx::launch(memory, ptx::find_kernel("queue_kernel"), {.grid = 2, .block = 96, .order = order},
                d_next, num_items, memory.copy_in(x), d_sums, d_histogram);
    const std::vector<double> sums = memory.copy_out(d_sums, x.size());
    for (std::size_t i = 0; i < x.size(); ++i) CHECK(sums[i] == 32 * x[i] + 31 * 16);
    const std::vector<unsigned> histogram = memory.copy_out(d_histogram, 32);
    CHECK(std::accumulate(histogram.begin(), histogram.end() - 1, 0u) == 32 * num_items);
    CHECK(histogram[31] == num_items - 1);
    CHECK(memory.copy_out(d_next, 1)[0] == num_items + 6);
  }
}

TEST_CASE("Atomics in shared memory are no race") {
  std::vector<unsigned> x(200);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<unsigned>(i * i);
  std::vector<unsigned> expected(16);
  for (const unsigned value : x) ++expected[value % 16];
  for (const ptx::ThreadOrder& order : ptx::kThreadOrders) {
    ptx::Memory memory;
    unsigned* d_bins = memory.allocate<unsigned>(16);
    ptx::launch(memory, ptx::find_kernel("bins_kernel"), {.block = 200, .order = order},
                memory.copy_in(x), d_bins);
    CHECK(memory.copy_out(d_bins, 16) == expected);
  }
}

TEST_CASE("A launch that no device would take is refused") {
  ptx::Memory memory;
  unsigned* d_bins = memory.allocate<unsigned>(16);
  const ptx::Kernel& kernel = ptx::find_kernel("bins_kernel");
  using Catch::Matchers::Contains;
  CHECK_THROWS_WITH(ptx::launch(memory, kernel, {}, d_bins), Contains("1 arguments for 2"));
  CHECK_THROWS_WITH(ptx::launch(memory, kernel, {}, d_bins, 1), Contains("argument 1 has 4 bytes"));
  CHECK_THROWS_WITH(ptx::launch(memory, kernel, {.block = 1025}, d_bins, d_bins),
                    Contains("more threads"));
  CHECK_THROWS_WITH(ptx::launch(memory, ptx::find_kernel("block_vote_kernel"), {.block = 97},
                                d_bins, d_bins, d_bins, d_bins),
                    Contains("launch bounds"));
  CHECK_THROWS_WITH(ptx::launch(memory, kernel, {.shared_bytes = 232449}, d_bins, d_bins),
                    Contains("bytes of shared memory"));
  CHECK_THROWS_WITH(ptx::find_kernel("no_such_kernel"), Contains("no kernel is called"));
  CHECK_THROWS_WITH(ptx::find_kernel("race_kernel"), Contains("is in"));
}

}  // namespace isoloss
