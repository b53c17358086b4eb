// Eight doubles in one AVX-512 register. Include only where the compiler may use AVX-512.

#pragma once

#include <immintrin.h>

#include "fits/lanes.h"

namespace isoloss {

struct Avx512Pack {
  static constexpr int width = 8;
  __m512d v;

  Avx512Pack() = default;
  explicit Avx512Pack(double x) : v(_mm512_set1_pd(x)) {}
  explicit Avx512Pack(__m512d x) : v(x) {}
  static Avx512Pack load(const double* p) { return Avx512Pack(_mm512_loadu_pd(p)); }
  void store(double* p) const { _mm512_storeu_pd(p, v); }

  friend Avx512Pack operator+(Avx512Pack a, Avx512Pack b) {
    return Avx512Pack(_mm512_add_pd(a.v, b.v));
  }
  friend Avx512Pack operator-(Avx512Pack a, Avx512Pack b) {
    return Avx512Pack(_mm512_sub_pd(a.v, b.v));
  }
  friend Avx512Pack operator*(Avx512Pack a, Avx512Pack b) {
    return Avx512Pack(_mm512_mul_pd(a.v, b.v));
  }
  friend Avx512Pack operator/(Avx512Pack a, Avx512Pack b) {
    return Avx512Pack(_mm512_div_pd(a.v, b.v));
  }
  friend Avx512Pack fma(Avx512Pack a, Avx512Pack b, Avx512Pack c) {
    return Avx512Pack(_mm512_fmadd_pd(a.v, b.v, c.v));
  }
  friend Avx512Pack select_less(Avx512Pack a, Avx512Pack b, Avx512Pack x, Avx512Pack y) {
    return Avx512Pack(_mm512_mask_blend_pd(_mm512_cmp_pd_mask(a.v, b.v, _CMP_LT_OQ), y.v, x.v));
  }
  friend Avx512Pack select_equal(Avx512Pack a, Avx512Pack b, Avx512Pack x, Avx512Pack y) {
    return Avx512Pack(_mm512_mask_blend_pd(_mm512_cmp_pd_mask(a.v, b.v, _CMP_EQ_OQ), y.v, x.v));
  }
  friend Avx512Pack min_of(Avx512Pack a, Avx512Pack b) {
    return Avx512Pack(_mm512_min_pd(a.v, b.v));
  }
  friend Avx512Pack max_of(Avx512Pack a, Avx512Pack b) {
    return Avx512Pack(_mm512_max_pd(a.v, b.v));
  }
  friend bool any_positive(Avx512Pack x) {
    return _mm512_cmp_pd_mask(x.v, _mm512_setzero_pd(), _CMP_GT_OQ) != 0;
  }
  friend Avx512Pack power_of_two(Avx512Pack t) {
    return Avx512Pack(_mm512_castsi512_pd(_mm512_slli_epi64(_mm512_castpd_si512(t.v), 52)));
  }
  friend Avx512Pack exponent_of(Avx512Pack x) {
    const __m512i biased =
        _mm512_or_si512(_mm512_srli_epi64(shifted(x), 52), constant(detail::kTwoTo52Bits));
    return Avx512Pack(_mm512_castsi512_pd(biased)) - Avx512Pack(detail::kTwoTo52PlusOffset);
  }
  friend Avx512Pack mantissa_of(Avx512Pack x) {
    const __m512i whole = _mm512_slli_epi64(_mm512_srli_epi64(shifted(x), 52), 52);
    const __m512i exponent_bits = _mm512_sub_epi64(whole, constant(detail::kExponentOffset));
    return Avx512Pack(
        _mm512_castsi512_pd(_mm512_sub_epi64(_mm512_castpd_si512(x.v), exponent_bits)));
  }

  // See sum_of_lanes.
  friend double sum_of_packs(const Avx512Pack (&x)[1]) {
    const __m256d quads =
        _mm256_add_pd(_mm512_castpd512_pd256(x[0].v), _mm512_extractf64x4_pd(x[0].v, 1));
    const __m128d pairs =
        _mm_add_pd(_mm256_castpd256_pd128(quads), _mm256_extractf128_pd(quads, 1));
    return _mm_cvtsd_f64(_mm_add_sd(pairs, _mm_unpackhi_pd(pairs, pairs)));
  }

 private:
  static __m512i constant(std::uint64_t bits) {
    return _mm512_set1_epi64(static_cast<long long>(bits));
  }
  static __m512i shifted(Avx512Pack x) {
    return _mm512_add_epi64(_mm512_castpd_si512(x.v),
                            constant(detail::kExponentOffset - detail::kSqrtHalfBits));
  }
};

using NativePack = Avx512Pack;

}  // namespace isoloss
