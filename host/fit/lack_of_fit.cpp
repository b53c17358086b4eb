#include "host/fit/lack_of_fit.h"

#include <cmath>
#include <optional>
#include <set>

#include "host/base/fisher.h"
#include "host/fit/refitter.h"
#include "host/fit/same_inputs.h"

namespace isoloss {
namespace {

constexpr std::size_t kMostRows = 100'000;
constexpr int kLeastFreedom = 3;          // of replicates
constexpr int kKnownFreedom = 1'000'000;  // of an error that is given: all but exact

double weight_of(const RunTable& runs, std::size_t row) {
  return runs.weights.empty() ? 1 : runs.weights[row];
}

// Weighted sums of squares of residuals.
struct Squares {
  double around_means = 0, of_means = 0;
  std::size_t num_rows = 0, num_settings = 0;  // all of them
  std::size_t num_replicates = 0, num_repeated = 0;

  void add(const std::vector<std::size_t>& rows, const RunTable& runs, const FitResult& fit) {
    std::set<double> seen;
    double weight = 0, mean = 0, square = 0;
    for (const std::size_t row : rows) {
      if (!seen.insert(runs.loss[row]).second) continue;
      const double own = weight_of(runs, row), r = fit.residuals[row];
      const double off = r - mean;
      weight += own;
      mean += off * own / weight;
      square += own * off * (r - mean);
    }
    around_means += square;
    of_means += weight * mean * mean;
    num_rows += seen.size();
    ++num_settings;
    if (seen.size() < 2) return;
    num_replicates += seen.size();
    ++num_repeated;
  }
};

LackOfFit compared(double noise, double misfit, int of_misfit, int of_noise) {
  LackOfFit out;
  out.noise = noise;
  out.misfit = misfit;
  out.ratio = misfit * misfit / (noise * noise);
  out.misfit_freedom = of_misfit;
  out.noise_freedom = of_noise;
  out.probability = fisher_tail(out.ratio, of_misfit, of_noise);
  return out;
}

std::optional<LackOfFit> against_replicates(const Squares& squares, int num_free) {
  const int of_noise = static_cast<int>(squares.num_rows - squares.num_settings);
  const int of_misfit = static_cast<int>(squares.num_settings) - num_free;
  if (of_noise < kLeastFreedom || of_misfit < 1 || !(squares.around_means > 0)) return {};
  LackOfFit out = compared(std::sqrt(squares.around_means / of_noise),
                           std::sqrt(squares.of_means / of_misfit), of_misfit, of_noise);
  out.num_rows = squares.num_replicates;
  out.num_settings = squares.num_repeated;
  return out;
}

std::optional<LackOfFit> against_errors(const RunTable& runs, const FitResult& fit, int num_free) {
  const int freedom = static_cast<int>(runs.num_runs()) - num_free;
  if (!runs.unit_error || freedom < 1) return {};
  double sum = 0;
  for (std::size_t i = 0; i < runs.num_runs(); ++i)
    sum += weight_of(runs, i) * fit.residuals[i] * fit.residuals[i];
  LackOfFit out = compared(*runs.unit_error, std::sqrt(sum / freedom), freedom, kKnownFreedom);
  out.against_errors = true;
  out.num_rows = runs.num_runs();
  return out;
}

}  // namespace

std::vector<LackOfFit> lack_of_fit(const RunTable& runs, const FitResult& fit) {
  std::vector<LackOfFit> out;
  if (runs.num_runs() > kMostRows || units_of(runs, fit.options.group_by_run).by_run) return out;
  const int num_free = fit.law->num_free();
  Squares squares;
  for (const std::vector<std::size_t>& rows : rows_by_inputs(runs, *fit.law))
    squares.add(rows, runs, fit);
  if (const auto own = against_replicates(squares, num_free)) out.push_back(*own);
  if (const auto own = against_errors(runs, fit, num_free)) out.push_back(*own);
  return out;
}

}  // namespace isoloss
