// The CUDA engine, its own sources, executed on the CPU: what it finds is what the CPU's engine
// finds.

#include "cuda/engine.h"

#include <cmath>

#include "host/base/threads.h"
#include "host/fit/fit.h"
#include "host/laws/registry.h"
#include "host/report/fit.h"
#include "host/search/cpu_engine.h"
#include "host/search/pair_screen.h"
#include "host/search/problem.h"
#include "tests/cuda_on_cpu/small_bootstrap.h"
#include "tests/cuda_on_cpu/test_device.h"
#include "tests/figure4.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

constexpr int kResamples = 24;

// The report without the lines that name the engine.
std::string report_of(FitOptions options, const std::string& device, const RunTable& runs) {
  options.device = device;
  FitResult result = fit(runs, options);
  CHECK(result.search.device == (device == "cpu" ? "cpu" : "cuda"));
  result.search.device = result.search.device_reason = "";
  return json_report(runs, result);
}

void check_same_report(const FitOptions& options, const RunTable& runs) {
  const FreshMachine machine;
  CHECK(report_of(options, "cuda", runs) == report_of(options, "cpu", runs));
}

FitOptions with_resamples(int num_resamples) {
  FitOptions options;
  options.num_resamples = num_resamples;
  return options;
}

// Rows grouped into ten runs.
RunTable grouped(RunTable runs) {
  runs.run.clear();
  for (std::size_t i = 0; i < runs.num_runs(); ++i) runs.run.push_back(std::to_string(i % 10));
  return runs;
}

// Rows of which each resample draws as many of every third as there are.
RunTable stratified(RunTable runs) {
  for (std::uint32_t i = 0; i < runs.num_runs(); ++i) runs.stratum.push_back(i % 3);
  return runs;
}

RunTable weighted(RunTable runs) {
  runs.weights.clear();
  for (std::size_t i = 0; i < runs.num_runs(); ++i)
    runs.weights.push_back(1 + static_cast<double>(i % 3));
  return runs;
}

}  // namespace

TEST_CASE("CUDA and the CPU print the same digits of a fit and its bootstrap") {
  check_same_report(with_resamples(kResamples), figure4());
}

TEST_CASE("CUDA and the CPU print the same digits for squared residuals") {
  FitOptions options = with_resamples(kResamples);
  options.residual_loss.kind = ResidualKind::squared;
  check_same_report(options, figure4());
}

TEST_CASE("CUDA and the CPU print the same digits where a law above its runs costs more") {
  FitOptions options = with_resamples(6);
  options.residual_loss.over_penalty = 10;
  for (const char* law : {"chinchilla", "kaplan"}) {
    options.law = law;
    check_same_report(options, figure4());
  }
}

TEST_CASE("CUDA and the CPU print the same digits for absolute residuals") {
  FitOptions options = with_resamples(0);
  options.residual_loss.kind = ResidualKind::absolute;
  check_same_report(options, figure4());
}

TEST_CASE("CUDA and the CPU print the same digits for a law that runs as a tape") {
  FitOptions options = with_resamples(6);
  options.law = "kaplan";
  check_same_report(options, figure4());
}

TEST_CASE("CUDA and the CPU print the same digits from random starts") {
  FitOptions options = with_resamples(0);
  options.starts = StartMode::random;
  options.num_random_starts = 40;
  check_same_report(options, figure4());
}

TEST_CASE("CUDA and the CPU print the same digits for clusters, for strata and for weights") {
  check_same_report(with_resamples(kResamples), grouped(figure4()));
  check_same_report(with_resamples(kResamples), stratified(figure4()));
  check_same_report(with_resamples(kResamples), weighted(figure4()));
}

TEST_CASE("A device that is asked for is the one that works") {
  const FreshMachine machine;
  cuda_on_cpu::set_device_count(2);
  const FitOptions options = with_resamples(0);
  const RunTable runs = figure4();
  CHECK(report_of(options, "cuda:1", runs) == report_of(options, "cpu", runs));
  CHECK_THROWS_AS(make_cuda_engine({{2}}), DeviceError);
}

