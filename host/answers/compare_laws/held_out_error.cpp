#include "host/answers/compare_laws/held_out_error.h"

#include <algorithm>
#include <cmath>

#include "fits/random.h"
#include "host/base/statistics.h"

namespace isoloss {
namespace {

// |predicted / measured - 1|.
double off_by(double log_ratio) { return std::fabs(std::expm1(log_ratio)); }

}  // namespace

void HeldOut::add(const HeldOut& more) {
  run.insert(run.end(), more.run.begin(), more.run.end());
  log_ratio.insert(log_ratio.end(), more.log_ratio.begin(), more.log_ratio.end());
  log_value.insert(log_value.end(), more.log_value.begin(), more.log_value.end());
  times.insert(times.end(), more.times.begin(), more.times.end());
}

HeldOutError error_of(const HeldOut& held) {
  HeldOutError out;
  out.num_runs = held.size();
  const auto num = static_cast<double>(held.size());
  double squares = 0, mean = 0;
  for (std::size_t i = 0; i < held.size(); ++i) {
    const double off = off_by(held.log_ratio[i]);
    out.mean_absolute += off / num;
    out.worst = std::fmax(out.worst, off);
    out.bias += held.log_ratio[i] / num;
    squares += held.log_ratio[i] * held.log_ratio[i];
    mean += held.log_value[i] / num;
  }
  double spread = 0, size = 0;
  for (const double value : held.log_value) {
    spread += (value - mean) * (value - mean);
    size += value * value;
  }
  out.rms = std::sqrt(squares / num);
  out.r2 = r_squared(squares, spread, size);
  return out;
}

std::optional<HeldOutError> error_within(const HeldOut& held, double at_least, double below) {
  HeldOut within;
  for (std::size_t i = 0; i < held.times.size(); ++i) {
    if (!(held.times[i] >= at_least && held.times[i] < below)) continue;
    within.run.push_back(held.run[i]);
    within.log_ratio.push_back(held.log_ratio[i]);
    within.log_value.push_back(held.log_value[i]);
  }
  if (within.size() == 0) return std::nullopt;
  return error_of(within);
}

std::optional<double> r2_within_runs(const HeldOut& held, const Units& units) {
  struct OfRun {
    double num = 0, sum = 0, size = 0, squares = 0, misses = 0;
  };
  std::vector<OfRun> runs(static_cast<std::size_t>(units.num_units));
  for (std::size_t i = 0; i < held.size(); ++i) {
    OfRun& own = runs[units.of_row[held.run[i]]];
    own.num += 1;
    own.sum += held.log_value[i];
    own.size += held.log_value[i] * held.log_value[i];
    own.misses += held.log_ratio[i] * held.log_ratio[i];
  }
  for (std::size_t i = 0; i < held.size(); ++i) {
    OfRun& own = runs[units.of_row[held.run[i]]];
    const double off = held.log_value[i] - own.sum / own.num;
    own.squares += off * off;
  }
  double size = 0, squares = 0, misses = 0;
  for (const OfRun& own : runs) {
    if (own.num < 2) continue;
    size += own.size;
    squares += own.squares;
    misses += own.misses;
  }
  const double out = r_squared(misses, squares, size);
  return std::isnan(out) ? std::nullopt : std::optional(out);
}

Estimate paired_excess(const HeldOut& held, const HeldOut& best, const Units& units,
                       int num_resamples, std::uint64_t seed, double confidence) {
  std::vector<double> sum(static_cast<std::size_t>(units.num_units), 0);
  std::vector<double> num(sum.size(), 0);
  for (std::size_t i = 0; i < held.size(); ++i) {
    const std::size_t unit = units.of_row[held.run[i]];
    sum[unit] += off_by(held.log_ratio[i]) - off_by(best.log_ratio[i]);
    num[unit] += 1;
  }
  std::vector<std::size_t> drawn;  // units that were held out
  for (std::size_t unit = 0; unit < num.size(); ++unit)
    if (num[unit] > 0) drawn.push_back(unit);
  const auto mean_of = [&](const std::vector<std::uint16_t>& counts) {
    double total = 0, weight = 0;
    for (std::size_t i = 0; i < drawn.size(); ++i) {
      total += counts[i] * sum[drawn[i]];
      weight += counts[i] * num[drawn[i]];
    }
    return total / weight;
  };
  Estimate out;
  std::vector<std::uint16_t> counts(drawn.size(), 1);
  out.value = mean_of(counts);
  if (drawn.size() < 2) return out;
  std::vector<double> draws;
  for (int r = 0; r < num_resamples; ++r) {
    resample_counts(seed, static_cast<std::uint64_t>(r), static_cast<std::uint32_t>(drawn.size()),
                    counts.data());
    draws.push_back(mean_of(counts));
  }
  add_intervals(out, draws, confidence);
  return out;
}

}  // namespace isoloss
