#include "host/fit/outliers.h"

#include <algorithm>
#include <cmath>

#include "host/base/statistics.h"
#include "host/base/warnings.h"

namespace isoloss {
namespace {

constexpr double kMadToSigma = 1.4826;  // of a normal distribution
constexpr double kFarOff = 5;
constexpr int kManyDegreesOfFreedom = 10000;  // Student's t is the normal distribution
constexpr double kBelowNoise = 1e-9;          // of the response
constexpr double kVisibleSize = 1e-3;         // the same

std::vector<double> absolute_values(std::vector<double> values) {
  for (double& value : values) value = std::fabs(value);
  return values;
}

}  // namespace

// A fit may go through as many runs as it has free parameters: those residuals say nothing of the
// others.
double robust_deviation(const FitResult& fit) {
  std::vector<double> sizes = absolute_values(fit.residuals);
  const std::size_t num_free =
      std::min(static_cast<std::size_t>(fit.law->num_free()), sizes.size());
  std::sort(sizes.begin(), sizes.end());
  sizes.erase(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(num_free));
  return kMadToSigma * median(std::move(sizes));
}

double outlier_limit(const FitResult& fit) {
  const int free_rows = static_cast<int>(fit.residuals.size()) - fit.law->num_free();
  const double student = student_t(std::erf(kFarOff / std::sqrt(2.0)),
                                   std::clamp(free_rows, 1, kManyDegreesOfFreedom));
  return std::min(student, threshold_of<"outlier">);
}

std::vector<Outlier> outliers(const RunTable& runs, const FitResult& fit, double times) {
  const double unit = fit.law->log_residual ? 1 : median(absolute_values(runs.loss));
  const double sigma = robust_deviation(fit);
  const bool is_exact = sigma < kBelowNoise * unit;
  std::vector<Outlier> out;
  for (std::size_t i = 0; i < fit.residuals.size(); ++i) {
    const double size = std::fabs(fit.residuals[i]);
    if (is_exact ? size > kVisibleSize * unit : size >= times * sigma)
      out.push_back({i, fit.residuals[i], size / sigma});
  }
  std::stable_sort(out.begin(), out.end(), [](const Outlier& a, const Outlier& b) {
    return std::fabs(a.residual) > std::fabs(b.residual);
  });
  return out;
}

}  // namespace isoloss
