// What one thread computes: the bits of the host where both are IEEE 754 or integers.

#include <bit>
#include <cmath>

#include "fits/math.h"
#include "fits/random.h"
#include "tests/catch.h"
#include "tests/ptx_on_cpu/runtime/launch.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

constexpr int kNumArguments = 500;

// Also infinities, NaN and numbers whose exponential leaves the range.
std::vector<double> arguments() {
  std::vector<double> x{0.0, -0.0, 1e300, -1e300, INFINITY, -INFINITY, NAN};
  for (int i = static_cast<int>(x.size()); i < kNumArguments; ++i)
    x.push_back(700.0 * std::sin(1.7 * i));
  return x;
}

bool same_bits(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) ||
         (std::isnan(a) && std::isnan(b));
}

bool near(double a, double b, double tolerance) {
  return same_bits(a, b) || std::fabs(a - b) <= tolerance * std::fabs(b);
}

}  // namespace

TEST_CASE("Our exp and log give the same bits from PTX as from the host's compiler") {
  const std::vector<double> x = arguments();
  for (const ptx::ThreadOrder& order : ptx::kThreadOrders) {
    ptx::Memory memory;
    double* d_results = memory.allocate<double>(8 * x.size());
    ptx::launch(memory, ptx::find_kernel("math_kernel"), {.grid = 4, .block = 128, .order = order},
                memory.copy_in(x), kNumArguments, d_results);
    const std::vector<double> results = memory.copy_out(d_results, 8 * x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
      INFO("x = " << x[i]);
      const double* result = &results[8 * i];
      const double e = isoloss::exp(x[i]);
      CHECK(same_bits(result[0], e));
      CHECK(same_bits(result[1], isoloss::log(e)));
      CHECK(near(result[2], std::exp(x[i]), tolerance::kCudaDouble));
      CHECK(near(result[3], std::log(e), tolerance::kCudaDouble));
      CHECK(same_bits(result[4], x[i] / e));
      CHECK(same_bits(result[5], std::fma(x[i], x[i], e)));
      CHECK(same_bits(result[6], std::sqrt(e) * x[i] + 1.0));
      CHECK(same_bits(result[7], std::fmax(std::fmin(x[i], 1.0), -1.0)));
    }
  }
}

TEST_CASE("Float arithmetic is that of the host; CUDA's expf and logf are near") {
  std::vector<float> x(64);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = 80.0f * std::sin(2.3f * static_cast<float>(i));
  ptx::Memory memory;
  float* d_results = memory.allocate<float>(4 * x.size());
  ptx::launch(memory, ptx::find_kernel("float_kernel"), {.block = 64}, memory.copy_in(x), 64,
              d_results);
  const std::vector<float> results = memory.copy_out(d_results, 4 * x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    CHECK(near(results[4 * i], std::exp(static_cast<double>(x[i])), tolerance::kCudaFloat));
    CHECK(near(results[4 * i + 1], std::log(std::fabs(x[i]) + 1.0f), tolerance::kCudaFloat));
    CHECK(results[4 * i + 2] == x[i] / 3.0f);
    CHECK(results[4 * i + 3] == std::fma(x[i], x[i], 0.1f));
  }
}

TEST_CASE("Philox draws the words of the host") {
  for (const ptx::ThreadOrder& order : ptx::kThreadOrders) {
    ptx::Memory memory;
    std::uint32_t* d_words = memory.allocate<std::uint32_t>(4 * 96);
    ptx::launch(memory, ptx::find_kernel("philox_kernel"), {.block = 96, .order = order},
                std::uint64_t{20250719}, d_words);
    const std::vector<std::uint32_t> words = memory.copy_out(d_words, 4 * 96);
    for (std::uint32_t i = 0; i < 96; ++i) {
      const PhiloxBlock block = random_block(20250719, 5000000000u + i, 7 * i);
      for (std::size_t k = 0; k < 4; ++k) CHECK(words[4 * i + k] == block.word[k]);
    }
  }
}

