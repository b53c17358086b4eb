#include "host/fit/wild_bootstrap.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <utility>

#include "fits/random.h"
#include "host/base/memory.h"
#include "host/base/statistics.h"
#include "host/base/stop.h"

namespace isoloss {
namespace {

// Roots of 3/2, 1 and 1/2 on both sides of zero.
constexpr double kWebb[] = {-1.2247448713915890, -1, -0.70710678118654752,
                            0.70710678118654752, 1,  1.2247448713915890};
// Beyond the streams of the resamples.
constexpr std::uint64_t kFirstStream = std::uint64_t{1} << 40;

// Places in the table of four units from `first` on.
std::array<std::uint8_t, 4> four_places(std::uint64_t seed, std::uint64_t draw,
                                        std::uint32_t first) {
  const PhiloxBlock words = random_block(seed, kFirstStream + draw, first / 4);
  std::array<std::uint8_t, 4> out;
  for (std::size_t k = 0; k < 4; ++k)
    out[k] = static_cast<std::uint8_t>(below(words.word[k], std::size(kWebb)));
  return out;
}

void draw_places(std::uint64_t seed, std::uint64_t draw, std::size_t num, std::uint8_t* out) {
  for (std::size_t first = 0; first < num; first += 4) {
    const auto four = four_places(seed, draw, static_cast<std::uint32_t>(first));
    std::copy_n(four.begin(), std::min<std::size_t>(4, num - first), out + first);
  }
}

}  // namespace

bool WildBootstrap::serves(const UnitInfluence& influence) {
  const std::size_t num = influence.num_units();
  return influence.factor() && num >= kFewestUnits && num <= Units::kMostOneByOne &&
         influence.degrees_of_freedom() >= kFewestFreedom;
}

WildBootstrap::WildBootstrap(const UnitInfluence& influence, std::uint64_t seed, int num_draws)
    : influence_(influence), num_draws_(static_cast<std::size_t>(num_draws)) {
  const std::size_t num_units = influence.num_units(), num_params = influence.num_params();
  places_ = room_for<std::uint8_t>(num_draws_, "draw", num_units);
  moves_ = room_for<double>(num_draws_, "draw", num_params);
  StopWatch watch;
  for (std::size_t d = 0; d < num_draws_; ++d) {
    watch.look();
    std::uint8_t* places = places_.data() + d * num_units;
    draw_places(seed, d, num_units, places);
    for (std::size_t u = 0; u < num_units; ++u)
      for (std::size_t j = 0; j < num_params; ++j)
        moves_[d * num_params + j] += kWebb[places[u]] * influence.on_param(u, j);
  }
}

double WildBootstrap::factor(std::uint64_t seed, std::uint64_t draw, std::uint32_t unit) {
  return kWebb[four_places(seed, draw, unit - unit % 4)[unit % 4]];
}

// The residuals of a draw are its factors times the fit's, less what its own fit takes of them.
double WildBootstrap::ratio(std::size_t draw, const QuantityInfluence& of,
                            const std::vector<double>& undone) const {
  const std::size_t num_units = influence_.num_units(), num_params = influence_.num_params();
  const std::uint8_t* places = places_.data() + draw * num_units;
  const double* moves = moves_.data() + draw * num_params;
  double moved = 0, square = 0;
  for (std::size_t u = 0; u < num_units; ++u) {
    const double drawn = kWebb[places[u]] * of.of_unit[u];
    double left = drawn;
    for (std::size_t j = 0; j < num_params; ++j) left -= undone[u * num_params + j] * moves[j];
    moved += drawn;
    square += left * left;
  }
  return moved / std::sqrt(*influence_.factor() * square);
}

std::optional<Interval> WildBootstrap::quantiles(const QuantityInfluence& of,
                                                 double confidence) const {
  const std::vector<double> undone = influence_.undone_by_moves(of.gradient);
  std::vector<double> ratios;
  StopWatch watch;
  for (std::size_t d = 0; d < num_draws_; ++d) {
    watch.look();
    const double own = ratio(d, of, undone);
    if (std::isfinite(own)) ratios.push_back(own);
  }
  if (ratios.size() < 2) return {};
  return percentile_interval(std::move(ratios), confidence);
}

}  // namespace isoloss
