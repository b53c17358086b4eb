// Random numbers by counter: the same (seed, stream, index) gives the same bits on every backend,
// in any order. Philox4x32-10 of Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3".

#pragma once

#include <cstdint>

#include "fits/law.h"

namespace isoloss {

struct PhiloxBlock {
  std::uint32_t word[4];
};

// Ten rounds of Philox on (counter, key): four words of 32 random bits.
ISOLOSS_HD inline PhiloxBlock philox(PhiloxBlock counter, std::uint64_t key) {
  std::uint32_t key0 = static_cast<std::uint32_t>(key);
  std::uint32_t key1 = static_cast<std::uint32_t>(key >> 32);
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t product0 = std::uint64_t{0xD2511F53u} * counter.word[0];
    const std::uint64_t product1 = std::uint64_t{0xCD9E8D57u} * counter.word[2];
    counter = {{static_cast<std::uint32_t>(product1 >> 32) ^ counter.word[1] ^ key0,
                static_cast<std::uint32_t>(product1),
                static_cast<std::uint32_t>(product0 >> 32) ^ counter.word[3] ^ key1,
                static_cast<std::uint32_t>(product0)}};
    key0 += 0x9E3779B9u;
    key1 += 0xBB67AE85u;
  }
  return counter;
}

// Four words for draw block `block` of stream `stream` (a resample, a start).
ISOLOSS_HD inline PhiloxBlock random_block(std::uint64_t seed, std::uint64_t stream,
                                           std::uint32_t block) {
  return philox(
      {{block, static_cast<std::uint32_t>(stream), static_cast<std::uint32_t>(stream >> 32), 0}},
      seed);
}

// An integer below `bound` from one word: floor(word * bound / 2^32). Each value's probability is
// off by less than 2^-32.
ISOLOSS_HD inline std::uint32_t below(std::uint32_t word, std::uint32_t bound) {
  return static_cast<std::uint32_t>((std::uint64_t{word} * bound) >> 32);
}

// Neighbouring units of which a resample draws as many as there are.
struct Stratum {
  std::uint32_t first;
  std::uint32_t num;
};

// Calls draw(unit) for the draws of block `block` of resample `resample`: four of num_units, fewer
// in the last block. A resample is num_units draws with replacement.
//
//   strata  num_units entries: draw i is of the stratum of unit i; null: of all units
template <class Draw>
ISOLOSS_HD void draw_units(std::uint64_t seed, std::uint64_t resample, std::uint32_t num_units,
                           const Stratum* strata, std::uint32_t block, Draw&& draw) {
  const PhiloxBlock words = random_block(seed, resample, block);
  for (std::uint32_t k = 0; k < 4; ++k) {
    if (4 * block + k >= num_units) return;
    const Stratum of = strata != nullptr ? strata[4 * block + k] : Stratum{0, num_units};
    draw(of.first + below(words.word[k], of.num));
  }
}

// How often each of num_units units (runs, or clusters of runs) is drawn in resample `resample`.
// counts: num_units entries, overwritten; strata as above.
inline void resample_counts(std::uint64_t seed, std::uint64_t resample, std::uint32_t num_units,
                            std::uint16_t* counts, const Stratum* strata = nullptr) {
  for (std::uint32_t i = 0; i < num_units; ++i) counts[i] = 0;
  for (std::uint32_t block = 0; 4 * block < num_units; ++block)
    draw_units(seed, resample, num_units, strata, block,
               [&](std::uint32_t unit) { ++counts[unit]; });
}

}  // namespace isoloss
