#include "host/search/broken/segments.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace isoloss {
namespace {

constexpr int kLeastRuns = 3;     // a line
constexpr int kMostCuts = 256;    // looked at
constexpr double kBeyondGap = 1;  // of log x, by which a break may lie outside its gap
constexpr double kSegmentWidths[] = {-1, 0.2, -2.5};

// A weighted line through runs.
struct Line {
  double height = 0;  // at log x = 0
  double slope = 0;
  double error = 0;
};

// Sums of weight times 1, x, z, x x, x z and z z over the first runs: any segment's line from two.
class LineSums {
 public:
  explicit LineSums(const FlooredRuns& runs) : sums_(1) {
    for (std::size_t i = 0; i < runs.num(); ++i) {
      const double w = runs.root_weight[i] * runs.root_weight[i];
      const double x = runs.log_x[i];
      const double z = runs.z[i];
      Sums next = sums_.back();
      const double added[] = {w, w * x, w * z, w * x * x, w * x * z, w * z * z};
      for (std::size_t k = 0; k < next.size(); ++k) next[k] += added[k];
      sums_.push_back(next);
    }
  }

  Line line(int begin, int end) const {
    Sums s = sums_[static_cast<std::size_t>(end)];
    for (std::size_t k = 0; k < s.size(); ++k) s[k] -= sums_[static_cast<std::size_t>(begin)][k];
    const double mean_x = s[1] / s[0];
    const double mean_z = s[2] / s[0];
    const double xx = s[3] - s[1] * mean_x;
    const double xz = s[4] - s[1] * mean_z;
    const double slope = xx > 1e-12 * s[3] ? xz / xx : 0;
    return {mean_z - slope * mean_x, slope, std::fmax(s[5] - s[2] * mean_z - slope * xz, 0)};
  }

 private:
  using Sums = std::array<double, 6>;
  std::vector<Sums> sums_;
};

// Where a segment may end: 0, .., the number of runs.
std::vector<int> possible_cuts(int num_runs) {
  const int num = std::min(num_runs, kMostCuts);
  std::vector<int> out;
  for (int j = 0; j <= num; ++j)
    out.push_back(static_cast<int>(static_cast<long long>(num_runs) * j / num));
  return out;
}

// Where two lines meet, near the gap between their runs.
double meeting_place(const FlooredRuns& runs, const Line& left, const Line& right, int cut) {
  const double before = runs.log_x[static_cast<std::size_t>(cut - 1)];
  const double after = runs.log_x[static_cast<std::size_t>(cut)];
  const double meets = (right.height - left.height) / (left.slope - right.slope);
  if (!std::isfinite(meets)) return 0.5 * (before + after);
  return std::clamp(meets, before - kBeyondGap, after + kBeyondGap);
}

std::vector<Break> breaks_between(const FlooredRuns& runs, const Segments& segments, double width) {
  const LineSums sums(runs);
  std::vector<Line> lines;
  int begin = 0;
  for (const int cut : segments.cuts) {
    lines.push_back(sums.line(begin, cut));
    begin = cut;
  }
  std::vector<Break> out;
  for (std::size_t k = 0; k + 1 < lines.size(); ++k)
    out.push_back({0, meeting_place(runs, lines[k], lines[k + 1], segments.cuts[k]), width});
  return out;
}

}  // namespace

// least[l][j]: of l + 1 lines over the runs before cut j; from[l][j]: the cut before the last line.
Segments best_segments(const FlooredRuns& runs, int num_lines) {
  const LineSums sums(runs);
  const std::vector<int> cuts = possible_cuts(static_cast<int>(runs.num()));
  const std::size_t num = cuts.size();
  const auto lines = static_cast<std::size_t>(num_lines);
  std::vector<std::vector<double>> least(lines, std::vector<double>(num, INFINITY));
  std::vector<std::vector<std::size_t>> from(lines, std::vector<std::size_t>(num, 0));
  for (std::size_t j = 1; j < num; ++j) {
    for (std::size_t i = 0; i < j && cuts[j] - cuts[i] >= kLeastRuns; ++i) {
      const double error = sums.line(cuts[i], cuts[j]).error;
      if (i == 0) least[0][j] = error;
      for (std::size_t l = 1; l < lines; ++l) {
        if (!(least[l - 1][i] + error < least[l][j])) continue;
        least[l][j] = least[l - 1][i] + error;
        from[l][j] = i;
      }
    }
  }
  Segments out;
  std::size_t end = num - 1;
  out.error = least[lines - 1][end];
  if (!std::isfinite(out.error)) return out;
  for (std::size_t l = lines; l-- > 0;) {
    out.cuts.insert(out.cuts.begin(), cuts[end]);
    end = from[l][end];
  }
  return out;
}

std::vector<BrokenStart> segment_starts(const std::vector<FlooredRuns>& floors, int num_breaks,
                                        int num_starts) {
  std::vector<Segments> segments;
  for (const FlooredRuns& runs : floors) segments.push_back(best_segments(runs, num_breaks + 1));
  std::vector<std::size_t> order(floors.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return segments[a].error < segments[b].error;
  });
  std::vector<BrokenStart> out;
  for (const std::size_t own : order) {
    if (!std::isfinite(segments[own].error)) break;
    for (const double width : kSegmentWidths) {
      if (static_cast<int>(out.size()) == num_starts) return out;
      BrokenStart start;
      start.breaks = breaks_between(floors[own], segments[own], width);
      if (solve_slopes(floors[own], start)) out.push_back(std::move(start));
    }
  }
  return out;
}

}  // namespace isoloss
