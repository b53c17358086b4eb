#include "host/search/broken/broken_search.h"

#include <algorithm>
#include <cmath>

#include "host/search/broken/dictionary.h"
#include "host/search/broken/merged_pairs.h"
#include "host/search/broken/segments.h"

namespace isoloss {
namespace {

// Kinds of starts.
enum Kind { by_segments, given_start = kGivenStart, by_subset, by_growth, by_merging, by_exchange };

constexpr int kFirstCap = 600;                            // evaluations of each start
constexpr int kLongCap = 2000;                            // of the best distinct ends, which go on
constexpr int kSubsetPlaces = 16;                         // of the dictionary, for two breaks
constexpr int kFewPlaces = 12;                            // for three
constexpr double kExchangedFloors[] = {0, 0.7, 1, 1.15};  // times the best's own share
constexpr double kLeastShare = 1e-3;
constexpr double kMostShare = 0.9999;
constexpr double kHeldWidth = -1;

class BrokenSearch {
 public:
  BrokenSearch(const LawEntry& law, const RunsView& runs, const BrokenSearchOptions& options)
      : law_(law), breaks_(*law.breaks), runs_(runs), options_(options) {
    for (const double share : floor_shares()) floors_.push_back(runs_above(runs, share));
    const Column& log_x = floors_[0].log_x;
    middle_ = log_x[log_x.size() / 2];
  }

  SearchEnds search(const std::vector<double>& given) {
    const int first = budget().growth > 0 && may_lack_breaks() ? 1 : breaks_.num;
    for (int num = first; num <= breaks_.num; ++num) search_level(num, given);
    return std::move(found_);
  }

 private:
  const BrokenBudget& budget() const { return options_.budget; }

  // Whether the user's bounds allow a break of no slope.
  bool may_lack_breaks() const {
    for (int i = 0; i < breaks_.num; ++i) {
      for (const int k : {breaks_.slope(i), breaks_.place(i), breaks_.width(i)})
        if (law_.is_held(k)) return false;
      const Bounds& slope = law_.box.bounds[breaks_.slope(i)];
      if (slope.lower > 0 || slope.upper < 0) return false;
    }
    return true;
  }

  // The law's box with breaks from `num` on held at no slope.
  Box box_of(int num) const {
    Box box = law_.box;
    for (int i = num; i < breaks_.num; ++i) {
      box.bounds[breaks_.slope(i)] = {0, 0};
      box.bounds[breaks_.place(i)] = {middle_, middle_};
      box.bounds[breaks_.width(i)] = {kHeldWidth, kHeldWidth};
    }
    return box;
  }

  Theta theta_of(const BrokenStart& start) const {
    Theta theta{};
    const auto set = [&](int k, double value) { theta[static_cast<std::size_t>(k)] = value; };
    set(breaks_.floor, start.log_floor);
    set(breaks_.weight, start.log_weight);
    set(breaks_.exponent, start.exponent);
    for (int i = 0; i < std::ssize(start.breaks); ++i) {
      const Break& own = start.breaks[static_cast<std::size_t>(i)];
      set(breaks_.slope(i), own.slope);
      set(breaks_.place(i), own.place);
      set(breaks_.width(i), own.width);
    }
    return theta;
  }

  std::vector<Break> breaks_of(const Theta& theta, int num) const {
    const auto get = [&](int k) { return theta[static_cast<std::size_t>(k)]; };
    std::vector<Break> out;
    for (int i = 0; i < num; ++i)
      out.push_back({get(breaks_.slope(i)), get(breaks_.place(i)), get(breaks_.width(i))});
    return out;
  }

  void search_level(int num, const std::vector<double>& given) {
    const SearchEnds lesser = std::move(found_);
    found_ = {};
    box_ = box_of(num);
    num_breaks_ = num;
    starts_.clear();
    add(by_segments, segment_starts(floors_, num, budget().segments));
    if (num > 1)
      add(by_subset,
          subset_starts(floors_, num, num == 2 ? kSubsetPlaces : kFewPlaces, budget().subsets));
    if (!lesser.empty()) add_lesser(lesser.best());
    if (num > 1) add_merged(lesser);
    if (num == breaks_.num) add_given(given);
    minimise_starts();
    if (found_.empty()) return;
    do {
      exchange_until_none_lowers();
    } while (go_on());
  }

  void add(int kind, const std::vector<BrokenStart>& starts) {
    for (const BrokenStart& start : starts) starts_.push_back({theta_of(start), 0, kind});
  }

