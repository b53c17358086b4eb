#include "host/answers/race/block_bootstrap.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "fits/math.h"
#include "fits/random.h"

namespace isoloss {
namespace {

// Beyond these the residuals say too little of the noise to make up for what they lack.
constexpr double kMostCut = 2;
constexpr double kMostTaken = 0.75;

// R(0), R(1), ... R(num_lags) about the mean, divisor n.
std::vector<double> autocovariances(std::span<const double> values, std::size_t num_lags) {
  const auto num = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / num;
  std::vector<double> out;
  for (std::size_t lag = 0; lag <= num_lags; ++lag) {
    double sum = 0;
    for (std::size_t i = lag; i < values.size(); ++i)
      sum += (values[i] - mean) * (values[i - lag] - mean);
    out.push_back(sum / num);
  }
  return out;
}

// The lag after which `run_length` autocorrelations in a row cannot be told from 0; the last that
// can, if there is no such lag.
std::size_t last_correlated_lag(const std::vector<double>& covariance, std::size_t run_length,
                                double threshold) {
  std::size_t last = 0;
  for (std::size_t lag = 1; lag < covariance.size(); ++lag) {
    if (std::fabs(covariance[lag]) >= threshold * covariance[0]) last = lag;
    if (lag - last == run_length) return last;
  }
  return last;
}

// Politis and Romano's flat-top window: 1 up to a half, then falling to 0 at 1.
double flat_top(double x) { return std::clamp(2 * (1 - x), 0.0, 1.0); }

// Autocovariances of residuals as far as they can be told from 0, twice as far and no farther.
struct Correlation {
  std::vector<double> covariance;  // R(0) .. R(bandwidth)

  // Sum of weight(|lag|) R(lag) over lags of either sign.
  template <class Weight>
  double sum(Weight weight) const {
    double out = weight(0.0) * covariance[0];
    for (std::size_t lag = 1; lag < covariance.size(); ++lag)
      out += 2 * weight(static_cast<double>(lag)) * covariance[lag];
    return out;
  }

  // 1 up to half of the bandwidth, 0 at its end.
  double window(double lag) const {
    return flat_top(lag / static_cast<double>(covariance.size() - 1));
  }
};

Correlation correlation_of(std::span<const double> residuals) {
  const auto num = static_cast<double>(residuals.size());
  const double log10_num = log(num) / log(10.0);
  const auto run_length =
      std::max<std::size_t>(5, static_cast<std::size_t>(std::ceil(std::sqrt(log10_num))));
  const std::size_t num_lags = std::min(
      residuals.size() - 1, static_cast<std::size_t>(std::ceil(std::sqrt(num))) + run_length);
  std::vector<double> covariance = autocovariances(residuals, num_lags);
  const std::size_t last =
      last_correlated_lag(covariance, run_length, 2 * std::sqrt(log10_num / num));
  covariance.resize(std::min(2 * std::max<std::size_t>(last, 1), num_lags) + 1);
  return {covariance};
}

}  // namespace

int block_length(std::span<const double> residuals) {
  const auto num = static_cast<double>(residuals.size());
  const Correlation correlation = correlation_of(residuals);
  if (!(correlation.covariance[0] > 0)) return 1;
  const double spread = correlation.sum([&](double lag) { return lag * correlation.window(lag); });
  const double level = correlation.sum([&](double lag) { return correlation.window(lag); });
  const double ratio = spread / level;
  const double cube = 1.5 * ratio * ratio * num;  // 2 G^2 n / (4/3 g^2)
  const double longest = std::ceil(std::min(3 * std::sqrt(num), num / 3));
  const double length = cube > 1 ? exp(log(cube) / 3) : 1;
  return static_cast<int>(std::clamp(std::round(length), 1.0, longest));
}

double block_scale(std::span<const double> residuals, int block, double num_fitted) {
  const Correlation correlation = correlation_of(residuals);
  const double level = correlation.sum([&](double lag) { return correlation.window(lag); });
  const double kept = correlation.sum([&](double lag) {
    return correlation.window(lag) * std::max(0.0, 1 - lag / static_cast<double>(block));
  });
  const double cut = kept > 0 ? std::clamp(level / kept, 1.0, kMostCut) : 1;
  const double taken = num_fitted * block / static_cast<double>(residuals.size());
  return std::sqrt(cut / (1 - std::min(taken, kMostTaken)));
}

BlockBootstrap::BlockBootstrap(std::vector<double> residuals, const BlockDraw& draw)
    : residuals_(std::move(residuals)),
      block_(std::min(static_cast<std::size_t>(draw.block), residuals_.size())),
      scale_(draw.scale) {
  const std::size_t num = residuals_.size();
  const std::size_t reach = std::min(draw.reach, num);
  std::vector<double> sums{0};
  for (const double residual : residuals_) sums.push_back(sums.back() + residual);
  for (std::size_t at = 0; at < num; at += block_) {
    const std::size_t last = std::min(num - block_, at + reach);
    const std::size_t first = std::min(at > reach ? at - reach : 0, last);
    places_.push_back({at, first, last});
    for (std::size_t i = 0; i < block_ && at + i < num; ++i)
      expected_.push_back((sums[last + i + 1] - sums[first + i]) /
                          static_cast<double>(last - first + 1));
  }
}

std::vector<double> BlockBootstrap::noise(std::uint64_t seed, std::uint64_t stream) const {
  std::vector<double> out(residuals_.size());
  PhiloxBlock words{};
  for (std::size_t k = 0; k < places_.size(); ++k) {
    const auto& [at, first, last] = places_[k];
    if (k % 4 == 0) words = random_block(seed, stream, static_cast<std::uint32_t>(k / 4));
    const std::size_t from =
        first + below(words.word[k % 4], static_cast<std::uint32_t>(last - first + 1));
    for (std::size_t i = 0; i < block_ && at + i < out.size(); ++i)
      out[at + i] = scale_ * (residuals_[from + i] - expected_[at + i]);
  }
  return out;
}

}  // namespace isoloss
