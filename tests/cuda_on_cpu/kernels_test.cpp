// Kernels that are right give the right results, whatever the order of their threads.

#include <cmath>
#include <numeric>

#include "tests/cuda_on_cpu/samples.h"
#include "tests/cuda_on_cpu/test_device.h"

namespace isoloss {

TEST_CASE("CUDA on CPU: blocks reduce with barriers in shared memory") {
  const FreshMachine machine;
  const DeviceArray<double> d_in(counting(4 * 64));
  const DeviceArray<double> d_out(4);
  REQUIRE(samples::sum_blocks(d_in.data(), d_out.data(), 4, samples::Barriers::all, nullptr) ==
          cudaSuccess);
  CHECK(d_out.values() == std::vector<double>{2016, 6112, 10208, 14304});
}

TEST_CASE("CUDA on CPU: tiles of eight threads sum by thousands of shuffles") {
  const FreshMachine machine;
  const DeviceArray<double> d_in(counting(4 * 64));
  const DeviceArray<double> d_out(4 * 64);
  REQUIRE(samples::sum_tiles(d_in.data(), d_out.data(), 4 * 64, 700, nullptr) == cudaSuccess);
  const std::vector<double> out = d_out.values();
  for (std::size_t i = 0; i < out.size(); ++i)
    CHECK(out[i] == 8. * static_cast<double>(i / 8 * 8) + 28);
}

TEST_CASE("CUDA on CPU: threads take each item of a queue once") {
  const FreshMachine machine;
  const DeviceArray<int> d_next(std::vector<int>{0});
  const DeviceArray<int> d_taken(std::vector<int>(1000, 0));
  REQUIRE(samples::drain_queue(d_next.data(), d_taken.data(), 1000, nullptr) == cudaSuccess);
  CHECK(d_taken.values() == std::vector<int>(1000, 1));
}

TEST_CASE("CUDA on CPU: dynamic shared memory has the size of its launch") {
  const FreshMachine machine;
  const DeviceArray<double> d_in(counting(50));
  const DeviceArray<double> d_out(50);
  REQUIRE(samples::reverse(d_in.data(), d_out.data(), 50, 50, nullptr) == cudaSuccess);
  const std::vector<double> out = d_out.values();
  for (std::size_t i = 0; i < 50; ++i) CHECK(out[i] == 49. - static_cast<double>(i));
}

TEST_CASE("CUDA on CPU: more shared memory than a block has by itself must be asked for") {
  const FreshMachine machine;
  const DeviceArray<double> d(1);
  CHECK(samples::reverse(d.data(), d.data(), 1, 48 * 128 + 1, nullptr) == cudaErrorInvalidValue);
}

TEST_CASE("CUDA on CPU: threads that leave early are not waited for") {
  const FreshMachine machine;
  const DeviceArray<double> d_out(40);
  REQUIRE(samples::leave_early(d_out.data(), 40, nullptr) == cudaSuccess);
  const std::vector<double> out = d_out.values();
  CHECK(out[0] == 32);
  CHECK(out[32] == 8);
}

TEST_CASE("CUDA on CPU: shared memory and new device memory are NaN, not zero") {
  const FreshMachine machine;
  const DeviceArray<double> d_out(2);
  REQUIRE(samples::read_fresh_shared(d_out.data(), nullptr) == cudaSuccess);
  for (const double value : d_out.values()) CHECK(std::isnan(value));
}

}  // namespace isoloss
