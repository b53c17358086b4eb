// Four doubles in one AVX2 register. Include only where the compiler may use AVX2 and FMA.

#pragma once

#include <immintrin.h>

#include "fits/lanes.h"

namespace isoloss {

struct Avx2Pack {
  static constexpr int width = 4;
  __m256d v;

  Avx2Pack() = default;
  explicit Avx2Pack(double x) : v(_mm256_set1_pd(x)) {}
  explicit Avx2Pack(__m256d x) : v(x) {}
  static Avx2Pack load(const double* p) { return Avx2Pack(_mm256_loadu_pd(p)); }
  void store(double* p) const { _mm256_storeu_pd(p, v); }

  friend Avx2Pack operator+(Avx2Pack a, Avx2Pack b) { return Avx2Pack(_mm256_add_pd(a.v, b.v)); }
  friend Avx2Pack operator-(Avx2Pack a, Avx2Pack b) { return Avx2Pack(_mm256_sub_pd(a.v, b.v)); }
  friend Avx2Pack operator*(Avx2Pack a, Avx2Pack b) { return Avx2Pack(_mm256_mul_pd(a.v, b.v)); }
  friend Avx2Pack operator/(Avx2Pack a, Avx2Pack b) { return Avx2Pack(_mm256_div_pd(a.v, b.v)); }
  friend Avx2Pack fma(Avx2Pack a, Avx2Pack b, Avx2Pack c) {
    return Avx2Pack(_mm256_fmadd_pd(a.v, b.v, c.v));
  }
  friend Avx2Pack select_less(Avx2Pack a, Avx2Pack b, Avx2Pack x, Avx2Pack y) {
    return Avx2Pack(_mm256_blendv_pd(y.v, x.v, _mm256_cmp_pd(a.v, b.v, _CMP_LT_OQ)));
  }
  friend Avx2Pack select_equal(Avx2Pack a, Avx2Pack b, Avx2Pack x, Avx2Pack y) {
    return Avx2Pack(_mm256_blendv_pd(y.v, x.v, _mm256_cmp_pd(a.v, b.v, _CMP_EQ_OQ)));
  }
  friend Avx2Pack min_of(Avx2Pack a, Avx2Pack b) { return Avx2Pack(_mm256_min_pd(a.v, b.v)); }
  friend Avx2Pack max_of(Avx2Pack a, Avx2Pack b) { return Avx2Pack(_mm256_max_pd(a.v, b.v)); }
  friend bool any_positive(Avx2Pack x) {
    return _mm256_movemask_pd(_mm256_cmp_pd(x.v, _mm256_setzero_pd(), _CMP_GT_OQ)) != 0;
  }
  friend Avx2Pack power_of_two(Avx2Pack t) {
    return Avx2Pack(_mm256_castsi256_pd(_mm256_slli_epi64(_mm256_castpd_si256(t.v), 52)));
  }
  friend Avx2Pack exponent_of(Avx2Pack x) {
    const __m256i biased =
        _mm256_or_si256(_mm256_srli_epi64(shifted(x), 52), constant(detail::kTwoTo52Bits));
    return Avx2Pack(_mm256_castsi256_pd(biased)) - Avx2Pack(detail::kTwoTo52PlusOffset);
  }
  friend Avx2Pack mantissa_of(Avx2Pack x) {
    const __m256i whole = _mm256_slli_epi64(_mm256_srli_epi64(shifted(x), 52), 52);
    const __m256i exponent_bits = _mm256_sub_epi64(whole, constant(detail::kExponentOffset));
    return Avx2Pack(_mm256_castsi256_pd(_mm256_sub_epi64(_mm256_castpd_si256(x.v), exponent_bits)));
  }

  // See sum_of_lanes.
  friend double sum_of_packs(const Avx2Pack (&x)[2]) {
    const __m256d quads = _mm256_add_pd(x[0].v, x[1].v);
    const __m128d pairs =
        _mm_add_pd(_mm256_castpd256_pd128(quads), _mm256_extractf128_pd(quads, 1));
    return _mm_cvtsd_f64(_mm_add_sd(pairs, _mm_unpackhi_pd(pairs, pairs)));
  }

 private:
  static __m256i constant(std::uint64_t bits) {
    return _mm256_set1_epi64x(static_cast<long long>(bits));
  }
  static __m256i shifted(Avx2Pack x) {
    return _mm256_add_epi64(_mm256_castpd_si256(x.v),
                            constant(detail::kExponentOffset - detail::kSqrtHalfBits));
  }
};

using NativePack = Avx2Pack;

}  // namespace isoloss