  // The best of one break less stands as it is, too: this law can do no worse.
  void add_lesser(const SearchEnd& best) {
    found_.ends.push_back({best.theta, best.objective, by_growth});
    ++found_.num_starts;
    starts_.push_back({best.theta, 0, by_growth});
    add(by_growth, added_break_starts(floors_near(best), breaks_of(best.theta, num_breaks_ - 1),
                                      budget().growth));
  }

  void add_merged(const SearchEnds& lesser) {
    const int num = budget().merging;
    if (num_breaks_ == 2) return add(by_merging, merged_pair_starts(floors_, {}, num));
    if (lesser.empty()) return;
    for (const Break& kept : breaks_of(lesser.best().theta, num_breaks_ - 1))
      add(by_merging, merged_pair_starts(floors_, {kept}, (num + 1) / 2));
  }

  void add_given(const std::vector<double>& given) {
    const auto num_params = static_cast<std::size_t>(law_.num_params());
    for (std::size_t s = 0; s + num_params <= given.size(); s += num_params) {
      SearchEnd start{{}, 0, given_start};
      std::copy_n(&given[s], num_params, start.theta.begin());
      starts_.push_back(start);
    }
  }

  // Floors about that of an end.
  std::vector<FlooredRuns> floors_near(const SearchEnd& end) const {
    const double own = std::fmin(
        isoloss::exp(end.theta[static_cast<std::size_t>(breaks_.floor)] - floors_[0].log_floor) *
            floor_shares()[0],
        kMostShare);
    std::vector<FlooredRuns> out;
    for (const double factor : kExchangedFloors)
      out.push_back(runs_above(runs_, std::clamp(factor * own, kLeastShare, kMostShare)));
    return out;
  }

  // Replaces each break of the best end by others while that lowers it.
  void exchange_until_none_lowers() {
    for (int round = 0; round < budget().rounds && num_breaks_ > 1; ++round) {
      const SearchEnd best = found_.best();
      const std::vector<FlooredRuns> floors = floors_near(best);
      for (int i = 0; i < num_breaks_; ++i) {
        std::vector<Break> kept = breaks_of(best.theta, num_breaks_);
        kept.erase(kept.begin() + i);
        add(by_exchange, added_break_starts(floors, kept, budget().exchanges));
        if (num_breaks_ == 3) {
          const Break own = breaks_of(best.theta, num_breaks_)[static_cast<std::size_t>(i)];
          add(by_merging, merged_pair_starts(floors, {own}, 2));
        }
      }
      minimise_starts();
      if (!(found_.best().objective < best.objective * (1 - kLower))) return;
    }
  }

  // The best distinct ends go on. True if that lowered the best by more than an exchange may hide.
  bool go_on() {
    const double before = found_.best().objective;
    const std::vector<std::size_t> places = found_.distinct(budget().going_on);
    std::vector<SearchEnd> going;
    for (const std::size_t place : places) going.push_back(found_.ends[place]);
    minimise_ends(problem(), true, kLongCap, going);
    for (std::size_t i = 0; i < places.size(); ++i)
      if (going[i].objective < found_.ends[places[i]].objective) found_.ends[places[i]] = going[i];
    found_.sort();
    return found_.best().objective < before * (1 - kSameBasin);
  }

  // Minimises from starts_ and empties it.
  void minimise_starts() {
    minimise_ends(problem(), false, kFirstCap, starts_);
    found_.add(starts_);
    starts_.clear();
  }

  MinimisedProblem problem() const {
    return {law_, runs_, box_, options_.residual_loss, options_.num_threads};
  }

  const LawEntry& law_;
  const Breaks breaks_;
  const RunsView runs_;
  const BrokenSearchOptions options_;
  std::vector<FlooredRuns> floors_;
  double middle_ = 0;  // median of log x
  Box box_;
  int num_breaks_ = 0;
  std::vector<SearchEnd> starts_;  // waiting to be minimised
  SearchEnds found_;
};

}  // namespace

BrokenBudget BrokenBudget::times(int effort) {
  BrokenBudget out;
  for (int* kind : {&out.segments, &out.subsets, &out.growth, &out.merging, &out.exchanges})
    *kind *= effort;
  return out;
}

bool can_search_breaks(const LawEntry& law) { return law.breaks.has_value() && law.log_residual; }

SearchEnds search_breaks(const LawEntry& law, const RunsView& runs,
                         const std::vector<double>& given, const BrokenSearchOptions& options) {
  return BrokenSearch(law, runs, options).search(given);
}

}  // namespace isoloss
