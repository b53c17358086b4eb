#include "host/report/decoding_json.h"

#include <cmath>

namespace isoloss {

Json decoding_json(const Holding& by) {
  const Decoding& own = *by.decoding;
  const bool is_chosen = by.are_bits_chosen;  // of other bits other models are the largest
  const LargestModel largest = is_chosen ? LargestModel{} : largest_model(own);
  const std::optional<double> turn = is_chosen ? std::nullopt : turning_batch(own);
  return {{"device", by.device ? Json(by.device->name) : Json(nullptr)},
          {"seconds", number_json(own.seconds)},
          {"bandwidth", number_json(own.bandwidth)},
          {"peak", number_json(own.peak)},
          {"memory", number_json(own.memory)},
          {"batch", own.batch},
          {"bits", number_json(is_chosen ? NAN : own.bits)},
          {"cache_bytes", own.cache_bytes},
          {"total_per_active", own.total_per_active},
          {"max_params", number_json(largest.N)},
          {"bound_by", std::isfinite(largest.N) ? Json(name_of(largest.bound)) : Json(nullptr)},
          {"turning_batch", number_json(turn.value_or(NAN))}};
}

}  // namespace isoloss