TEST_CASE("Several devices share the resamples and find what one finds") {
  const FreshMachine machine;
  cuda_on_cpu::set_device_count(3);
  const SmallBootstrap bootstrap(8);
  const auto by_three = bootstrap.search(*make_cuda_engine({.fewest_problems = 2}));
  const auto by_cpu = bootstrap.search(*make_cpu_engine({}));
  for (std::size_t i = 0; i < 8; ++i) {
    CHECK(by_three[i].objective == by_cpu[i].objective);
    CHECK(by_three[i].is_polished);
  }
}

TEST_CASE("A device that is slower than the others changes nothing") {
  const SmallBootstrap bootstrap(8);
  const auto search = [&](int slow) {
    const FreshMachine machine;
    cuda_on_cpu::set_device_count(2);
    cuda_on_cpu::set_delay(slow, std::chrono::milliseconds(30));
    return bootstrap.search(*make_cuda_engine({.fewest_problems = 2}));
  };
  const auto first = search(0), second = search(1);
  for (std::size_t i = 0; i < 8; ++i) {
    CHECK(first[i].objective == second[i].objective);
    CHECK(std::equal(std::begin(first[i].theta), std::end(first[i].theta), second[i].theta));
  }
}

TEST_CASE("A device that fails amid the others is a named error, and the others are given back") {
  const FreshMachine machine;
  cuda_on_cpu::set_device_count(2);
  const SmallBootstrap bootstrap(8);
  const auto engine = make_cuda_engine({.fewest_problems = 2});
  bootstrap.search(*engine);
  cuda_on_cpu::fail_next("cudaMemcpyAsync", cudaErrorLaunchOutOfResources);
  using Catch::Matchers::Contains;
  CHECK_THROWS_WITH(bootstrap.search(*engine),
                    Contains("too many resources") && Contains("batch.cu"));
  CHECK(bootstrap.search(*engine).size() == 8);
}

TEST_CASE("Weights that leave a resample empty end in no candidate, not in a fault") {
  const FreshMachine machine;
  RunTable runs = figure4();
  runs.weights.assign(runs.num_runs(), 0.0);
  runs.weights[0] = 1;
  const auto out = SmallBootstrap(4, 16, runs).search(*make_cuda_engine({}));
  for (const Candidate& candidate : out) CHECK(candidate.num_started == 1);
}

TEST_CASE("An interrupt ends a fit on a device before it reports anything") {
  const FreshMachine machine;
  const std::atomic<bool> stopped{true};
  FitOptions options = with_resamples(0);
  options.device = "cuda";
  options.stop = &stopped;
  CHECK_THROWS_AS(fit(figure4(), options), Interrupted);
}

TEST_CASE("A tile of problems that does not fit in the device's memory is made smaller") {
  const FreshMachine machine;
  const RunTable runs = figure4();
  const FitOptions options = with_resamples(kResamples);
  const std::string reference = report_of(options, "cpu", runs);
  cuda_on_cpu::set_memory_limit(std::size_t{1} << 20);
  CHECK(report_of(options, "cuda", runs) == reference);
}

TEST_CASE("The pair screen finds the CPU's pair, in one piece and in small ones") {
  const FreshMachine machine;
  const LawEntry& law = find_law("chinchilla");
  const Problem problem(figure4(), law);
  ScreenedStart reference;
  const auto cpu = make_cpu_engine({});
  REQUIRE(screen_exponent_pairs(law, problem.view(), 64, *cpu, reference));
  for (const std::size_t memory_bytes : {std::size_t{0}, std::size_t{1} << 14}) {
    ScreenedStart own;
    const auto cuda = make_cuda_engine({.memory_bytes = memory_bytes});
    REQUIRE(screen_exponent_pairs(law, problem.view(), 64, *cuda, own));
    CHECK(std::equal(std::begin(own.theta), std::end(own.theta), std::begin(reference.theta)));
  }
}

}  // namespace isoloss
