#include "host/answers/influence/influence.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "host/answers/influence/influence_warning.h"
#include "host/base/error.h"
#include "host/base/threads.h"
#include "host/fit/derived.h"
#include "host/fit/fit.h"
#include "host/fit/fit_checks.h"
#include "host/fit/run_search.h"

namespace isoloss {
namespace {

constexpr double kNoChange = 5e-6;            // a relative change that no report shows
constexpr std::size_t kMostTimesLeftOut = 4;  // in a rest whose optimum is near that of all

// Its profile interval where it has no other.
std::optional<Interval> interval_of(const AskedQuantity& asked) {
  if (asked.own.interval || asked.param == nullptr) return asked.own.interval;
  return asked.param->profile;
}

// From an estimate to a value, over the way to the end of its interval on that side.
double times_of(const AskedQuantity& from, double to) {
  const auto interval = interval_of(from);
  if (!interval || !std::isfinite(from.own.value)) return NAN;
  if (!std::isfinite(to)) return INFINITY;
  const double change = to - from.own.value;
  if (std::fabs(change) <= kNoChange * std::fabs(from.own.value)) return 0;
  const double room =
      change > 0 ? interval->upper - from.own.value : from.own.value - interval->lower;
  return std::fabs(change) / std::fmax(room, 0);
}

// Places of the rows that are not among these.
std::vector<std::size_t> rest_of(std::size_t num, const std::vector<std::size_t>& rows) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < num; ++i)
    if (!std::binary_search(rows.begin(), rows.end(), i)) out.push_back(i);
  return out;
}

class Refits {
 public:
  // law: as it was before the fit to all runs, which may have moved its bounds.
  Refits(const FittedRuns& made, std::shared_ptr<const LawEntry> law,
         const std::vector<AskedQuantity>& quantities, const FitOptions& options)
      : made_(made),
        law_(std::move(law)),
        quantities_(quantities),
        options_(options.one_of_many()),
        largest_C_(largest_budget(made.runs, options)) {
    options_.num_resamples = 0;
    options_.compute = made.fit.options.compute;
    near_ = searched_optima(made.runs, law_, options_);
  }

  Without without(RowGroup group) const {
    Without out;
    out.group = std::move(group);
    std::vector<AskedQuantity> got;
    FitResult rest;
    try {
      rest = fit_without(out.group, options_);
      out.status = rest.status;
      if (out.status != Status::not_identifiable) got = asked_quantities(rest);
    } catch (const InputError& error) {
      out.failure = error.message;
      out.status = Status::not_identifiable;
    }
    for (std::size_t k = 0; k < quantities_.size(); ++k) {
      const double value = k < got.size() ? got[k].own.value : NAN;
      out.moved.push_back({value, times_of(quantities_[k], value)});
    }
    find_most(out);
    return out;
  }

  // By the intervals of the rest, of so many resamples.
  void judge(int num_resamples, Without& of) const {
    if (of.status == Status::not_identifiable) return;
    FitOptions options = options_;
    options.num_resamples = num_resamples;
    const FitResult rest = fit_without(of.group, options);
    const std::vector<AskedQuantity> got = asked_quantities(rest);
    for (std::size_t k = 0; k < std::min(got.size(), of.moved.size()); ++k)
      of.moved[k].times_of_rest = times_of(got[k], quantities_[k].own.value);
    find_most(of);
  }

 private:
  // The exponent is at the budget of all runs.
  FitResult fit_without(const RowGroup& group, const FitOptions& options) const {
    const RunTable rest = picked_rows(made_.runs, rest_of(made_.runs.num_runs(), group.rows));
    const bool is_near = rest.num_runs() > kMostTimesLeftOut * group.rows.size();
    FitResult out = fit(rest, law_, options, is_near ? near_ : std::vector<Theta>());
    add_estimates(out, largest_C_);
    return out;
  }

  static void find_most(Without& of) {
    for (std::size_t k = 0; k < of.moved.size(); ++k) {
      const double times = of.moved[k].farthest();
      if (times > of.times() || (std::isnan(of.times()) && !std::isnan(times))) of.most = k;
    }
  }

  const FittedRuns& made_;
  std::shared_ptr<const LawEntry> law_;
  const std::vector<AskedQuantity>& quantities_;
  FitOptions options_;
  double largest_C_;
  std::vector<Theta> near_;
};

// Descending; what has no number comes last.
bool moves_more(const Without& a, const Without& b) {
  if (std::isnan(a.times())) return false;
  return std::isnan(b.times()) || a.times() > b.times();
}

// Those that move the answer most, in their order again.
void judge_first(const Refits& refits, const FitOptions& options, Influence& of) {
  const std::size_t num = std::min(kMostJudged, of.without.size());
  parallel_for(
      static_cast<int>(num), num_threads_to_use(options.num_threads),
      [&](int item, int) {
        refits.judge(options.num_resamples, of.without[static_cast<std::size_t>(item)]);
      },
      "bootstraps");
  std::stable_sort(of.without.begin(), of.without.end(), moves_more);
}

}  // namespace

Influence without_groups(std::shared_ptr<const FittedRuns> made,
                         std::shared_ptr<const LawEntry> law, std::vector<RowGroup> groups,
                         const FitOptions& options) {
  Influence out;
  out.made = std::move(made);
  out.quantities = asked_quantities(out.made->fit);
  out.without.resize(groups.size());
  const Refits refits(*out.made, std::move(law), out.quantities, options);
  parallel_for(
      static_cast<int>(groups.size()), num_threads_to_use(options.num_threads),
      [&](int item, int) {
        const auto place = static_cast<std::size_t>(item);
        out.without[place] = refits.without(std::move(groups[place]));
      },
      "fits");
  std::stable_sort(out.without.begin(), out.without.end(), moves_more);
  judge_first(refits, options, out);
  return out;
}

Influence influence(const RunSource& source, const InfluenceQuestion& question,
                    const FitOptions& options) {
  LawAndRuns read = read_law_and_runs(source, options);
  const auto law = std::make_shared<const LawEntry>(std::move(read.law));
  auto made = std::make_shared<FittedRuns>(FittedRuns{std::move(read.runs), {}});
  made->fit = fit(made->runs, law, options);
  std::vector<RowGroup> groups = row_groups(*made, question.each);
  Influence out = without_groups(std::move(made), law, std::move(groups), options);
  out.question = question;
  out.warnings = out.made->fit.warnings;
  if (const auto decisive = decisive_runs(out)) out.warnings.push_back(*decisive);
  return out;
}

}  // namespace isoloss
