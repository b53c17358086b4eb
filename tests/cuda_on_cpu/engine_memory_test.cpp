// Large screens in a small memory.

#include "cuda/batch.h"
#include "cuda/device_request.h"
#include "host/laws/registry.h"
#include "host/search/cpu_engine.h"
#include "host/search/pair_screen.h"
#include "host/search/problem.h"
#include "tests/cuda_on_cpu/small_bootstrap.h"
#include "tests/cuda_on_cpu/test_device.h"
#include "tests/figure4.h"

namespace isoloss {
namespace {

constexpr std::size_t kGiB = std::size_t{1} << 30;

// Sanitizers make the double some ten times slower.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kManyExponents = 512;
#else
constexpr int kManyExponents = 4096;
#endif

}  // namespace

TEST_CASE("Sixteen million exponent pairs are screened within 1 GiB") {
  const FreshMachine machine;
  cuda_on_cpu::set_memory_limit(kGiB);
  const LawEntry& law = find_law("chinchilla");
  const Problem problem(figure4(), law);
  ScreenedStart own;
  ScreenedStart reference;
  REQUIRE(screen_exponent_pairs(law, problem.view(), kManyExponents, *make_cuda_engine({}), own));
  REQUIRE(
      screen_exponent_pairs(law, problem.view(), kManyExponents, *make_cpu_engine({}), reference));
  CHECK(std::equal(std::begin(own.theta), std::end(own.theta), std::begin(reference.theta)));
}

TEST_CASE("Four thousand resamples by 64 x 64 pairs fit into 1 GiB, and are found in less") {
  const FreshMachine machine;
  const SmallBootstrap many(4000, 64);
  CHECK(2 * batch_bytes(DeviceRequest(many.request, {}), 4000) < kGiB);

  constexpr int kResamples = 6;
  const SmallBootstrap bootstrap(kResamples, 64);
  const auto own = bootstrap.search(*make_cuda_engine({.memory_bytes = std::size_t{1} << 18}));
  const auto reference = bootstrap.search(*make_cpu_engine({}));
  for (std::size_t i = 0; i < kResamples; ++i) {
    CHECK(own[i].objective == reference[i].objective);
    CHECK(std::equal(own[i].theta, own[i].theta + kMaxParams, reference[i].theta));
  }
}

}  // namespace isoloss
