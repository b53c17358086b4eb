// Which vector instructions the engine uses: the best the processor has, or what the user forces.

#pragma once

#include <string_view>
#include <vector>

namespace isoloss {

enum class SimdLevel { portable, avx2, avx512 };

std::string_view simd_name(SimdLevel level);

// Levels this processor can run and this build has, worst first.
std::vector<SimdLevel> usable_simd_levels();

// The level in use: ISOLOSS_SIMD=portable|avx2|avx512 if set, else the best usable one. Every level
// gives the same digits. Throws InputError for a name that is unknown or cannot run here.
SimdLevel simd_level();

}  // namespace isoloss
