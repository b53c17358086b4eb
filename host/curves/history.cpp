#include "host/curves/history.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "fits/math.h"
#include "host/curves/gauss_rule.h"

namespace isoloss {
namespace {

constexpr int kNodesOfBlock = 4;
constexpr std::size_t kMostSplits = 7;
constexpr double kLogRateOfBlock = 0.35;
constexpr double kGoodError = 1e-9;  // of the peak rate

// Nodes of a rule that are tried, one after another.
constexpr std::array<int, 13> kSizes{1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 20, 24};

// Parameters of G = 1 - (1 + x)^-beta, x = c (eta / peak)^-gamma S / peak, for which a rule has to
// hold. The published ones are near the first.
struct Trial {
  double c, beta, gamma;
};
constexpr std::array<Trial, 4> kTrials{
    {{0.1, 0.6, 0.6}, {0.01, 1, 1}, {1, 0.4, 0.3}, {1e-3, 1.5, 0.5}}};
using TrialSums = std::array<double, kTrials.size()>;

// The variable of a stretch's rule.
double variable(double sign, double log_since, double log_lr) {
  return log_since + 0.5 * sign * log_lr;
}

double largest_difference(const TrialSums& a, const TrialSums& b) {
  double out = 0;
  for (std::size_t i = 0; i < a.size(); ++i) out = std::max(out, std::fabs(a[i] - b[i]));
  return out;
}

}  // namespace

template <class Variable>
double HistoryTree::log_lr_at(std::span<const Point> points, const Variable& variable,
                              double value) {
  const auto next = std::partition_point(
      points.begin(), points.end(), [&](const Point& point) { return variable(point) >= value; });
  const auto num = static_cast<long>(points.size());
  const long low = std::clamp((next - points.begin()) - 1, 0l, std::max(num - 2, 0l));
  const long begin = std::clamp(low - 1, 0l, std::max(num - 4, 0l));
  const auto around = points.subspan(static_cast<std::size_t>(begin),
                                     static_cast<std::size_t>(std::min(num - begin, 4l)));
  std::array<double, 4> knots{};
  std::transform(around.begin(), around.end(), knots.begin(), variable);
  double log_lr = 0;
  for (std::size_t i = 0; i < around.size(); ++i) {
    double share = 1;
    for (std::size_t j = 0; j < around.size(); ++j)
      if (j != i) share *= (value - knots[j]) / (knots[i] - knots[j]);
    log_lr += share * around[i].log_lr;
  }
  const auto at = [&](long i) { return points[static_cast<std::size_t>(std::min(i, num - 1))]; };
  const auto [least, largest] = std::minmax({at(low).log_lr, at(low + 1).log_lr});
  return std::clamp(log_lr, least, largest);
}

// The gaps of one stretch as a step sees them, thinned.
struct HistoryTree::Candidates {
  Candidates(const Stretch& of, double sum_so_far, double peak)
      : stretch(&of), sum(sum_so_far), log_peak(isoloss::log(peak)) {}

  const Stretch* stretch;
  double sum;  // of the rates up to the step
  double log_peak;
  std::size_t num_points = 0;  // of the stretch, up to the step
  std::vector<WeightedPoint> measure;
  TrialSums exact{};
  // The rule that is chosen so far.
  std::size_t size = 0;
  std::vector<WeightedPoint> rule;
  double error = 0;

  double log_since(double before) const { return isoloss::log(sum - before); }

  void add(TrialSums& sums, double gap, double log_since, double log_lr) const {
    for (std::size_t i = 0; i < kTrials.size(); ++i) {
      const double x = kTrials[i].c *
                       isoloss::exp(log_since - log_peak - kTrials[i].gamma * (log_lr - log_peak));
      sums[i] += gap * (1 - isoloss::exp(-kTrials[i].beta * isoloss::log(1 + x)));
    }
  }

