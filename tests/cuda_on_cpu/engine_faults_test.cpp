// Every CUDA call of the engine fails once, with each kind of error: each ends in a clear error or
// in a smaller batch, and nothing is left behind.

#include <algorithm>
#include <functional>

#include "cuda/engine.h"
#include "host/laws/registry.h"
#include "host/search/pair_screen.h"
#include "host/search/request.h"
#include "host/search/starts.h"
#include "tests/cuda_on_cpu/small_bootstrap.h"
#include "tests/cuda_on_cpu/test_device.h"
#include "tests/cuda_on_cpu/text_kernels_on_cpu.h"

namespace isoloss {
namespace {

// Sanitizers make the double some five times slower: there every third call fails.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t kStride = 3;
#else
constexpr std::size_t kStride = 1;
#endif

// What an engine is made for, and how.
struct Job {
  const char* name;
  CudaOptions options;
  int num_devices = 1;
  std::function<std::vector<double>(SearchEngine&)> work;

  std::vector<double> run() const {
    cuda_on_cpu::set_device_count(num_devices);
    return work(*make_cuda_engine(options));
  }
  // The calls that it makes, in order; one device's.
  std::vector<std::string> calls() const {
    cuda_on_cpu::reset();
    run();
    return cuda_on_cpu::call_names();
  }
};

std::vector<double> objectives(const std::vector<Candidate>& candidates) {
  std::vector<double> values;
  for (const Candidate& candidate : candidates) values.push_back(candidate.objective);
  return values;
}

std::vector<double> bootstrap(SearchEngine& engine) {
  return objectives(SmallBootstrap(4).search(engine));
}

// Searches a few starts of kaplan's grid.
std::vector<double> kaplan(SearchEngine& engine, StartRule rule, int num_resamples) {
  const LawEntry& law = find_law("kaplan");
  const Problem problem(figure4(), law);
  const std::vector<double> starts = grid_starts(law, problem.centre());
  SearchRequest request = search_request(law, problem, {});
  request.start_rule = rule;
  request.starts = starts.data();
  request.num_starts = 3;
  request.num_basins = 1;
  request.resampling.num_resamples = num_resamples;
  request.resampling.num_units = static_cast<std::uint32_t>(request.runs.num_runs);
  std::vector<Candidate> out(static_cast<std::size_t>(request.resampling.num_problems()));
  engine.search(request, out.data());
  return objectives(out);
}

std::vector<double> pairs(SearchEngine& engine) {
  const LawEntry& law = find_law("chinchilla");
  const Problem problem(figure4(), law);
  ScreenedStart start;
  screen_exponent_pairs(law, problem.view(), 16, engine, start);
  return {start.error};
}

std::vector<Job> jobs() {
  return {
      {"resamples by exponents", {}, 1, bootstrap},
      {"in several batches", {.memory_bytes = 1 << 16}, 1, bootstrap},
      {"pairs", {}, 1, pairs},
      {"starts of the runs", {}, 1, [](auto& e) { return kaplan(e, StartRule::best_starts, 0); }},
      {"starts of resamples", {}, 1, [](auto& e) { return kaplan(e, StartRule::best_starts, 1); }},
      {"all starts", {}, 1, [](auto& e) { return kaplan(e, StartRule::all_starts, 0); }},
      {"a text",
       {.texts = CudaTexts::always},
       1,
       [](auto& e) { return kaplan(e, StartRule::best_starts, 1); }},
      {"a text if it can be had",
       {.fewest_text_fits = 1},
       1,
       [](auto& e) { return kaplan(e, StartRule::all_starts, 0); }},
      {"on two devices", {.fewest_problems = 2}, 2, bootstrap},
  };
}

// The call that waits for the last results; behind it everything is only given back.
std::size_t when_fetched(const std::vector<std::string>& calls) {
  const auto copied = std::find(calls.rbegin(), calls.rend(), "cudaMemcpyAsync").base();
  return static_cast<std::size_t>(std::find(copied, calls.end(), "cudaStreamSynchronize") -
                                  calls.begin());
}

// What the engine says when call k fails; empty if it found the same all the same.
std::string failure_of(const Job& job, std::size_t k, cudaError_t error,
                       const std::vector<double>& expected) {
  const FreshMachine machine;
  cuda_on_cpu::fail_call(static_cast<int>(k) + 1, error);
  std::vector<double> found;
  try {
    found = job.run();
  } catch (const DeviceError& failure) {
    return failure.what();
  }
  CHECK(found == expected);
  return "";
}

}  // namespace

TEST_CASE("Each CUDA call that fails ends in a named error, and nothing leaks") {
  run_texts_on_cpu();
  for (const Job& job : jobs()) {
    const std::vector<std::string> calls = job.calls();
    const std::vector<double> expected = job.run();
    const std::size_t fetched = when_fetched(calls);
    for (std::size_t k = 0; k < calls.size(); k += kStride) {
      INFO(job.name << ", call " << k << ": " << calls[k]);
      const std::string said = failure_of(job, k, cudaErrorIllegalAddress, expected);
      // Two devices give their memory back while the other still works.
      if (job.num_devices == 1) CHECK((!said.empty() || k > fetched));
    }
  }
}

TEST_CASE("A launch that fails names its kernel") {
  const Job job = jobs()[3];
  const std::vector<std::string> calls = job.calls();
  const std::vector<double> expected = job.run();
  std::string said;
  for (std::size_t k = 0; k < calls.size(); ++k)
    if (calls[k] == "cudaLaunchKernelEx")
      said += failure_of(job, k, cudaErrorInvalidConfiguration, expected);
  using Catch::Matchers::Contains;
  for (const char* kernel :
       {"resample", "objective of tapes", "gather", "minimise", "best", "polish"})
    CHECK_THAT(said, Contains("launching kernel " + std::string(kernel) + ": "));
  CHECK_THAT(said, Contains("cuda/launch.h:"));
}

TEST_CASE("Out of memory at any call ends in a smaller batch or a named error") {
  const Job job = jobs().front();
  const std::vector<std::string> calls = job.calls();
  const std::vector<double> expected = job.run();
  int recovered = 0;
  for (std::size_t k = 0; k < when_fetched(calls); k += kStride) {
    INFO("call " << k << ": " << calls[k]);
    recovered += failure_of(job, k, cudaErrorMemoryAllocation, expected).empty() ? 1 : 0;
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
