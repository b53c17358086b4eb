#include "host/answers/envelope/envelope.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "fits/math.h"
#include "fits/random.h"
#include "host/answers/envelope/run_curves.h"
#include "host/answers/isoflop/minima.h"
#include "host/base/error.h"
#include "host/base/progress.h"
#include "host/base/statistics.h"
#include "host/base/stop.h"
#include "host/base/text.h"
#include "host/base/warnings.h"
#include "host/reading/read_runs.h"

namespace isoloss {
namespace {

constexpr int kTold = 64;             // resamples between two tellings of progress
constexpr double kUnfinished = 0.8;   // of a run's compute, and so of its tokens
constexpr double kMostWithout = 0.5;  // of the resamples: the rest would make no interval

// The best run at one compute; places among the curves.
struct Point {
  double log_C = 0;
  std::size_t best = 0;
  double loss = INFINITY;
  bool at_edge = false;
};

struct Lines {
  LogLine N, D;  // of logs
};

// The losses of all curves at all places, found once: NaN where a curve does not reach.
class LossTable {
 public:
  LossTable(const std::vector<RunCurve>& curves, int num) : curves_(curves) {
    double first = INFINITY, last = -INFINITY;
    for (const RunCurve& own : curves) {
      first = std::fmin(first, own.loss.first);
      last = std::fmax(last, own.last_log_C);
    }
    for (int i = 0; i < num; ++i) {
      const double log_C = first + (last - first) * i / (num - 1);
      log_C_.push_back(log_C);
      for (const RunCurve& own : curves)
        loss_.push_back(own.reaches(log_C) ? own.loss.at(log_C) : NAN);
    }
  }

  // The envelope of the curves that are drawn; places with fewer than two of them have no point.
  std::vector<Point> envelope(const std::vector<std::uint16_t>& counts) const {
    std::vector<Point> out;
    for (std::size_t i = 0; i < log_C_.size(); ++i) {
      Point at{log_C_[i]};
      double smallest = INFINITY, largest = 0;
      std::size_t num = 0;
      for (std::size_t k = 0; k < curves_.size(); ++k) {
        const double loss = loss_[i * curves_.size() + k];
        if (counts[k] == 0 || std::isnan(loss)) continue;
        ++num;
        smallest = std::fmin(smallest, curves_[k].params);
        largest = std::fmax(largest, curves_[k].params);
        if (!(loss < at.loss)) continue;
        at.loss = loss;
        at.best = k;
      }
      const double params = curves_[at.best].params;
      at.at_edge = params == smallest || params == largest;
      if (num > 1) out.push_back(at);
    }
    return out;
  }