  double variable_of(const Point& point) const {
    return variable(stretch->sign, log_since(point.before), point.log_lr);
  }

  HistoryNode node(const WeightedPoint& at) const {
    const std::span<const Point> so_far(stretch->points.data(), num_points);
    const double log_lr = log_lr_at(
        so_far, [&](const Point& point) { return variable_of(point); }, at.at);
    const double log_since = at.at - 0.5 * stretch->sign * log_lr;
    return {stretch->sign * at.weight, isoloss::exp(log_lr), isoloss::exp(log_since)};
  }

  void choose(std::size_t new_size) {
    size = new_size;
    rule = gauss_rule(measure, kSizes[size - 1]);
    TrialSums sums{};
    for (const WeightedPoint& at : rule) {
      const HistoryNode own = node(at);
      add(sums, at.weight, isoloss::log(own.since), isoloss::log(own.lr));
    }
    error = largest_difference(sums, exact) / isoloss::exp(log_peak);
  }
  // Nodes that the next rule takes more.
  int step_up() const {
    if (size == kSizes.size() || rule.size() == measure.size()) return 1'000'000;
    return kSizes[size] - (size == 0 ? 0 : kSizes[size - 1]);
  }
};

HistoryTree::HistoryTree(const Rates& rates) {
  double sum = 0;
  for (const double rate : rates) {
    sum += rate;
    sum_.push_back(sum);
    peak_ = std::max(peak_, rate);
  }
  split(rates);
  for (Stretch& stretch : stretches_) build(stretch, 0, stretch.points.size());
}

// A stretch ends where the rate turns, and at the longest pauses.
void HistoryTree::split(const Rates& rates) {
  std::vector<long> steps;
  for (std::size_t k = 1; k < rates.size(); ++k)
    if (rates[k] != rates[k - 1] && rates[k] > 0) steps.push_back(static_cast<long>(k));
  const auto gap = [&](long k) {
    return rates[static_cast<std::size_t>(k) - 1] - rates[static_cast<std::size_t>(k)];
  };
  std::vector<long> pauses;
  for (std::size_t i = 1; i < steps.size(); ++i) {
    const bool turns = (gap(steps[i]) > 0) != (gap(steps[i - 1]) > 0);
    if (!turns) pauses.push_back(steps[i] - steps[i - 1]);
  }
  std::sort(pauses.rbegin(), pauses.rend());
  const long longest = pauses.size() > kMostSplits ? pauses[kMostSplits] : 0;
  const long least = std::max({longest, 20l, static_cast<long>(rates.size()) / 100});
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const double own = gap(steps[i]);
    const double sign = own > 0 ? 1 : -1;
    const bool is_new = i == 0 || stretches_.back().sign != sign || steps[i] - steps[i - 1] > least;
    if (is_new) {
      stretches_.emplace_back();
      stretches_.back().sign = sign;
    }
    const auto k = static_cast<std::size_t>(steps[i]);
    stretches_.back().points.push_back({sum_[k - 1], std::fabs(own), isoloss::log(rates[k])});
    stretches_.back().steps.push_back(steps[i]);
  }
}

// In a block the rates since are nearly in proportion, so any smooth variable will do; this one is
// smooth too where the rate begins as a square root does.
std::vector<HistoryTree::Point> HistoryTree::thinned(const Stretch& stretch, const Block& block) {
  const std::span<const Point> points(stretch.points.data() + block.begin, block.end - block.begin);
  const Point& first = points.front();
  const double sums = points.back().before - first.before;
  const double logs = points.back().log_lr - first.log_lr;
  const auto variable = [&](const Point& point) {
    return (first.before - point.before) / sums + (first.log_lr - point.log_lr) / logs;
  };
  std::vector<WeightedPoint> measure;
  for (const int child : {block.left, block.right})
    for (const Point& point : stretch.blocks[static_cast<std::size_t>(child)].points)
      measure.push_back({variable(point), point.gap});
  std::vector<Point> out;
  for (const WeightedPoint& node : gauss_rule(measure, kNodesOfBlock)) {
    const double log_lr = log_lr_at(points, variable, node.at);
    const double part = (first.log_lr - log_lr) / logs - node.at;
    out.push_back({first.before + sums * part, node.weight, log_lr});
  }
  return out;
}

