// Every CUDA call of the engine fails once, with each kind of error: each ends in a clear error or
// in a smaller tile, and nothing is left behind.

#include <algorithm>

#include "cuda/engine.h"
#include "host/search/exponent_columns.h"
#include "host/search/problem.h"
#include "tests/cuda_on_cpu/test_device.h"
#include "tests/figure4.h"

namespace isoloss {
namespace {

constexpr int kResamples = 4;

// A small bootstrap by exponents.
class Job {
 public:
  Job() : problem_(figure4()), columns_(find_law("chinchilla"), problem_.view(), 16) {
    request_.law = "chinchilla";
    request_.runs = problem_.view();
    request_.grid = &columns_.grid();
    request_.num_basins = 1;
    request_.resampling = {1, 0, kResamples, nullptr,
                           static_cast<std::uint32_t>(request_.runs.num_runs)};
  }

  std::vector<double> objectives() const {
    std::vector<Candidate> out(kResamples);
    make_cuda_engine({})->search(request_, out.data());
    std::vector<double> values;
    for (const Candidate& candidate : out) values.push_back(candidate.objective);
    return values;
  }

 private:
  Problem problem_;
  ExponentColumns columns_;
  SearchRequest request_;
};

// The calls that job makes, in order.
std::vector<std::string> calls_of(const Job& job) {
  cuda_on_cpu::reset();
  job.objectives();
  return cuda_on_cpu::call_names();
}

// The call that waits for the results; behind it everything is only given back.
std::size_t when_fetched(const std::vector<std::string>& calls) {
  const auto copied = std::find(calls.rbegin(), calls.rend(), "cudaMemcpyAsync").base();
  return static_cast<std::size_t>(std::find(copied, calls.end(), "cudaStreamSynchronize") -
                                  calls.begin());
}

// What the engine says when call k fails; empty if it found the same all the same.
std::string failure_of(const Job& job, int k, cudaError_t error,
                       const std::vector<double>& expected) {
  const FreshMachine machine;
  cuda_on_cpu::fail_call(k, error);
  std::vector<double> found;
  try {
    found = job.objectives();
  } catch (const DeviceError& failure) {
    return failure.what();
  }
  CHECK(found == expected);
  return "";
}

}  // namespace

TEST_CASE("Each CUDA call that fails ends in a named error, and nothing leaks") {
  const Job job;
  const std::vector<std::string> calls = calls_of(job);
  const std::vector<double> expected = job.objectives();
  const std::size_t fetched = when_fetched(calls);
  for (std::size_t k = 0; k < calls.size(); ++k) {
    INFO("call " << k << ": " << calls[k]);
    const std::string said =
        failure_of(job, static_cast<int>(k) + 1, cudaErrorIllegalAddress, expected);
    CHECK((!said.empty() || k > fetched));
  }
}

TEST_CASE("Out of memory at any call ends in a smaller tile or a named error") {
  const Job job;
  const std::vector<std::string> calls = calls_of(job);
  const std::vector<double> expected = job.objectives();
  int recovered = 0;
  for (std::size_t k = 0; k < calls.size(); ++k) {
    INFO("call " << k << ": " << calls[k]);
    const std::string said =
        failure_of(job, static_cast<int>(k) + 1, cudaErrorMemoryAllocation, expected);
    recovered += said.empty() ? 1 : 0;
  }
  CHECK(recovered > 0);
}

TEST_CASE("A missing, an old and an empty driver are told apart") {
  const FreshMachine machine;
  CHECK(cuda_report().state == CudaState::ready);
  cuda_on_cpu::set_versions(0, 13000);
  CHECK(cuda_report().state == CudaState::no_driver);
  CHECK_THROWS_AS(make_cuda_engine({}), DeviceError);
  cuda_on_cpu::set_versions(11080, 13000);
  CHECK(cuda_report().state == CudaState::driver_too_old);
  cuda_on_cpu::set_versions(13000, 13000);
  cuda_on_cpu::set_device_count(0);
  CHECK(cuda_report().state == CudaState::no_device);
}

}  // namespace isoloss
