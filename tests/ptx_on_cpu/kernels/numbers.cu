// Numbers of one thread: our own exp and log, CUDA's, Philox, and instructions one by one.

#include <cstdint>

#include "fits/math.h"
#include "fits/random.h"

// results: 8 a value of x
__global__ void math_kernel(const double* x, int num_x, double* results) {
  const int i = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  if (i >= num_x) return;
  double* out = results + 8 * i;
  out[0] = isoloss::exp(x[i]);
  out[1] = isoloss::log(out[0]);
  out[2] = exp(x[i]);
  out[3] = log(out[0]);
  out[4] = x[i] / out[0];
  out[5] = fma(x[i], x[i], out[0]);
  out[6] = sqrt(out[0]) * x[i] + 1.0;
  out[7] = fmax(fmin(x[i], 1.0), -1.0);
}

// results: 4 a value of x
__global__ void float_kernel(const float* x, int num_x, float* results) {
  const int i = static_cast<int>(threadIdx.x);
  if (i >= num_x) return;
  results[4 * i] = expf(x[i]);
  results[4 * i + 1] = logf(fabsf(x[i]) + 1.0f);
  results[4 * i + 2] = x[i] / 3.0f;
  results[4 * i + 3] = fmaf(x[i], x[i], 0.1f);
}

__global__ void philox_kernel(uint64_t seed, uint32_t* words) {
  const unsigned i = threadIdx.x;
  const isoloss::PhiloxBlock block = isoloss::random_block(seed, 5000000000u + i, 7 * i);
  for (int k = 0; k < 4; ++k) words[4 * i + k] = block.word[k];
}

// One instruction a result, in the order of the test.
__global__ void integer_kernel(uint32_t a, uint32_t b, uint64_t c, uint64_t d, uint64_t* results) {
  int k = 0;
  results[k++] = __umulhi(a, b);
  results[k++] = __umul64hi(c, d);
  results[k++] = static_cast<uint64_t>(__mulhi(static_cast<int>(a), static_cast<int>(b)));
  results[k++] = __byte_perm(a, b, 0x5140);
  results[k++] = __funnelshift_l(a, b, 13);
  results[k++] = __brev(a);
  results[k++] = __brevll(c);
  results[k++] = __popc(a) + 100 * __popcll(c);
  results[k++] = __clz(static_cast<int>(b)) + 100 * __clzll(static_cast<long long>(d));
  results[k++] = a / b;
  results[k++] = c % d;
  results[k++] = static_cast<uint64_t>(-static_cast<int64_t>(c) / 1000);
  results[k++] = static_cast<uint64_t>(static_cast<int>(a) >> 5);
  results[k++] = a << (b & 63);
  results[k++] = static_cast<uint64_t>(min(static_cast<int>(a), 3)) ^ max(a, b);
}

__global__ void conversion_kernel(double x, float y, int64_t n, int64_t* results) {
  int k = 0;
  results[k++] = __double2int_rn(x);
  results[k++] = __double2int_rd(x);
  results[k++] = __double2ll_ru(x);
  results[k++] = static_cast<int>(y);
  results[k++] = __double2int_rz(x * 1e12);
  results[k++] = __double2uint_rz(-x * x);
  results[k++] = __float_as_int(__double2float_rd(x));
  results[k++] = __float_as_int(__ll2float_rn(n));
  results[k++] = __double_as_longlong(static_cast<double>(n));
  results[k++] = static_cast<int8_t>(n);
  results[k++] = static_cast<uint16_t>(n);
  results[k++] = __double_as_longlong(rint(x) + floor(x) * 16 + trunc(x) * 256);
}

// The comparisons of two numbers as bits, with and without NaN among them.
__global__ void comparison_kernel(const double* a, const double* b, int* results) {
  const double x = a[threadIdx.x];
  const double y = b[threadIdx.x];
  results[threadIdx.x] = (x < y) | (x <= y) << 1 | (x > y) << 2 | (x >= y) << 3 | (x == y) << 4 |
                         (x != y) << 5 | !(x < y) << 6 | !(x <= y) << 7 | isnan(x + y) << 8;
}
