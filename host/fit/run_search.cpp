#include "host/fit/run_search.h"

#include <fmt/format.h>

#include <utility>

#include "host/base/error.h"
#include "host/base/memory.h"
#include "host/base/text.h"
#include "host/fit/fit_checks.h"
#include "host/search/starts.h"

namespace isoloss {
namespace {

constexpr int kStartsWithoutGrid = 4;
constexpr double kBytesARun = 300;  // of a search, about
constexpr int kNumNear = 9;         // the optimum and other basins

// Of the fit and its bootstrap together.
JobSize job_size(const RunTable& runs, const LawEntry& law, const FitOptions& options) {
  long long starts = kStartsWithoutGrid;
  if (options.starts == StartMode::random) starts = options.num_random_starts;
  if (options.starts == StartMode::grid) starts = num_grid_starts(law);
  return {starts + options.num_resamples, static_cast<long long>(runs.num_runs())};
}

void require_penalty_is_served(const ResidualLoss& rho) {
  if (rho.kind == ResidualKind::absolute && rho.over_penalty != 1)
    throw InputError("", 0, "", "``over-penalty`` goes with ``objective`` huber or squared",
                     "huber with a ``huber-delta`` of 1e-6, say, is nearly absolute");
}

}  // namespace

FitOptions in_unit_of(const LawEntry& law, FitOptions options) {
  require_penalty_is_served(options.residual_loss);
  double& delta = options.residual_loss.huber_delta;
  delta /= law.unit;
  if (options.residual_loss.kind == ResidualKind::huber && delta < kLeastHuberDelta)
    throw InputError(
        "", 0, "",
        fmt::format("``huber-delta`` {:g} is lost in the rounding of residuals", delta * law.unit),
        "use ``objective`` absolute, the limit of a small delta");
  return options;
}

ChosenEngine engine_for(const RunTable& runs, const LawEntry& law, const FitOptions& options) {
  return choose_engine(options.device, {options.num_threads, simd_level()},
                       job_size(runs, law, options));
}

Searched searched_runs(const RunTable& runs, std::shared_ptr<const LawEntry> law,
                       const FitOptions& options, SearchEngine& engine,
                       std::span<const Theta> near) {
  Searched out =
      with_room_for(kBytesARun * static_cast<double>(runs.num_runs()),
                    "the search of " + counted(runs.num_runs(), "run"),
                    [&] { return search_widening(std::move(law), runs, options, engine, near); });
  require_finite(runs, out.best.objective, out.report.num_starts);
  return out;
}

std::vector<Theta> searched_optima(const RunTable& runs, std::shared_ptr<const LawEntry> law,
                                   const FitOptions& options) {
  require_enough_runs(runs, *law);
  const FitOptions searched = in_unit_of(*law, options);
  const ChosenEngine chosen = engine_for(runs, *law, searched);
  const Searched found = searched_runs(runs, std::move(law), searched, *chosen.engine);
  const Moved& moved = *found.moved;
  const auto plain = [&](const Theta& theta) {
    return moved.law.from_search(theta, moved.problem.centre());
  };
  std::vector<Theta> out{plain(found.best.theta)};
  for (const std::size_t place : found.ends.distinct(kNumNear))
    if (const Theta own = plain(found.ends.ends[place].theta); place > 0 && own != out.front())
      out.push_back(own);
  return out;
}

}  // namespace isoloss