 private:
  const std::vector<RunCurve>& curves_;
  std::vector<double> log_C_, loss_;
};

std::size_t num_sizes(const std::vector<RunCurve>& curves, const std::vector<Point>& points) {
  std::set<double> sizes;
  for (const Point& own : points)
    if (!own.at_edge) sizes.insert(curves[own.best].params);
  return sizes.size();
}

// NaN for fewer than two sizes.
Lines lines_through(const std::vector<RunCurve>& curves, const std::vector<Point>& points) {
  std::vector<double> log_C, log_N, log_D;
  for (const Point& own : points) {
    if (own.at_edge) continue;
    const RunCurve& best = curves[own.best];
    log_C.push_back(own.log_C);
    log_N.push_back(isoloss::log(best.params));
    log_D.push_back(own.log_C + isoloss::log(best.tokens_a_flop));
  }
  if (num_sizes(curves, points) < 2) return {{NAN, NAN}, {NAN, NAN}};
  return {line_through(log_C, log_N), line_through(log_C, log_D)};
}

// The lines of the runs, then those of the resamples.
std::vector<Lines> all_lines(const std::vector<RunCurve>& curves, const LossTable& losses,
                             const EnvelopeQuestion& question) {
  std::vector<std::uint16_t> counts(curves.size(), 1);
  std::vector<Lines> out{lines_through(curves, losses.envelope(counts))};
  for (int r = 0; r < question.num_resamples; ++r) {
    throw_if_stopped();
    if (r % kTold == 0) tell_progress("bootstrap", r, question.num_resamples);
    resample_counts(question.seed, static_cast<std::uint64_t>(r),
                    static_cast<std::uint32_t>(curves.size()), counts.data());
    out.push_back(lines_through(curves, losses.envelope(counts)));
  }
  return out;
}

EnvelopePowerLaw power_law(const std::vector<Lines>& lines, LogLine Lines::*line,
                           double confidence) {
  const auto of = [&](auto&& value) {
    return estimate_of(lines.size(), confidence,
                       [&](std::size_t row) { return value(lines[row].*line); });
  };
  return {of([](const LogLine& own) { return own.exponent; }),
          of([](const LogLine& own) { return isoloss::exp(own.log_coefficient); })};
}

EnvelopePlan plan_at(const std::vector<Lines>& lines, double budget, double confidence) {
  const auto of = [&](LogLine Lines::*line) {
    return estimate_of(lines.size(), confidence, [&](std::size_t row) {
      return isoloss::exp((lines[row].*line).at(isoloss::log(budget)));
    });
  };
  return {budget, of(&Lines::N), of(&Lines::D)};
}

std::vector<EnvelopeRun> best_runs(const std::vector<RunCurve>& curves,
                                   const std::vector<Point>& points) {
  std::vector<EnvelopeRun> out;
  for (const RunCurve& own : curves) out.push_back({own.run, own.params, 0, 0, 0});
  for (const Point& at : points) {
    EnvelopeRun& best = out[at.best];
    const double budget = isoloss::exp(at.log_C);
    if (best.from == 0) best.from = budget;
    best.to = budget;
    best.num_points += at.at_edge ? 0 : 1;
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.params < b.params; });
  return out;
}

void count_points(const std::vector<RunCurve>& curves, const std::vector<Point>& points,
                  Envelope& out) {
  std::size_t num_unfinished = 0;
  for (const Point& own : points) {
    out.log_C.push_back(own.log_C);
    out.loss.push_back(own.loss);
    if (own.at_edge) {
      ++out.num_at_edge;
      continue;
    }
    ++out.num_used;
    const double end = curves[own.best].last_log_C + isoloss::log(kUnfinished);
    num_unfinished += own.log_C < end ? 1 : 0;
  }
  out.num_sizes = num_sizes(curves, points);
  if (out.num_used > 0)
    out.share_unfinished = static_cast<double>(num_unfinished) / static_cast<double>(out.num_used);
}

RunTable read_curves(const RunSource& source) {
  ReadOptions read = source.read;
  read.inputs = {{"params"}, {"tokens"}};
  return runs_of(*table_of(source), read);
}

void add_warnings(const RunTable& runs, Envelope& out) {
  if (out.share_unfinished > threshold_of<"unfinished_schedules">)
    out.warnings.push_back(warning<"unfinished_schedules">(100 * out.share_unfinished));
  if (out.num_sizes < 3) out.warnings.push_back(warning<"few_sizes">(out.num_sizes));
  if (const auto own = extrapolation_warning(out.question.budgets, runs))
    out.warnings.push_back(*own);
}

}  // namespace

Outcome Envelope::outcome() const { return num_sizes < 3 ? Outcome::unsound : Outcome::sound; }

Envelope envelope(const RunSource& source, const EnvelopeQuestion& question) {
  const RunTable runs = read_curves(source);
  const std::vector<RunCurve> curves = run_curves(runs, question.half_width);
  const LossTable losses(curves, question.num_points);
  const std::vector<Point> points = losses.envelope(std::vector<std::uint16_t>(curves.size(), 1));
  Envelope out;
  out.question = question;
  out.path = runs.path;
  out.num_rows = runs.num_runs();
  out.warnings = runs.warnings;
  out.runs = best_runs(curves, points);
  count_points(curves, points, out);
  out.num_alone = static_cast<std::size_t>(question.num_points) - points.size();
  if (out.num_sizes < 2)
    throw InputError(runs.path, 0, "",
                     counted(out.num_sizes, "size") + " is the best between a smaller and a larger",
                     "a power law needs two: train sizes that are the best at some compute");
  std::vector<Lines> lines = all_lines(curves, losses, question);
  out.share_without =
      share_without(lines, [](const Lines& own) { return std::isnan(own.N.exponent); });
  if (out.share_without > kMostWithout) lines.resize(1);
  out.N = power_law(lines, &Lines::N, question.confidence);
  out.D = power_law(lines, &Lines::D, question.confidence);
  for (const double budget : question.budgets)
    out.plans.push_back(plan_at(lines, budget, question.confidence));
  add_warnings(runs, out);
  return out;
}

}  // namespace isoloss
