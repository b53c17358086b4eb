#include "host/simd/simd_level.h"

#include <array>
#include <cstdlib>
#include <string>

#include "host/base/error.h"

namespace isoloss {
namespace {

constexpr std::array<std::string_view, 3> kNames{"portable", "avx2", "avx512"};

std::string usable_names() {
  std::string names;
  for (const SimdLevel level : usable_simd_levels())
    names += (names.empty() ? "" : ", ") + std::string(simd_name(level));
  return names;
}

}  // namespace

std::string_view simd_name(SimdLevel level) { return kNames[static_cast<std::size_t>(level)]; }

std::vector<SimdLevel> usable_simd_levels() {
  std::vector<SimdLevel> levels{SimdLevel::portable};
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    levels.push_back(SimdLevel::avx2);
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl"))
    levels.push_back(SimdLevel::avx512);
#endif
  return levels;
}

SimdLevel simd_level() {
  const std::vector<SimdLevel> usable = usable_simd_levels();
  const char* forced = std::getenv("ISOLOSS_SIMD");
  if (forced == nullptr || *forced == '\0') return usable.back();
  for (const SimdLevel level : usable)
    if (simd_name(level) == forced) return level;
  throw InputError("", 0, "", std::string("ISOLOSS_SIMD=") + forced + " cannot be used here",
                   "usable on this processor: " + usable_names());
}

}  // namespace isoloss
