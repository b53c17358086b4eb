#include "host/search/starts.h"

#include "fits/random.h"
#include "host/base/stop.h"
#include "host/search/start_ranges.h"

namespace isoloss {
namespace {

// Keeps the draws of starts apart from those of resamples under one seed.
constexpr std::uint64_t kStartStream = std::uint64_t{1} << 62;

// Log of a term at the mean run, relative to the loss there: where a random start puts its weight.
constexpr Bounds kTermAtMean{-4, 0};

void append(const LawEntry& law, const Theta& theta, const Centre& centre,
            std::vector<double>& out) {
  const Theta moved = law.to_search(theta, centre);
  out.insert(out.end(), moved.begin(), moved.begin() + law.num_params());
}

}  // namespace

long long num_grid_starts(const LawEntry& law) {
  long long num = 1;  // 16 parameters of a few points each
  for (int k = 0; k < law.num_params(); ++k)
    if (!law.is_held(k)) num *= law.params[static_cast<std::size_t>(k)].starts.count();
  return num;
}

std::vector<double> grid_starts(const LawEntry& law, const Centre& centre) {
  const long long num = num_grid_starts(law);
  std::vector<double> out;
  out.reserve(static_cast<std::size_t>(num * law.num_params()));
  StopWatch watch;
  for (long long index = 0; index < num; ++index) {
    watch.look();
    Theta theta{};
    long long rest = index;
    for (std::size_t k = law.params.size(); k-- > 0;) {
      theta[k] = law.box.bounds[k].lower;
      if (law.is_held(static_cast<int>(k))) continue;
      const Grid& grid = law.params[k].starts;
      theta[k] = grid.at(static_cast<int>(rest % grid.count()));
      rest /= grid.count();
    }
    append(law, theta, centre, out);
  }
  return out;
}

std::vector<double> random_starts(const LawEntry& law, const Problem& problem, int num,
                                  std::uint64_t seed) {
  const StartRanges ranges(law, problem);
  std::vector<double> out;
  StopWatch watch;
  for (int index = 0; index < num; ++index) {
    watch.look();
    double uniform[kMaxParams];
    for (std::size_t k = 0; k < law.params.size(); ++k) {
      const PhiloxBlock words = random_block(seed, kStartStream + static_cast<unsigned>(index),
                                             static_cast<std::uint32_t>(k / 4));
      uniform[k] = (words.word[k % 4] + 0.5) * 0x1p-32;
    }
    Theta theta{};
    for (std::size_t k = 0; k < law.params.size(); ++k) {
      const Grid& grid = law.params[k].starts;
      theta[k] = grid.first + (grid.last - grid.first) * uniform[k];
    }
    theta = law.to_search(ranges.for_runs(theta), problem.centre());
    for (const Term& term : law.terms) {
      if (term.constant()) continue;
      const auto k = static_cast<std::size_t>(term.weight);
      theta[k] = kTermAtMean.lower + (kTermAtMean.upper - kTermAtMean.lower) * uniform[k];
    }
    out.insert(out.end(), theta.begin(), theta.begin() + law.num_params());
  }
  return out;
}

}  // namespace isoloss
