#include "host/fit/bootstrap.h"

#include <algorithm>
#include <utility>

#include "fits/search.h"
#include "host/base/checksum.h"
#include "host/base/memory.h"
#include "host/fit/near_refits.h"
#include "host/search/exponent_columns.h"

namespace isoloss {
namespace {

constexpr int kManyBasins = 4;
// The pilot: if among so many resamples no second basin ever beats the screen's best cell, one
// start a resample is enough for the rest. On figure 4 of Hoffmann et al. it is (1,000 of 1,000);
// on small noisy sets 4 in 100 need more.
constexpr int kPilot = 64;

// True if in every fit of the pilot one basin reaches what many do.
bool one_basin_suffices(const std::vector<PolishedFit>& one, const std::vector<PolishedFit>& many) {
  for (std::size_t i = 0; i < one.size(); ++i)
    if (!(one[i].objective <= many[i].objective * (1 + kEqualEnds))) return false;
  return true;
}

void add_runs(const RunsView& runs, int num_inputs, const Units& units, Checksum& sum) {
  const auto num = static_cast<std::size_t>(runs.num_runs);
  for (int k = 0; k < num_inputs; ++k) sum.add({runs.input_at(k, 0), num});
  sum.add({runs.target, num});
  sum.add({runs.weight, num});
  for (const std::uint32_t unit : units.of_row) sum.add(static_cast<double>(unit));
  for (const Stratum& own : units.strata) sum.add(static_cast<double>(own.first));
}

void add_options(const FitOptions& options, Checksum& sum) {
  sum.add(std::to_string(options.seed));
  sum.add(static_cast<double>(options.num_resamples));
  sum.add(static_cast<double>(options.residual_loss.kind));
  sum.add(options.residual_loss.huber_delta);
  sum.add(options.residual_loss.over_penalty);
}

void add_fit(const PolishedFit& fit, int num_params, Checksum& sum) {
  sum.add({fit.theta.data(), static_cast<std::size_t>(num_params)});
  sum.add(fit.objective);
}

}  // namespace

void add_law(const LawEntry& law, Checksum& sum) {
  sum.add(law.name);
  sum.add(law.formula);
  sum.add(law.response);
  sum.add(law.log_residual ? 1.0 : 0.0);
  sum.add(law.unit);
  for (int k = 0; k < law.num_params(); ++k) {
    sum.add(law.box.bounds[k].lower);
    sum.add(law.box.bounds[k].upper);
    const LawParam& param = law.params[static_cast<std::size_t>(k)];
    for (const double own :
         {param.starts.first, param.starts.last, param.starts.step, param.start.value_or(0)})
      sum.add(own);
  }
}

Bootstrap::Bootstrap(const LawEntry& law, const Problem& problem, const Units& units,
                     SearchEngine& engine, std::vector<double> starts, const FitOptions& options,
                     std::optional<PolishedFit> fit)
    : law_(law),
      problem_(problem),
      units_(units),
      engine_(engine),
      starts_(std::move(starts)),
      options_(options),
      fit_(std::move(fit)),
      refitter_(law, problem, units, engine, starts_, options, fit_ ? &*fit_ : nullptr) {
  const int num = std::min(kPilot, options.num_resamples);
  pilot_ = can_screen_exponents(law)
               ? screened_pilot(num)
               : fit_near_pilot(law, problem, units, options, starts_, num, refitter_);
}

Draws Bootstrap::screened_pilot(int num) {
  std::vector<PolishedFit> one(static_cast<std::size_t>(num));
  Draws out;
  out.fits.resize(one.size());
  refitter_.fit_range(0, num, 1, one.data());
  refitter_.fit_range(0, num, kManyBasins, out.fits.data());
  out.num_basins = one_basin_suffices(one, out.fits) ? 1 : kManyBasins;
  return out;
}

void Bootstrap::give(const ItemRange& range, const TakeFits& take) {
  const int end_of_pilot = std::min(range.end(), static_cast<int>(pilot_.fits.size()));
  int at = range.first;
  if (at < end_of_pilot) {
    take(std::span(pilot_.fits)
             .subspan(static_cast<std::size_t>(at), static_cast<std::size_t>(end_of_pilot - at)));
    at = end_of_pilot;
  }
  // An engine may come to prefer larger batches on the way.
  std::vector<PolishedFit> fits;
  for (int num = 0; at < range.end(); at += num) {
    if (options_.progress) options_.progress(at - range.first, range.num);
    num = std::min(engine_.preferred_batch(), range.end() - at);
    if (fits.size() < static_cast<std::size_t>(num))
      fits = room_for<PolishedFit>(static_cast<std::size_t>(num), "resample");
    refitter_.fit_range(at, num, pilot_.num_basins, fits.data());
    take(std::span(fits).first(static_cast<std::size_t>(num)));
  }
  if (options_.progress) options_.progress(range.num, range.num);
}

std::vector<PolishedFit> Bootstrap::fits(const ItemRange& range) {
  std::vector<PolishedFit> out;
  give(range,
       [&](std::span<const PolishedFit> more) { out.insert(out.end(), more.begin(), more.end()); });
  return out;
}

std::string Bootstrap::checksum() const {
  Checksum sum;
  sum.add(ISOLOSS_VERSION);
  add_law(law_, sum);
  add_runs(problem_.view(), law_.num_inputs(), units_, sum);
  add_options(options_, sum);
  sum.add(starts_);
  if (fit_) add_fit(*fit_, law_.num_params(), sum);
  for (const PolishedFit& fit : pilot_.fits) add_fit(fit, law_.num_params(), sum);
  sum.add(static_cast<double>(pilot_.num_basins));
  sum.add(pilot_.missed);
  return sum.text();
}

}  // namespace isoloss
