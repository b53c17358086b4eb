#include "host/search/broken/merged_pairs.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "host/search/column_qr.h"

namespace isoloss {
namespace {

constexpr int kNumPlaces = 24;
constexpr double kPairWidths[] = {-2.5, -1.5, -0.7, 0, 0.6};
// Nearly as large as a slope may be: from less the search stops in the valley.
constexpr double kSlope = 18;

// A pair in the limit.
struct MergedPair {
  int number = 0;                        // of its place
  double place = 0, width = 0;           // common
  double sum = 0, apart = 0, wider = 0;  // S, p and q
  BrokenStart others;                    // all but the pair
};

// Solves for all but the place and the width; false if the columns are dependent.
//
//   own     columns of the pair
//   others  hinges of the breaks kept
bool solve_pair(const FlooredRuns& runs, HingeColumns own, const std::vector<Hinge>& others,
                MergedPair& pair) {
  std::vector<Column> columns = line_columns(runs);
  columns.push_back(std::move(own.hinge));
  columns.push_back(std::move(own.by_place));
  columns.push_back(std::move(own.by_width));
  std::vector<Break>& kept = pair.others.breaks;
  for (const Hinge& other : others) columns.push_back(hinge_column(runs, other));
  if (columns.size() > runs.num()) return false;
  const auto factors = ColumnQr::of(columns);
  if (!factors) return false;
  Column rest = weighted(runs, runs.z);
  const Column solved = factors->solve(rest);
  for (std::size_t k = 0; k < columns.size(); ++k) add_multiple(rest, -solved[k], columns[k]);
  pair.sum = -solved[2];
  pair.apart = -solved[3];
  pair.wider = -solved[4];
  for (std::size_t k = 0; k < kept.size(); ++k) kept[k].slope = -solved[5 + k];
  pair.others.log_floor = runs.log_floor;
  pair.others.log_weight = solved[0];
  pair.others.exponent = -solved[1];
  pair.others.error = dot(rest, rest);
  return std::isfinite(pair.others.error);
}

// With slopes of that sign.
BrokenStart start_of(const MergedPair& pair, double slope) {
  BrokenStart out = pair.others;
  const double by_place = 0.5 * pair.apart / slope;
  const double by_width = 0.5 * pair.wider / slope;
  out.breaks.push_back({slope, pair.place + by_place, pair.width + by_width});
  out.breaks.push_back({pair.sum - slope, pair.place - by_place, pair.width - by_width});
  return out;
}

}  // namespace

std::vector<BrokenStart> merged_pair_starts(const std::vector<FlooredRuns>& floors,
                                            const std::vector<Break>& kept, int num_starts) {
  std::vector<MergedPair> pairs;
  const Column& log_x = floors[0].log_x;
  const std::vector<double> places = quantile_places(log_x, kNumPlaces);
  const std::vector<Hinge> others = hinges_of(log_x, kept);
  for (int number = 0; number < kNumPlaces; ++number) {
    MergedPair best;
    best.others.error = std::numeric_limits<double>::infinity();
    for (const double width : kPairWidths) {
      const double place = places[static_cast<std::size_t>(number)];
      const Hinge hinge = hinge_at(log_x, place, width);
      const Column slope = hinge.slope();
      for (const FlooredRuns& runs : floors) {
        MergedPair pair;
        pair.number = number;
        pair.place = place;
        pair.width = width;
        pair.others.breaks = kept;
        if (solve_pair(runs, hinge_columns(runs, hinge, slope), others, pair) &&
            pair.others.error < best.others.error)
          best = pair;
      }
    }
    if (std::isfinite(best.others.error)) pairs.push_back(std::move(best));
  }
  std::stable_sort(pairs.begin(), pairs.end(), [](const MergedPair& a, const MergedPair& b) {
    return a.others.error < b.others.error;
  });
  std::vector<BrokenStart> out;
  std::vector<int> taken;
  for (const MergedPair& pair : pairs) {
    if (static_cast<int>(out.size()) >= num_starts) break;
    const bool is_next_to_one = std::any_of(taken.begin(), taken.end(), [&](int number) {
      return std::abs(number - pair.number) <= 1;
    });
    if (is_next_to_one) continue;
    taken.push_back(pair.number);
    for (const double slope : {kSlope, -kSlope}) out.push_back(start_of(pair, slope));
  }
  return out;
}

}  // namespace isoloss
