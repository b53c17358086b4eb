#include "host/fit/refitter.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <string_view>

#include "host/base/memory.h"
#include "host/base/threads.h"
#include "host/search/exponent_columns.h"
#include "host/search/proved_fit.h"
#include "host/search/request.h"
#include "host/search/resampled_runs.h"

namespace isoloss {
namespace {

constexpr int kRefitExponents = 16;
constexpr int kPolishTile = 32;

// Polishes the candidates of resamples from `first` on, a fit each.
void polish_all(const LawEntry& law, const Problem& problem, const Units& units,
                const FitOptions& options, const std::vector<Candidate>& candidates, int first,
                const PolishedFit* full, PolishedFit* fits) {
  const LawKernels kernels = law.kernels(simd_level());
  const int num = static_cast<int>(candidates.size());
  parallel_for((num + kPolishTile - 1) / kPolishTile, num_threads_to_use(options.num_threads),
               [&](int tile, int) {
                 ResampledRuns resampled(problem.view(), law.num_inputs(), units.of_row.data(),
                                         units.num_units, units.strata_or_null());
                 for (int i = tile * kPolishTile; i < std::min(num, (tile + 1) * kPolishTile);
                      ++i) {
                   const RunsView& runs =
                       resampled.draw(options.seed, static_cast<std::uint64_t>(first + i));
                   fits[i] = proved_refit(law, kernels, runs, options.residual_loss,
                                          candidates[static_cast<std::size_t>(i)], full);
                 }
               });
}

Units units_in_order(const RunTable& runs, bool group_by_run) {
  Units units;
  units.of_row.resize(runs.num_runs());
  std::iota(units.of_row.begin(), units.of_row.end(), 0u);
  units.num_units = static_cast<int>(runs.num_runs());
  if (!group_by_run || runs.run.empty()) return units;
  std::map<std::string_view, std::uint32_t> number;
  for (std::size_t i = 0; i < runs.num_runs(); ++i)
    units.of_row[i] =
        number.emplace(runs.run[i], static_cast<std::uint32_t>(number.size())).first->second;
  units.num_units = static_cast<int>(number.size());
  units.by_run = number.size() < runs.num_runs();
  return units;
}

// Numbers the units anew, so that those of a stratum are neighbours.
void add_strata(const std::vector<std::uint32_t>& of_row, Units& units) {
  std::vector<std::uint32_t> stratum(static_cast<std::size_t>(units.num_units));
  for (std::size_t i = of_row.size(); i-- > 0;) stratum[units.of_row[i]] = of_row[i];
  std::vector<std::uint32_t> order(stratum.size());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return stratum[a] < stratum[b]; });
  std::vector<std::uint32_t> place(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  for (std::uint32_t& unit : units.of_row) unit = place[unit];
  for (std::uint32_t first = 0; first < order.size();) {
    const auto is_same = [&](std::uint32_t unit) { return stratum[unit] == stratum[order[first]]; };
    const auto num = static_cast<std::uint32_t>(std::count_if(order.begin(), order.end(), is_same));
    units.strata.insert(units.strata.end(), num, {first, num});
    first += num;
  }
}

}  // namespace

Units units_of(const RunTable& runs, bool group_by_run) {
  Units units = units_in_order(runs, group_by_run);
  if (!runs.stratum.empty()) add_strata(runs.stratum, units);
  return units;
}

Refitter::Refitter(const LawEntry& law, const Problem& problem, const Units& units,
                   SearchEngine& engine, const std::vector<double>& starts,
                   const FitOptions& options, const PolishedFit* full)
    : law_(law), problem_(problem), units_(units), engine_(engine), options_(options), full_(full) {
  request_ = search_request(law, problem, options.residual_loss);
  request_.resampling.seed = options.seed;
  request_.resampling.unit = units.of_row.data();
  request_.resampling.num_units = static_cast<std::uint32_t>(units.num_units);
  request_.resampling.strata = units.strata_or_null();
  request_.stop = stop_token();
  if (can_screen_exponents(law)) {
    columns_ = std::make_unique<const ExponentColumns>(law, request_.runs, kRefitExponents);
    request_.grid = &columns_->grid();
  } else {
    request_.start_rule = StartRule::best_starts;
    request_.starts = starts.data();
    request_.num_starts = static_cast<int>(starts.size()) / law.num_params();
  }
}

Refitter::~Refitter() = default;

void Refitter::start_near(const std::vector<double>& starts) {
  near_ = starts;
  request_.start_rule = StartRule::near_starts;
  request_.starts = near_.data();
  request_.num_starts = static_cast<int>(near_.size()) / law_.num_params();
}

void Refitter::fit_range(int first, int num, int num_basins, PolishedFit* fits) {
  request_.resampling.first = static_cast<std::uint64_t>(first);
  request_.resampling.num_resamples = num;
  request_.num_basins = num_basins;
  auto candidates = room_for<Candidate>(static_cast<std::size_t>(num), "resample");
  engine_.search(request_, candidates.data());
  throw_if_stopped();
  polish_all(law_, problem_, units_, options_, candidates, first, full_, fits);
}

}  // namespace isoloss
