// The counter-based generator against published answers, and the resamples drawn from it.

#include "fits/random.h"

#include <numeric>
#include <vector>

#include "tests/catch.h"

namespace isoloss {

TEST_CASE("Philox4x32-10 gives the known answers of its authors") {
  // Random123 1.14, kat_vectors: "philox4x32 10".
  const PhiloxBlock zeros = philox({{0, 0, 0, 0}}, 0);
  CHECK(zeros.word[0] == 0x6627e8d5u);
  CHECK(zeros.word[1] == 0xe169c58du);
  CHECK(zeros.word[2] == 0xbc57ac4cu);
  CHECK(zeros.word[3] == 0x9b00dbd8u);
  const PhiloxBlock ones = philox({{~0u, ~0u, ~0u, ~0u}}, ~std::uint64_t{0});
  CHECK(ones.word[0] == 0x408f276du);
  CHECK(ones.word[1] == 0x41c83b0eu);
  CHECK(ones.word[2] == 0xa20bc7c6u);
  CHECK(ones.word[3] == 0x6d5451fdu);
}

TEST_CASE("A resample draws as many units as there are, whatever their number") {
  for (const std::uint32_t num : {1u, 2u, 3u, 4u, 5u, 7u, 240u, 1001u}) {
    std::vector<std::uint16_t> counts(num, 77);
    resample_counts(1, 5, num, counts.data());
    CHECK(std::accumulate(counts.begin(), counts.end(), 0u) == num);
  }
}

TEST_CASE("A resample draws as many units of each stratum as it has") {
  const std::vector<Stratum> strata{{0, 2}, {0, 2}, {2, 1}, {3, 4}, {3, 4}, {3, 4}, {3, 4}};
  std::vector<std::uint16_t> counts(strata.size());
  bool has_many = false;
  for (std::uint64_t resample = 0; resample < 50; ++resample) {
    resample_counts(1, resample, 7, counts.data(), strata.data());
    CHECK(counts[0] + counts[1] == 2);
    CHECK(counts[2] == 1);
    CHECK(counts[3] + counts[4] + counts[5] + counts[6] == 4);
    has_many |= counts[3] > 1;
  }
  CHECK(has_many);
}

TEST_CASE("Resamples are the same for the same seed and differ between seeds and numbers") {
  const auto counts_of = [](std::uint64_t seed, std::uint64_t resample) {
    std::vector<std::uint16_t> counts(240);
    resample_counts(seed, resample, 240, counts.data());
    return counts;
  };
  CHECK(counts_of(1, 0) == counts_of(1, 0));
  CHECK(counts_of(1, 0) != counts_of(1, 1));
  CHECK(counts_of(1, 0) != counts_of(2, 0));
  CHECK(counts_of(1, 0) != counts_of(1, std::uint64_t{1} << 32));
}

TEST_CASE("Every unit is drawn once a resample on average") {
  constexpr std::uint32_t kUnits = 50;
  constexpr int kResamples = 20000;
  std::vector<std::uint16_t> counts(kUnits);
  std::vector<double> sum(kUnits);
  double squares = 0;
  for (int r = 0; r < kResamples; ++r) {
    resample_counts(9, static_cast<std::uint64_t>(r), kUnits, counts.data());
    for (std::size_t i = 0; i < kUnits; ++i) {
      sum[i] += counts[i];
      squares += (counts[i] - 1.0) * (counts[i] - 1.0);
    }
  }
  // A count is binomial: mean 1, variance 1 - 1 / units. Five standard errors.
  for (const double total : sum) CHECK(std::abs(total / kResamples - 1) < 5 * 0.99 / 141);
  CHECK(std::abs(squares / (kResamples * kUnits) - (1 - 1.0 / kUnits)) < 0.01);
}

}  // namespace isoloss
