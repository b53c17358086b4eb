// Thrust in the style of the product's one file with it; nvcc compiles this too.

#include <thrust/device_ptr.h>
#include <thrust/iterator/counting_iterator.h>
#include <thrust/iterator/transform_iterator.h>
#include <thrust/iterator/zip_iterator.h>
#include <thrust/reduce.h>
#include <thrust/sort.h>
#include <thrust/system/cuda/execution_policy.h>
#include <thrust/transform.h>
#include <thrust/tuple.h>

#include "tests/cuda_on_cpu/thrust_samples.h"

namespace isoloss::samples {
namespace {

struct DivideBy {
  int divisor;
  __host__ __device__ int operator()(int i) const { return i / divisor; }
};

struct Sum {
  __host__ __device__ double operator()(const thrust::tuple<double, double>& pair) const {
    return thrust::get<0>(pair) + thrust::get<1>(pair);
  }
};

struct Smaller {
  __host__ __device__ double operator()(double a, double b) const { return b < a ? b : a; }
};

}  // namespace

void sort_by_key(double* d_keys, int* d_values, int count, cudaStream_t stream) {
  const auto policy = thrust::cuda::par_nosync.on(stream);
  thrust::sort_by_key(policy, d_keys, d_keys + count, d_values);
}

void sort_values(int* d_values, int count, cudaStream_t stream) {
  const thrust::device_ptr<int> d_begin(d_values);
  thrust::stable_sort(thrust::cuda::par_nosync.on(stream), d_begin, d_begin + count);
}

void least_of_groups(const double* d_in, int count, int group, int* d_groups, double* d_least,
                     cudaStream_t stream) {
  const auto keys =
      thrust::make_transform_iterator(thrust::counting_iterator<int>(0), DivideBy{group});
  thrust::reduce_by_key(thrust::cuda::par_nosync.on(stream), keys, keys + count, d_in, d_groups,
                        d_least, thrust::equal_to<int>(), Smaller{});
}

void add(const double* d_a, const double* d_b, double* d_out, int count, cudaStream_t stream) {
  const auto pairs = thrust::make_zip_iterator(thrust::make_tuple(d_a, d_b));
  thrust::transform(thrust::cuda::par_nosync.on(stream), pairs, pairs + count, d_out, Sum{});
}

}  // namespace isoloss::samples
