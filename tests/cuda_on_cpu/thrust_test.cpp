// Thrust's algorithms run over device memory, after what their stream has queued.

#include "tests/cuda_on_cpu/test_device.h"
#include "tests/cuda_on_cpu/thrust_samples.h"

namespace isoloss {

#ifdef ISOLOSS_HAS_THRUST

TEST_CASE("CUDA on CPU: Thrust sorts device memory behind what the stream has queued") {
  const FreshMachine machine;
  const DeviceArray<double> d_keys(std::vector<double>{3, 1, 2});
  const DeviceArray<int> d_values(std::vector<int>{30, 10, 20});
  samples::sort_by_key(d_keys.data(), d_values.data(), 3, nullptr);
  CHECK(d_keys.values() == std::vector<double>{1, 2, 3});
  CHECK(d_values.values() == std::vector<int>{10, 20, 30});
  REQUIRE(cudaMemsetAsync(d_values.data(), 0, sizeof(int), nullptr) == cudaSuccess);
  samples::sort_values(d_values.data(), 3, nullptr);
  CHECK(d_values.values() == std::vector<int>{0, 20, 30});
}

TEST_CASE("CUDA on CPU: Thrust reduces by key and transforms zipped iterators") {
  const FreshMachine machine;
  const DeviceArray<double> d_in(std::vector<double>{4, 2, 9, 7, 5, 8});
  const DeviceArray<int> d_groups(2);
  const DeviceArray<double> d_least(2), d_sum(6);
  samples::least_of_groups(d_in.data(), 6, 3, d_groups.data(), d_least.data(), nullptr);
  CHECK(d_groups.values() == std::vector<int>{0, 1});
  CHECK(d_least.values() == std::vector<double>{2, 5});
  samples::add(d_in.data(), d_in.data(), d_sum.data(), 6, nullptr);
  CHECK(d_sum.values() == std::vector<double>{8, 4, 18, 14, 10, 16});
}

#else

TEST_CASE("CUDA on CPU: Thrust runs over device memory") {
  WARN("test skipped: Thrust's headers are not installed");
}

#endif

}  // namespace isoloss
