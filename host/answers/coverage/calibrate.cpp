#include "host/answers/coverage/calibrate.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "host/answers/asked_quantities.h"
#include "host/answers/coverage/noise_draws.h"
#include "host/answers/coverage/set_fits.h"
#include "host/base/error.h"
#include "host/base/statistics.h"
#include "host/base/threads.h"
#include "host/fit/derived.h"
#include "host/fit/fit_checks.h"

namespace isoloss {
namespace {

constexpr int kResamplesOfASet = 999;
constexpr double kFewestOfSets = 0.9;  // share that must give an interval of a quantity

// Where the fit's own value of a quantity lies in a set.
struct ValueInSet {
  double place = 0;      // among the draws
  bool is_held = false;  // by the percentile interval
};

// Of each quantity; nothing where the set gave no interval of it.
using SetPlaces = std::vector<std::optional<ValueInSet>>;

SetPlaces places_in(const SetFit& set, const std::vector<AskedQuantity>& asked) {
  SetPlaces out(asked.size());
  if (set.is_withheld) return out;
  for (std::size_t i = 0; i < std::min(asked.size(), set.quantities.size()); ++i) {
    const SetQuantity& own = set.quantities[i];
    const auto& interval = own.intervals[static_cast<std::size_t>(IntervalMethod::percentile)];
    if (!own.truth_place || !interval) continue;
    const double value = asked[i].own.value;
    out[i] = {*own.truth_place, interval->lower <= value && value <= interval->upper};
  }
  return out;
}

// Nothing of a set whose noise no response could have.
SetPlaces simulated(const FittedRuns& made, const NoiseDraws& noise, std::size_t set,
                    const std::vector<AskedQuantity>& asked, const FitOptions& options) {
  try {
    return places_in(fit_set(made, noise.draw(options.seed, set), set, options, &made.fit.theta),
                     asked);
  } catch (const InputError&) {
    return SetPlaces(asked.size());
  }
}

std::vector<SetPlaces> simulated_sets(const FittedRuns& made, int num_sets,
                                      const std::vector<AskedQuantity>& asked) {
  FitOptions options = made.fit.options;
  options.num_resamples = kResamplesOfASet;
  options.intervals.clear();
  options.shards = {};
  const NoiseDraws noise({}, made, made.fit.theta);
  std::vector<SetPlaces> out(static_cast<std::size_t>(num_sets));
  parallel_for(
      num_sets, num_threads_to_use(options.num_threads),
      [&](int item, int) {
        const auto set = static_cast<std::size_t>(item);
        out[set] = simulated(made, noise, set, asked, options);
      },
      "sets");
  return out;
}

// Levels beyond all draws are none.
std::optional<Interval> levels_of(const std::vector<double>& places, double confidence) {
  const Interval out = percentile_interval(places, confidence);
  if (!(out.lower > 0) || !(out.upper < 1)) return {};
  return out;
}

Calibration::Quantity calibrated(const std::string& name, std::size_t quantity,
                                 const std::vector<SetPlaces>& sets, double confidence) {
  std::vector<double> places;
  double num_held = 0;
  for (const SetPlaces& set : sets) {
    if (!set[quantity]) continue;
    places.push_back(set[quantity]->place);
    num_held += set[quantity]->is_held;
  }
  Calibration::Quantity out{name, {}, {}};
  if (places.empty()) return out;
  out.coverage = num_held / static_cast<double>(places.size());
  if (static_cast<double>(places.size()) >= kFewestOfSets * static_cast<double>(sets.size()))
    out.levels = levels_of(places, confidence);
  return out;
}

int num_with_any(const std::vector<SetPlaces>& sets) {
  return static_cast<int>(std::count_if(sets.begin(), sets.end(), [](const SetPlaces& set) {
    return std::any_of(set.begin(), set.end(), [](const auto& own) { return own.has_value(); });
  }));
}

// The interval of each estimate between its own levels.
class BetweenLevels : public QuantityTaker {
 public:
  explicit BetweenLevels(std::map<const Estimate*, Interval> levels) : levels_(std::move(levels)) {}
  void add(const std::function<double(const Theta&)>&, bool, const std::vector<double>& draws,
           Estimate& estimate) const override {
    const auto own = levels_.find(&estimate);
    if (own == levels_.end()) return;
    std::vector<double> finite = finite_values(draws);
    if (finite.size() >= 2)
      estimate.calibrated = interval_at_levels(std::move(finite), own->second);
  }

 private:
  const std::map<const Estimate*, Interval> levels_;
};

}  // namespace

void calibrate(FittedRuns& made, int num_sets) {
  FitResult& fit = made.fit;
  if (fit.bootstrap.withheld || fit.draws.empty()) return;
  const std::vector<AskedQuantity> asked = asked_quantities(fit);
  std::optional<FittedRuns> alone;  // rows that count as independent have noise of their own
  if (!fit.options.group_by_run) alone = made, alone->runs.run.clear();
  const std::vector<SetPlaces> sets = simulated_sets(alone ? *alone : made, num_sets, asked);
  Calibration out{num_with_any(sets), num_sets, kResamplesOfASet, {}};
  const std::vector<Estimate*> estimates = asked_estimates(fit);
  std::map<const Estimate*, Interval> levels;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    out.quantities.push_back(calibrated(asked[i].name, i, sets, fit.options.confidence));
    if (const auto& own = out.quantities.back().levels) levels[estimates[i]] = *own;
  }
  fit.calibration = std::move(out);
  const BetweenLevels taker(std::move(levels));
  add_estimates(fit, largest_budget(made.runs, fit.options), &taker);
}

}  // namespace isoloss
