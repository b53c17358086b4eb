#include "host/fit/unit_jackknife.h"

#include <algorithm>
#include <atomic>
#include <cmath>

#include "fits/math.h"
#include "host/base/statistics.h"
#include "host/base/threads.h"
#include "host/fit/unit_influence.h"
#include "host/search/problem.h"
#include "host/search/proved_fit.h"

namespace isoloss {
namespace {

constexpr int kUnitsATurn = 32;

bool can_leave_out(const Units& units, const FitResult& fit) {
  const int num_free = fit.law->num_free();
  const double inside = (1 - fit.share_beyond_delta) * static_cast<double>(fit.residuals.size());
  return is_curved(fit.options.residual_loss, static_cast<int>(std::lround(inside)), num_free) &&
         units.num_units > num_free && units.num_units <= Units::kMostOneByOne &&
         (!units.by_run || units.num_units >= Units::kFewestRuns);
}

Candidate candidate_at(const Theta& theta) {
  Candidate out{};
  std::copy(theta.begin(), theta.end(), out.theta);
  return out;
}

}  // namespace

std::optional<UnitJackknife> UnitJackknife::of(const Moved& moved, const PolishedFit& best,
                                               const Problem& problem, const Units& units,
                                               const FitOptions& searched,
                                               const FitResult& result) {
  const LawEntry& law = *result.law;
  if (!can_leave_out(units, result)) return {};
  const auto num = static_cast<std::size_t>(units.num_units);
  UnitJackknife out;
  out.at_ = result.theta;
  out.without_ = ThetaRows(num, law.num_params());
  out.degrees_of_freedom_ =
      units.by_run ? units.num_units - 1 : static_cast<int>(units.of_row.size()) - law.num_free();
  const LawKernels kernels = moved.law.kernels(simd_level());
  const Candidate start = candidate_at(best.theta);
  std::atomic<bool> are_proved = true;
  const auto refit = [&](WeightedRuns& runs, std::vector<std::uint16_t>& counts, std::size_t unit) {
    counts[unit] = 0;
    const RunsView& rest = runs.select(counts.data(), units.of_row.data());
    const PolishedFit fit =
        proved_refit(moved.law, kernels, rest, searched.residual_loss, start, &best);
    counts[unit] = 1;
    if (!fit.converged) are_proved = false;
    out.without_.set(unit,
                     law.from_search(moved.to_law(fit, law, problem).theta, problem.centre()));
  };
  parallel_for(static_cast<int>((num + kUnitsATurn - 1) / kUnitsATurn),
               num_threads_to_use(searched.num_threads), [&](int turn, int) {
                 WeightedRuns runs(moved.problem.view(), moved.law.num_inputs());
                 std::vector<std::uint16_t> counts(num, 1);
                 const auto first = static_cast<std::size_t>(turn) * kUnitsATurn;
                 for (std::size_t unit = first; unit < std::min(num, first + kUnitsATurn); ++unit)
                   if (are_proved) refit(runs, counts, unit);
               });
  if (!are_proved) return {};
  return out;
}

std::optional<Interval> UnitJackknife::interval(const std::function<double(const Theta&)>& quantity,
                                                bool is_log, double confidence) const {
  const double own = quantity(at_);
  const bool by_ratio = is_log && own > 0;
  const auto value = [&](const Theta& theta) {
    const double x = quantity(theta);
    return by_ratio ? isoloss::log(x / own) : x - own;
  };
  double square = 0;
  for (std::size_t u = 0; u < without_.size(); ++u) {
    const double moved = value(without_[u]);
    square += moved * moved;
  }
  if (!std::isfinite(square) || !(square > 0)) return {};
  const double G = static_cast<double>(without_.size());
  const double half = student_t(confidence, degrees_of_freedom_) * std::sqrt((G - 1) / G * square);
  return interval_around(own, by_ratio ? half * own : half, by_ratio);
}

}  // namespace isoloss
