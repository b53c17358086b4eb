#include "cuda/select.h"

#include <thrust/device_ptr.h>
#include <thrust/iterator/counting_iterator.h>
#include <thrust/iterator/discard_iterator.h>
#include <thrust/iterator/transform_iterator.h>
#include <thrust/reduce.h>
#include <thrust/system/cuda/execution_policy.h>
#include <thrust/system_error.h>

#include <cmath>
#include <new>

#include "cuda/check.h"
#include "fits/exponent_starts.h"

namespace isoloss {
namespace {

struct IsBefore {
  ISOLOSS_HD bool operator()(const Ranked& a, const Ranked& b) const {
    return a.value < b.value || (a.value == b.value && a.place < b.place);
  }
};

struct Earlier {
  ISOLOSS_HD Ranked operator()(const Ranked& a, const Ranked& b) const {
    return IsBefore{}(b, a) ? b : a;
  }
};

struct SegmentOf {
  int length;
  ISOLOSS_HD int operator()(long long index) const { return static_cast<int>(index / length); }
};

struct CandidateAt {
  Segments segments;
  const double* values;
  const Ranked* after;

  ISOLOSS_HD Ranked operator()(long long index) const {
    const long long segment = index / segments.length;
    int place = static_cast<int>(index % segments.length);
    long long offset = index;
    if (segments.num_exponents > 0) {
      const int num = segments.num_exponents;
      const CellRange range =
          cells_of_basin(num, segments.num_basins, static_cast<int>(segment % segments.num_basins));
      const int width = range.k_end - range.k;
      place = (range.j + place / width) * num + range.k + place % width;
      offset = segment / segments.num_basins * num * num + place;
    }
    const Ranked own{values[offset], place};
    const bool skipped = after != nullptr && !IsBefore{}(after[segment], own);
    return own.value == own.value && !skipped ? own : Ranked{INFINITY, place};
  }
};

}  // namespace

void select_least(const Segments& segments, const double* values, const Ranked* after, Ranked* out,
                  cudaStream_t stream) try {
  const thrust::counting_iterator<long long> index(0);
  const auto keys = thrust::make_transform_iterator(index, SegmentOf{segments.length});
  const auto ranked = thrust::make_transform_iterator(index, CandidateAt{segments, values, after});
  const long long num = static_cast<long long>(segments.num_segments) * segments.length;
  thrust::reduce_by_key(thrust::cuda::par_nosync.on(stream), keys, keys + num, ranked,
                        thrust::make_discard_iterator(), thrust::device_pointer_cast(out),
                        thrust::equal_to<int>(), Earlier{});
} catch (const std::bad_alloc&) {
  cudaGetLastError();
  throw DeviceMemoryError("thrust::reduce_by_key: out of device memory");
} catch (const thrust::system_error& error) {
  const std::string text = std::string("thrust::reduce_by_key: ") + error.what();
  if (error.code().value() != cudaErrorMemoryAllocation) throw DeviceError(text);
  cudaGetLastError();
  throw DeviceMemoryError(text);
}

}  // namespace isoloss
