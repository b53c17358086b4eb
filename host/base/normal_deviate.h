// Standard normal numbers from random bits.

#pragma once

#include <cstdint>

namespace isoloss {

// Of two words of 32 random bits, the same bits on every machine.
//
//   source  Box & Muller 1958, "A note on the generation of random normal deviates"
double normal_of(std::uint32_t radius, std::uint32_t angle);

// Between 0 and 1, neither of them.
inline double uniform_of(std::uint32_t word) { return (word + 0.5) * 0x1p-32; }

}  // namespace isoloss
