#include "host/simd/kernels.h"

#include <array>

namespace isoloss {

const ScreenKernels& screen_kernels(SimdLevel level) {
  static const std::array<ScreenKernels, 3> table {
    screen_kernels_of<SimdLevel::portable>(),
#if defined(__x86_64__)
        screen_kernels_of<SimdLevel::avx2>(), screen_kernels_of<SimdLevel::avx512>(),
#endif
  };
  return table[static_cast<std::size_t>(level)];
}

}  // namespace isoloss