TEST_CASE("Integer instructions do what PTX says") {
  const std::uint32_t a = 0x89ABCDEF, b = 0x01234567;
  const std::uint64_t c = 0xFEDCBA9876543210, d = 0x00000F1E2D3C4B5A;
  const std::uint64_t expected[] = {
      0x009CA39D,
      0x00000F0CF9D5A059,
      static_cast<std::uint64_t>(std::int64_t{static_cast<std::int32_t>(0xFF795E36)}),
      0x45CD67EF,
      0x68ACF135,
      0xF7B3D591,
      0x084C2A6E195D3B7F,
      20 + 100 * 32,
      7 + 100 * 20,
      a / b,
      c % d,
      static_cast<std::uint64_t>(-static_cast<std::int64_t>(c) / 1000),
      static_cast<std::uint64_t>(std::int64_t{static_cast<std::int32_t>(a) >> 5}),
      0,
      static_cast<std::uint64_t>(std::int64_t{static_cast<std::int32_t>(a)}) ^ a};
  ptx::Memory memory;
  std::uint64_t* d_results = memory.allocate<std::uint64_t>(std::size(expected));
  ptx::launch(memory, ptx::find_kernel("integer_kernel"), {}, a, b, c, d, d_results);
  const std::vector<std::uint64_t> results = memory.copy_out(d_results, std::size(expected));
  for (std::size_t i = 0; i < std::size(expected); ++i) {
    INFO("result " << i);
    CHECK(results[i] == expected[i]);
  }
}

TEST_CASE("Comparisons treat NaN as the host does") {
  const std::vector<double> a{1, 2, 1, NAN, 1, 0.0, INFINITY};
  const std::vector<double> b{2, 1, 1, 1, NAN, -0.0, INFINITY};
  ptx::Memory memory;
  int* d_results = memory.allocate<int>(a.size());
  ptx::launch(memory, ptx::find_kernel("comparison_kernel"),
              {.block = static_cast<std::uint32_t>(a.size())}, memory.copy_in(a), memory.copy_in(b),
              d_results);
  const std::vector<int> results = memory.copy_out(d_results, a.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double x = a[i], y = b[i];
    CHECK(results[i] == ((x < y) | (x <= y) << 1 | (x > y) << 2 | (x >= y) << 3 | (x == y) << 4 |
                         (x != y) << 5 | !(x < y) << 6 | !(x <= y) << 7 | std::isnan(x + y) << 8));
  }
}

TEST_CASE("Conversions round and clamp as PTX says") {
  const double x = -2.5 + 1.0 / 1024;
  const std::int64_t n = 0x123456789ABCDE81;
  const auto bits = [](float value) { return std::bit_cast<std::int32_t>(value); };
  const std::int64_t expected[] = {-2,
                                   -3,
                                   -2,
                                   std::numeric_limits<std::int32_t>::max(),
                                   std::numeric_limits<std::int32_t>::min(),
                                   0,
                                   bits(static_cast<float>(x)),
                                   bits(static_cast<float>(n)),
                                   std::bit_cast<std::int64_t>(static_cast<double>(n)),
                                   static_cast<std::int8_t>(n),
                                   static_cast<std::uint16_t>(n),
                                   std::bit_cast<std::int64_t>(-2.0 - 3.0 * 16 - 2.0 * 256)};
  ptx::Memory memory;
  std::int64_t* d_results = memory.allocate<std::int64_t>(std::size(expected));
  ptx::launch(memory, ptx::find_kernel("conversion_kernel"), {}, x, 3e9f, n, d_results);
  const std::vector<std::int64_t> results = memory.copy_out(d_results, std::size(expected));
  for (std::size_t i = 0; i < std::size(expected); ++i) {
    INFO("result " << i);
    CHECK(results[i] == expected[i]);
  }
}

}  // namespace isoloss
