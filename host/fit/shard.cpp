#include "host/fit/shard.h"

#include <algorithm>
#include <cstring>

#include "host/base/memory.h"

namespace isoloss {
namespace {

// What is behind the parameters in a record. Doubles lie as the machine has them.
struct RecordEnd {
  double objective = 0;
  double scaled_gradient = 0;
  std::uint32_t at_bound = 0;  // a bit a parameter
  std::uint8_t converged = 0, positive_definite = 0, flat = 0, degenerate = 0;
};
static_assert(sizeof(RecordEnd) == 24, "no padding");

std::size_t theta_bytes(int num_params) {
  return static_cast<std::size_t>(num_params) * sizeof(double);
}

std::size_t record_bytes(int num_params) { return theta_bytes(num_params) + sizeof(RecordEnd); }

void add(const PolishedFit& fit, int num_params, std::string& records) {
  RecordEnd end{fit.objective, fit.scaled_gradient, 0, fit.converged, fit.positive_definite,
                fit.flat,      fit.degenerate};
  for (int k = 0; k < kMaxParams; ++k)
    end.at_bound |= std::uint32_t{fit.at_bound[static_cast<std::size_t>(k)]} << k;
  records.append(reinterpret_cast<const char*>(fit.theta.data()), theta_bytes(num_params));
  records.append(reinterpret_cast<const char*>(&end), sizeof end);
}

PolishedFit fit_at(const char* at, int num_params) {
  PolishedFit out;
  std::memcpy(out.theta.data(), at, theta_bytes(num_params));
  RecordEnd end;
  std::memcpy(&end, at + theta_bytes(num_params), sizeof end);
  out.objective = end.objective;
  out.scaled_gradient = end.scaled_gradient;
  for (int k = 0; k < kMaxParams; ++k)
    out.at_bound[static_cast<std::size_t>(k)] = (end.at_bound >> k & 1) != 0;
  out.converged = end.converged != 0;
  out.positive_definite = end.positive_definite != 0;
  out.flat = end.flat != 0;
  out.degenerate = end.degenerate != 0;
  return out;
}

}  // namespace

Shard shard_of(Bootstrap& bootstrap, const LawEntry& law, const FitOptions& options) {
  Shard out = options.shards.shard_of("resamples", bootstrap.checksum(), options.num_resamples);
  bootstrap.give(out.range, [&](std::span<const PolishedFit> fits) {
    for (const PolishedFit& fit : fits) add(fit, law.num_params(), out.records);
  });
  return out;
}

void give_refits(const std::vector<Shard>& shards, int num_params, const TakeFits& take) {
  const std::size_t width = record_bytes(num_params);
  auto fits = room_for<PolishedFit>(kAtOnce, "resample");
  for (const Shard& shard : shards) {
    if (shard.records.size() != width * static_cast<std::size_t>(shard.range.num))
      refuse_damaged_shard(shard.path);
    const auto num = static_cast<std::size_t>(shard.range.num);
    for (std::size_t at = 0; at < num; at += kAtOnce) {
      const std::size_t now = std::min(kAtOnce, num - at);
      for (std::size_t i = 0; i < now; ++i)
        fits[i] = fit_at(shard.records.data() + (at + i) * width, num_params);
      take(std::span(fits).first(now));
    }
  }
}

}  // namespace isoloss
