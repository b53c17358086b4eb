#include "host/answers/race/fitted_curve.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "fits/math.h"
#include "host/answers/race/block_bootstrap.h"
#include "host/base/error.h"
#include "host/base/statistics.h"
#include "host/base/text.h"
#include "host/base/threads.h"

namespace isoloss {
namespace {

constexpr double kPilotWidths = 3;  // width of the lines that noise is measured from
// Blocks of noise come from a quarter of the curve to either side, or from six blocks.
constexpr std::size_t kReachShare = 4;
constexpr std::size_t kBlocksOfReach = 6;
constexpr double kLawParams = 3;
constexpr std::size_t kFewestLawRows = 20;
constexpr std::size_t kResamplesATask = 32;

std::vector<double> difference(std::span<const double> a, std::span<const double> b) {
  std::vector<double> out;
  for (std::size_t i = 0; i < a.size(); ++i) out.push_back(a[i] - b[i]);
  return out;
}

double rms(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value * value;
  return std::sqrt(sum / static_cast<double>(values.size()));
}

void add(std::vector<double>& sum, const std::vector<double>& values) {
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += values[i];
}

std::vector<double> losses(const TokenLaw& law, std::span<const double> log_tokens) {
  std::vector<double> out;
  for (const double at : log_tokens) out.push_back(law.loss(at));
  return out;
}

// First row of the law.
std::size_t first_law_row(const Curve& curve, double from) {
  const double log_from = from < 1 ? curve.log_tokens.back() + log(from) : log(from);
  const auto at = std::lower_bound(curve.log_tokens.begin(), curve.log_tokens.end(), log_from);
  const auto row = static_cast<std::size_t>(at - curve.log_tokens.begin());
  if (curve.num_rows() - row < kFewestLawRows || !(curve.log_tokens.back() > curve.log_tokens[row]))
    throw InputError(
        "", 0, "",
        fmt::format("run {} has {} from ``from`` on, its law needs {}", shown(curve.run),
                    counted(curve.num_rows() - row, "row"), kFewestLawRows),
        "let ``from`` begin earlier");
  return row;
}

// One curve's smoother, law and noise; fit_draw may be called by many threads.
class Fitter {
 public:
  Fitter(const Curve& curve, const RaceOptions& options, std::uint64_t number)
      : options_(options),
        number_(number),
        places_(even_places(curve.log_tokens.front(), curve.log_tokens.back(),
                            options.half_width / kPlacesAWidth)),
        lines_(curve.log_tokens, places_, options.half_width),
        first_law_row_(first_law_row(curve, options.from)),
        law_fit_({curve.log_tokens.begin() + static_cast<std::ptrdiff_t>(first_law_row_),
                  curve.log_tokens.end()}) {
    out.curve = curve;
    fit_smooth();
    fit_law();
    out.smooth_draws.resize(static_cast<std::size_t>(options.num_resamples));
    out.law_draws.resize(static_cast<std::size_t>(options.num_resamples));
  }

  void fit_draw(std::size_t resample) {
    SampledCurve& smooth = out.smooth_draws[resample];
    smooth = sampled(lines_.of(noise_->noise(options_.seed, stream(resample, 0))));
    add(smooth.values, out.smooth.values);
    std::vector<double> loss = law_noise_->noise(options_.seed, stream(resample, 1));
    add(loss, law_loss_);
    out.law_draws[resample] = law_fit_.fit(loss);
  }

  FittedCurve out;

 private:
  SampledCurve sampled(std::vector<double> values) const {
    return {places_.front(), places_[1] - places_[0], std::move(values)};
  }

  // A stream of random numbers for each resample, curve and use of it.
  std::uint64_t stream(std::size_t resample, std::uint64_t use) const {
    return (std::uint64_t{resample} << 16) | (number_ << 1) | use;
  }

  int block_of(const std::vector<double>& residuals) const {
    return options_.block > 0 ? options_.block : block_length(residuals);
  }

  // Lines follow what a law of all rows leaves, so that the bend of the curve costs nothing.
  void fit_smooth() {
    const Curve& curve = out.curve;
    const TokenLaw bend = TokenLawFit(curve.log_tokens).fit(curve.loss);
    const std::vector<double> rest = difference(curve.loss, losses(bend, curve.log_tokens));
    out.smooth = sampled(lines_.of(rest));
    add(out.smooth.values, losses(bend, places_));
    const LocalLines pilot(curve.log_tokens, curve.log_tokens, kPilotWidths * options_.half_width);
    const std::vector<double> residuals = difference(rest, pilot.of(rest));
    out.noise = rms(residuals);
    out.smooth_block = block_of(residuals);
    const auto blocks_reach = kBlocksOfReach * static_cast<std::size_t>(out.smooth_block);
    const std::size_t reach = std::max(curve.num_rows() / kReachShare, blocks_reach);
    const double scale = block_scale(residuals, out.smooth_block, pilot.num_fitted());
    noise_.emplace(residuals, BlockDraw{out.smooth_block, reach, scale});
  }

  void fit_law() {
    const std::span<const double> loss = std::span(out.curve.loss).subspan(first_law_row_);
    out.law = law_fit_.fit(loss);
    out.num_law_rows = loss.size();
    law_loss_ = losses(out.law, std::span(out.curve.log_tokens).subspan(first_law_row_));
    const std::vector<double> residuals = difference(loss, law_loss_);
    out.law_block = block_of(residuals);
    const double scale = block_scale(residuals, out.law_block, kLawParams);
    law_noise_.emplace(residuals, BlockDraw{out.law_block, SIZE_MAX, scale});
  }

  const RaceOptions& options_;
  const std::uint64_t number_;
  const std::vector<double> places_;
  const LocalLines lines_;
  const std::size_t first_law_row_;
  const TokenLawFit law_fit_;
  std::vector<double> law_loss_;
  std::optional<BlockBootstrap> noise_, law_noise_;
};

}  // namespace

std::vector<FittedCurve> fitted_curves(const std::vector<Curve>& curves,
                                       const RaceOptions& options) {
  std::vector<Fitter> fitters;
  fitters.reserve(curves.size());
  for (const Curve& curve : curves) fitters.emplace_back(curve, options, fitters.size());
  const auto resamples = static_cast<std::size_t>(options.num_resamples);
  const std::size_t tasks_a_curve = (resamples + kResamplesATask - 1) / kResamplesATask;
  parallel_for(
      static_cast<int>(tasks_a_curve * curves.size()), num_threads_to_use(options.num_threads),
      [&](int task, int) {
        const std::size_t number = static_cast<std::size_t>(task);
        const std::size_t first = number % tasks_a_curve * kResamplesATask;
        for (std::size_t r = first; r < std::min(resamples, first + kResamplesATask); ++r)
          fitters[number / tasks_a_curve].fit_draw(r);
      },
      "parts of the bootstrap");
  std::vector<FittedCurve> out;
  for (Fitter& fitter : fitters) out.push_back(std::move(fitter.out));
  return out;
}

Estimate law_estimate(const FittedCurve& fitted, const std::function<double(const TokenLaw&)>& part,
                      double confidence) {
  Estimate out{part(fitted.law), {}, {}};
  std::vector<double> draws;
  for (const TokenLaw& law : fitted.law_draws) draws.push_back(part(law));
  add_intervals(out, draws, confidence);
  return out;
}

}  // namespace isoloss
