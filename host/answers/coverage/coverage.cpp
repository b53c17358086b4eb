#include "host/answers/coverage/coverage.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "host/answers/coverage/design.h"
#include "host/answers/coverage/noise_draws.h"
#include "host/answers/coverage/set_fits.h"
#include "host/answers/divided.h"
#include "host/base/error.h"
#include "host/base/statistics.h"
#include "host/base/threads.h"
#include "host/base/warnings.h"

namespace isoloss {
namespace {

std::vector<IntervalMethod> made_methods(const CoverageQuestion& question) {
  if (!question.methods.empty()) return question.methods;
  std::vector<IntervalMethod> out(std::begin(kIntervalMethods), std::end(kIntervalMethods));
  std::erase(out, IntervalMethod::profile);
  return out;
}

bool is_counted(const CoverageQuestion& question, IntervalMethod method) {
  const std::vector<IntervalMethod>& asked = question.methods;
  return asked.empty() || std::find(asked.begin(), asked.end(), method) != asked.end();
}

Divided<SetFit> fit_sets(const CoverageQuestion& question, const NoiseDraws& draws,
                         const FittedRuns& made, const Theta& truth, FitOptions options) {
  options.intervals = made_methods(question);
  const LawEntry* const law = made.fit.law.get();
  Checksum checksum = checksum_of_work(question.shards, made.runs, {&law, 1});
  checksum.add(truth);
  for (const IntervalMethod method : options.intervals) checksum.add(name_of(method));
  return divided<SetFit>({question.num_sets, "sets", num_threads_to_use(options.num_threads)},
                         question.shards, checksum, [&](int item) {
                           const auto set = static_cast<std::uint64_t>(item);
                           return fit_set(made, draws.draw(options.seed, set), set, options);
                         });
}

void require_any(const std::vector<SetFit>& sets) {
  const auto is_fitted = [](const SetFit& set) { return !set.quantities.empty(); };
  if (std::any_of(sets.begin(), sets.end(), is_fitted)) return;
  refuse("no simulated set can be fitted: " + sets.front().failure,
         "give noise of less width, or add runs");
}

double median_width(std::vector<Interval> intervals) {
  std::vector<double> widths;
  for (const Interval& own : intervals) widths.push_back(own.upper - own.lower);
  return median(std::move(widths));
}

std::optional<CoverageShare> share_of(IntervalMethod method, double truth, std::size_t quantity,
                                      const std::vector<SetFit>& sets) {
  std::vector<Interval> given;
  double num_held = 0;
  for (const SetFit& set : sets) {
    if (quantity >= set.quantities.size()) continue;
    const auto& own = set.quantities[quantity].intervals[static_cast<std::size_t>(method)];
    if (!own) continue;
    given.push_back(*own);
    num_held += own->lower <= truth && truth <= own->upper;
  }
  if (given.empty()) return std::nullopt;
  const auto num = static_cast<double>(given.size());
  const double share = num_held / num;
  return CoverageShare{method, static_cast<int>(given.size()), share,
                       std::sqrt(share * (1 - share) / num), median_width(given)};
}

CoverageRow row_of(const CoverageQuestion& question, std::size_t quantity, const SetQuantity& truth,
                   const std::vector<SetFit>& sets) {
  CoverageRow out{truth.name, truth.is_count, truth.value, 0, 0, {}};
  double num = 0, sum = 0, sum_of_squares = 0;
  for (const SetFit& set : sets) {
    if (quantity >= set.quantities.size()) continue;
    const double off = set.quantities[quantity].value - truth.value;
    if (!std::isfinite(off)) continue;
    ++num, sum += off, sum_of_squares += off * off;
  }
  out.bias = sum / num;
  out.rmse = std::sqrt(sum_of_squares / num);
  for (const IntervalMethod method : kIntervalMethods)
    if (is_counted(question, method))
      if (const auto own = share_of(method, truth.value, quantity, sets))
        out.shares.push_back(*own);
  return out;
}

void count_fits(const std::vector<SetFit>& sets, Coverage& out) {
  double num_refits = 0, num_lost = 0;
  for (const SetFit& set : sets) {
    out.num_without_fit += set.quantities.empty();
    if (set.quantities.empty()) continue;
    out.num_unsound += !set.is_sound;
    out.num_withheld += set.is_withheld;
    num_refits += set.num_resamples;
    num_lost += set.num_not_converged;
    out.by_run = out.by_run || set.by_run;
    out.num_units = std::max(out.num_units, set.num_units);
  }
  if (num_refits > 0) out.share_not_converged = num_lost / num_refits;
}

// By more than chance would.
bool misses(const CoverageShare& own, double confidence) {
  const double chance = std::sqrt(confidence * (1 - confidence) / own.num_sets);
  return std::fabs(own.share - confidence) > threshold_of<"coverage_missed"> * chance;
}

void warn_of_misses(Coverage& out) {
  const CoverageRow* worst = nullptr;
  double farthest = 0;
  for (const CoverageRow& row : out.rows) {
    const CoverageShare* own = row.by(IntervalMethod::percentile);
    if (own == nullptr || !misses(*own, out.confidence)) continue;
    const double off = std::fabs(own->share - out.confidence);
    if (off > farthest) farthest = off, worst = &row;
  }
  if (worst == nullptr) return;
  out.warnings.push_back(warning<"coverage_missed">(
      worst->quantity, 100 * worst->by(IntervalMethod::percentile)->share, 100 * out.confidence));
}

}  // namespace

const CoverageShare* CoverageRow::by(IntervalMethod method) const {
  const auto found = std::find_if(shares.begin(), shares.end(),
                                  [&](const CoverageShare& own) { return own.method == method; });
  return found == shares.end() ? nullptr : &*found;
}

Outcome Coverage::outcome() const {
  const bool any = std::any_of(rows.begin(), rows.end(),
                               [](const CoverageRow& row) { return !row.shares.empty(); });
  return any ? question.truth->outcome() : Outcome::none;
}

Coverage coverage(const RunSource& source, const CoverageQuestion& question,
                  const FitOptions& options) {
  const Design design = design_of(source, question.truth, options);
  const FittedRuns& made = *design.fitted.made;
  const Theta& theta = design.truth.theta();
  const NoiseDraws draws(question.noise, made, theta);
  Coverage out;
  out.question = question;
  out.question.truth = design.truth;
  out.path = made.runs.path;
  out.num_runs = made.runs.num_runs();
  out.confidence = options.confidence;
  out.num_resamples = options.num_resamples;
  out.seed = options.seed;
  out.warnings = design.fitted.warnings;
  Divided<SetFit> fitted = fit_sets(question, draws, made, theta, options);
  out.shard = std::move(fitted.shard);
  if (out.shard) return out;
  const std::vector<SetFit>& sets = fitted.items;
  require_any(sets);
  const std::vector<SetQuantity> truth = true_quantities(made, theta);
  for (std::size_t quantity = 0; quantity < truth.size(); ++quantity)
    if (std::isfinite(truth[quantity].value))  // else the truth has no optimum there
      out.rows.push_back(row_of(question, quantity, truth[quantity], sets));
  count_fits(sets, out);
  warn_of_misses(out);
  return out;
}

}  // namespace isoloss