int HistoryTree::build(Stretch& stretch, std::size_t begin, std::size_t end) {
  Block block{{}, begin, end, -1, -1};
  const auto at = [&](std::size_t i) { return stretch.points.begin() + static_cast<long>(i); };
  if (end - begin <= kNodesOfBlock) {
    block.points.assign(at(begin), at(end));
  } else {
    const std::size_t middle = (begin + end) / 2;
    block.left = build(stretch, begin, middle);
    block.right = build(stretch, middle, end);
    block.points = thinned(stretch, block);
  }
  stretch.blocks.push_back(std::move(block));
  return static_cast<int>(stretch.blocks.size()) - 1;
}

HistoryTree::Candidates HistoryTree::candidates(const Stretch& stretch, long step) const {
  Candidates out(stretch, sum_[static_cast<std::size_t>(step)], peak_);
  out.num_points = static_cast<std::size_t>(
      std::upper_bound(stretch.steps.begin(), stretch.steps.end(), step) - stretch.steps.begin());
  std::vector<int> open{static_cast<int>(stretch.blocks.size()) - 1};
  while (!open.empty()) {
    const Block& block = stretch.blocks[static_cast<std::size_t>(open.back())];
    open.pop_back();
    if (block.begin >= out.num_points) continue;
    const Point& first = stretch.points[block.begin];
    const Point& last = stretch.points[block.end - 1];
    const bool is_far = block.end <= out.num_points &&
                        last.before - first.before <= out.sum - last.before &&
                        std::fabs(last.log_lr - first.log_lr) <= kLogRateOfBlock;
    if (block.left >= 0 && !is_far) {
      open.push_back(block.left);
      open.push_back(block.right);
      continue;
    }
    for (std::size_t i = 0; i < block.points.size(); ++i) {
      if (block.left < 0 && block.begin + i >= out.num_points) break;
      const Point& point = block.points[i];
      const double log_since = out.log_since(point.before);
      out.measure.push_back({variable(stretch.sign, log_since, point.log_lr), point.gap});
      out.add(out.exact, point.gap, log_since, point.log_lr);
    }
  }
  for (const double exact : out.exact) out.error = std::max(out.error, std::fabs(exact) / peak_);
  return out;
}

History HistoryTree::at(long step, int most_nodes) const {
  std::vector<Candidates> parts;
  for (const Stretch& stretch : stretches_)
    if (stretch.steps.front() <= step) parts.push_back(candidates(stretch, step));
  int left = most_nodes;
  while (left > 0) {
    Candidates* worst = nullptr;
    for (Candidates& part : parts)
      if (part.step_up() <= left && (worst == nullptr || part.error > worst->error)) worst = &part;
    if (worst == nullptr || worst->error < kGoodError) break;
    left -= worst->step_up();
    worst->choose(worst->size + 1);
  }
  History out;
  for (const Candidates& part : parts) {
    out.error += part.error;
    for (const WeightedPoint& at : part.rule) out.nodes.push_back(part.node(at));
  }
  return out;
}

std::vector<HistoryNode> HistoryTree::exact(long step) const {
  std::vector<HistoryNode> out;
  const double sum = sum_[static_cast<std::size_t>(step)];
  for (const Stretch& stretch : stretches_)
    for (std::size_t i = 0; i < stretch.points.size() && stretch.steps[i] <= step; ++i)
      out.push_back({stretch.sign * stretch.points[i].gap, isoloss::exp(stretch.points[i].log_lr),
                     sum - stretch.points[i].before});
  return out;
}

}  // namespace isoloss
