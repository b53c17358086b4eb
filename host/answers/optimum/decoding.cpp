#include "host/answers/optimum/decoding.h"

#include <algorithm>
#include <cmath>

namespace isoloss {
namespace {

constexpr double kBitsAByte = 8;
constexpr double kFlopsAParam = 2;  // and token: one multiplication and one addition

double cache_of(const Decoding& own) { return own.batch * own.cache_bytes; }

// Parameters that a step reads for each active one.
double read_per_active(const Decoding& own) { return std::min(own.total_per_active, own.batch); }

// Parameters of which the weights fill so many bytes; none of what the caches fill alone.
double params_in(const Decoding& own, double bytes) {
  return std::max(bytes, 0.0) * kBitsAByte / own.bits;
}

}  // namespace

bool Decoding::has_time() const { return std::isfinite(bandwidth) || std::isfinite(peak); }

Step step_of(const Decoding& own, double N) {
  const double bytes = N * read_per_active(own) * own.bits / kBitsAByte + cache_of(own);
  const double reading = bytes / own.bandwidth;
  const double computing = kFlopsAParam * N * own.batch / own.peak;
  return computing > reading ? Step{computing, BoundBy::peak} : Step{reading, BoundBy::bandwidth};
}

LargestModel largest_model(const Decoding& own) {
  LargestModel out;
  const auto limit = [&](double N, BoundBy bound) {
    if (N < out.N) out = {N, bound};
  };
  if (std::isfinite(own.memory))
    limit(params_in(own, own.memory - cache_of(own)) / own.total_per_active, BoundBy::memory);
  if (!std::isfinite(own.seconds)) return out;
  if (std::isfinite(own.bandwidth))
    limit(params_in(own, own.seconds * own.bandwidth - cache_of(own)) / read_per_active(own),
          BoundBy::bandwidth);
  if (std::isfinite(own.peak))
    limit(own.seconds * own.peak / (kFlopsAParam * own.batch), BoundBy::peak);
  return out;
}

// With the bytes of weights that are computed with in the time of one, a = p b / 16, and the
// caches' bytes a second, c / T, a batch B of which all r parameters of an active one are read
// turns where B (w - B c / T) = a r, first at the smaller root. While experts are left unread both
// times grow with B, so that a batch of 1 tells.
std::optional<double> turning_batch(const Decoding& own) {
  const bool has_open_cache = own.cache_bytes > 0 && !std::isfinite(own.seconds);
  if (!std::isfinite(own.peak) || !std::isfinite(own.bandwidth) || has_open_cache)
    return std::nullopt;
  const double computed = own.peak * own.bits / (kFlopsAParam * kBitsAByte);
  const double cached = own.cache_bytes / own.seconds;
  if (computed <= own.bandwidth - cached) return 1;
  const double all = computed * own.total_per_active;
  const double square = own.bandwidth * own.bandwidth - 4 * cached * all;
  if (square < 0) return std::nullopt;
  const double batch = 2 * all / (own.bandwidth + std::sqrt(square));
  return batch < own.total_per_active ? std::nullopt : std::optional(batch);
}

}  // namespace isoloss
