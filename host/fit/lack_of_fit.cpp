#include "host/fit/lack_of_fit.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "host/base/fisher.h"
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
  double num_rows = 0, num_settings = 0;  // all of them
  double squared_counts = 0;              // of the rows of a setting
  std::size_t num_replicates = 0, num_repeated = 0;

  // Rows that all have one response are one row, written more than once.
  void add(const std::vector<std::size_t>& rows, const RunTable& runs, const FitResult& fit) {
    const bool are_copies = std::all_of(rows.begin(), rows.end(), [&](std::size_t row) {
      return runs.loss[row] == runs.loss[rows.front()];
    });
    const std::size_t num = are_copies ? 1 : rows.size();
    double weight = 0, mean = 0, square = 0;
    for (std::size_t i = 0; i < num; ++i) {
      const double own = weight_of(runs, rows[i]), r = fit.residuals[rows[i]];
      const double off = r - mean;
      weight += own;
      mean += off * own / weight;
      square += own * off * (r - mean);
    }
    const auto count = static_cast<double>(num);
    around_means += square;
    of_means += weight * mean * mean;
    num_rows += count;
    ++num_settings;
    squared_counts += count * count;
    if (num < 2) return;
    num_replicates += num;
    ++num_repeated;
  }

  // Rows of a setting, so that the mean square of means is the noise's and so many times the
  // misfit's.
  double usual_count() const { return (num_rows - squared_counts / num_rows) / (num_settings - 1); }
};

// of_misfit, of_noise: degrees of freedom of the mean squares.
LackOfFit compared(double square, double noise_square, double count, int of_misfit, int of_noise) {
  LackOfFit out;
  out.noise = std::sqrt(noise_square);
  out.misfit = std::sqrt(std::max(0.0, square - noise_square) / count);
  out.ratio = square / noise_square;
  out.misfit_freedom = of_misfit;
  out.noise_freedom = of_noise;
  out.probability = fisher_tail(out.ratio, of_misfit, of_noise);
  return out;
}

std::optional<LackOfFit> against_replicates(const Squares& squares, int num_free) {
  const int of_noise = static_cast<int>(squares.num_rows - squares.num_settings);
  const int of_misfit = static_cast<int>(squares.num_settings) - num_free;
  if (of_noise < kLeastFreedom || of_misfit < 1 || !(squares.around_means > 0)) return {};
  LackOfFit out = compared(squares.of_means / of_misfit, squares.around_means / of_noise,
                           squares.usual_count(), of_misfit, of_noise);
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
  LackOfFit out =
      compared(sum / freedom, *runs.unit_error * *runs.unit_error, 1, freedom, kKnownFreedom);
  out.against_errors = true;
  out.num_rows = runs.num_runs();
  return out;
}

// Whether residuals are those of a law that runs through the middle of its runs, with weights that
// say how they vary.
bool tells_misfit(const RunTable& runs, const FitResult& fit, const Units& units) {
  return fit.options.residual_loss.over_penalty == 1 &&
         (runs.weights.empty() || runs.unit_error.has_value()) && !units.by_run;
}

}  // namespace

std::vector<LackOfFit> lack_of_fit(const RunTable& runs, const FitResult& fit, const Units& units) {
  std::vector<LackOfFit> out;
  if (!tells_misfit(runs, fit, units)) return out;
  const int num_free = fit.law->num_free();
  if (runs.num_runs() <= kMostRows) {
    Squares squares;
    for (const std::vector<std::size_t>& rows : rows_by_inputs(runs, *fit.law))
      squares.add(rows, runs, fit);
    if (const auto own = against_replicates(squares, num_free)) out.push_back(*own);
  }
  if (const auto own = against_errors(runs, fit, num_free)) out.push_back(*own);
  return out;
}

}  // namespace isoloss
