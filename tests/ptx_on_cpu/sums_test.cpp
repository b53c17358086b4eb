// Barriers, shuffles and votes, in every order of threads.

#include <numeric>

#include "tests/catch.h"
#include "tests/ptx_on_cpu/runtime/launch.h"

namespace isoloss {
namespace {

std::vector<double> counting(std::size_t count) {
  std::vector<double> values(count);
  std::iota(values.begin(), values.end(), 1.0);
  return values;
}

// The sum of the row of `width` values that value i is in.
double row_sum(const std::vector<double>& x, std::size_t i, std::size_t width) {
  const auto begin = x.begin() + static_cast<std::ptrdiff_t>(i / width * width);
  return std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(width), 0.0);
}

}  // namespace

TEST_CASE("A block sums through shared memory and barriers") {
  const std::vector<double> x = counting(3 * 256);
  for (const ptx::ThreadOrder& order : ptx::kThreadOrders) {
    ptx::Memory memory;
    double* d_sums = memory.allocate<double>(3);
    ptx::launch(memory, ptx::find_kernel("block_sum_kernel"),
                {.grid = 3, .block = 256, .order = order}, memory.copy_in(x), d_sums);
    const std::vector<double> sums = memory.copy_out(d_sums, 3);
    for (std::size_t i = 0; i < 3; ++i) CHECK(sums[i] == row_sum(x, 256 * i, 256));
  }
}

TEST_CASE("Warps and tiles of 8 lanes sum through shuffles") {
  const std::vector<double> x = counting(2 * 64);
  for (const ptx::ThreadOrder& order : ptx::kThreadOrders) {
    ptx::Memory memory;
    double* d_of_warp = memory.allocate<double>(x.size());
    double* d_of_tile = memory.allocate<double>(x.size());
    ptx::launch(memory, ptx::find_kernel("warp_sum_kernel"),
                {.grid = 2, .block = 64, .order = order}, memory.copy_in(x), d_of_warp, d_of_tile);
    const std::vector<double> of_warp = memory.copy_out(d_of_warp, x.size());
    const std::vector<double> of_tile = memory.copy_out(d_of_tile, x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
      CHECK(of_warp[i] == row_sum(x, i, 32));
      CHECK(of_tile[i] == row_sum(x, i, 8));
    }
  }
}

TEST_CASE("Shuffles up, down and by index keep to their tile; votes count every lane") {
  std::vector<int> x(32);
  for (std::size_t i = 0; i < 32; ++i) x[i] = static_cast<int>(10 * i + (i == 4));
  for (const ptx::ThreadOrder& order : ptx::kThreadOrders) {
    ptx::Memory memory;
    int* d_out[3];
    for (int*& d_row : d_out) d_row = memory.allocate<int>(32);
    unsigned* d_votes = memory.allocate<unsigned>(96);
    ptx::launch(memory, ptx::find_kernel("shuffle_kernel"), {.block = 32, .order = order},
                memory.copy_in(x), d_out[0], d_out[1], d_out[2], d_votes);
    const std::vector<int> below = memory.copy_out(d_out[0], 32);
    const std::vector<int> above = memory.copy_out(d_out[1], 32);
    const std::vector<int> third = memory.copy_out(d_out[2], 32);
    const std::vector<unsigned> votes = memory.copy_out(d_votes, 96);
    for (std::size_t i = 0; i < 32; ++i) {
      CHECK(below[i] == x[i % 8 == 0 ? i : i - 1]);
      CHECK(above[i] == x[i % 8 == 7 ? i : i + 1]);
      CHECK(third[i] == x[i / 8 * 8 + 3]);
      CHECK(votes[3 * i] == 1u << 4);
      CHECK(votes[3 * i + 1] == 1);
      CHECK(votes[3 * i + 2] == 0);
    }
  }
}

TEST_CASE("A block votes at a barrier") {
  std::vector<int> x(96, 2);
  x[17] = x[90] = 1;
  for (const ptx::ThreadOrder& order : ptx::kThreadOrders) {
    ptx::Memory memory;
    int* d_out[3];
    for (int*& d_row : d_out) d_row = memory.allocate<int>(96);
    ptx::launch(memory, ptx::find_kernel("block_vote_kernel"), {.block = 96, .order = order},
                memory.copy_in(x), d_out[0], d_out[1], d_out[2]);
    CHECK(memory.copy_out(d_out[0], 96) == std::vector<int>(96, 1));
    CHECK(memory.copy_out(d_out[1], 96) == std::vector<int>(96, 0));
    CHECK(memory.copy_out(d_out[2], 96) == std::vector<int>(96, 2));
  }
}

TEST_CASE("Halves of a warp meet at barriers of their own") {
  std::vector<int> x(32);
  std::iota(x.begin(), x.end(), 0);
  for (const ptx::ThreadOrder& order : ptx::kThreadOrders) {
    ptx::Memory memory;
    int* d_swapped = memory.allocate<int>(32);
    ptx::launch(memory, ptx::find_kernel("half_warp_kernel"), {.block = 32, .order = order},
                memory.copy_in(x), d_swapped);
    const std::vector<int> swapped = memory.copy_out(d_swapped, 32);
    for (int i = 0; i < 32; ++i)
      CHECK(swapped[static_cast<std::size_t>(i)] == (i ^ 1) + (i < 16 ? 0 : 1000));
  }
}

}  // namespace isoloss
