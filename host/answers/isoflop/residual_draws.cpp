#include "host/answers/isoflop/residual_draws.h"

#include <algorithm>
#include <cmath>

#include "fits/random.h"

namespace isoloss {
namespace {

constexpr double kLeastFreedom = 1e-6;  // of 1 - leverage: the curve goes through the point

}  // namespace

ResidualDraws::ResidualDraws(const IsoflopDesign& design, const std::vector<double>& loss)
    : fitted_(loss), scale_(loss.size(), 0) {
  for (std::size_t s = 0; s < design.slices.size(); ++s) {
    const SliceCurve curve = curve_of(design, s, loss);
    if (curve.least().fault == SliceFault::too_few) continue;
    const std::vector<std::size_t>& rows = design.slices[s].rows;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::size_t row = rows[i];
      fitted_[row] = curve.at(design.log_size[row]);
      scale_[row] = fitted_[row] / std::sqrt(design.weight[row]);
      const double freedom = 1 - curve.leverage(i);
      if (freedom > kLeastFreedom)
        pool_.push_back((loss[row] - fitted_[row]) / scale_[row] / std::sqrt(freedom));
    }
  }
  double mean = 0;
  for (const double residual : pool_) mean += residual / static_cast<double>(pool_.size());
  for (double& residual : pool_) residual -= mean;
}

std::vector<double> ResidualDraws::draw(std::uint64_t seed, std::uint64_t resample) const {
  std::vector<double> out = fitted_;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const PhiloxBlock words = random_block(seed, resample, static_cast<std::uint32_t>(i / 4));
    const std::uint32_t place = below(words.word[i % 4], static_cast<std::uint32_t>(pool_.size()));
    out[i] += scale_[i] * pool_[place];
  }
  return out;
}

}  // namespace isoloss
