// The words that nvcc adds to C++, and the built-in variables of a kernel.

#pragma once

#define __global__
#define __device__
#define __host__
#define __constant__
#define __launch_bounds__(...)
#define __grid_constant__
#define __forceinline__ inline __attribute__((always_inline))
#define __align__(bytes) __attribute__((aligned(bytes)))

// A shared variable is a global of the process, since blocks run one after another: `extern` for
// the dynamic array, `static` for the others. The section makes a bare `__shared__ int x;`, which
// would be a variable of each thread here, a compile error, and lets a block start with NaN in all
// of them.
#define __shared__ __attribute__((section("cuda_shared")))

struct uint3 {
  unsigned x = 0, y = 0, z = 0;
};

struct dim3 {
  constexpr dim3(unsigned x_ = 1, unsigned y_ = 1, unsigned z_ = 1) : x(x_), y(y_), z(z_) {}
  unsigned x, y, z;
};

inline constexpr int warpSize = 32;
inline constinit thread_local uint3 threadIdx;
inline constinit thread_local uint3 blockIdx;
inline constinit thread_local dim3 blockDim;
inline constinit thread_local dim3 gridDim;
