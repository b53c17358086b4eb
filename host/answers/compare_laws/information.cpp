#include "host/answers/compare_laws/information.h"

#include <cmath>
#include <optional>
#include <span>

#include "host/base/error.h"
#include "host/fit/fit.h"

namespace isoloss {
namespace {

// Why there is no likelihood that could be compared; empty: there is.
std::string without_likelihood(const RunTable& runs, const FitOptions& options) {
  if (options.residual_loss.over_penalty != 1)
    return "an objective that counts one side more states no likelihood: leave out "
           "``over-penalty``";
  if (!options.residual_loss.is_likelihood())
    return "``objective`` squared states a likelihood, of normal errors; this one states none";
  if (units_of(runs, options.group_by_run).by_run)
    return "rows of one run are not independent, and a likelihood would take them so";
  return "";
}

FitOptions without_draws(FitOptions options) {
  options.num_resamples = 0;
  options.compute.clear();
  return options;
}

Information of_fit(const RunTable& runs, const FitResult& fit) {
  double sum = 0;
  for (std::size_t i = 0; i < fit.residuals.size(); ++i)
    sum += (runs.weights.empty() ? 1 : runs.weights[i]) * fit.residuals[i] * fit.residuals[i];
  return information_of(runs.num_runs(), fit.law->num_free(), sum);
}

// Of the fit that answers budgets, where there is one.
std::optional<Information> information(const ComparedLaw& law, const RunTable& runs,
                                       const FitOptions& options, std::span<const Theta> near) {
  if (law.fit) return of_fit(runs, law.fit->made->fit);
  try {
    return of_fit(runs, fit(runs, law.law, without_draws(options), near));
  } catch (const InputError&) {
    return std::nullopt;  // too few runs, which its folds say too
  }
}

// Akaike weights: how much each law is to be believed if one of them is true.
void add_information_weights(std::vector<ComparedLaw>& laws) {
  double least = INFINITY, sum = 0;
  for (const ComparedLaw& law : laws)
    if (law.information) least = std::fmin(least, law.information->aicc);
  for (ComparedLaw& law : laws) {
    if (!law.information || !std::isfinite(law.information->aicc)) continue;
    law.information->weight = std::exp((least - law.information->aicc) / 2);
    sum += law.information->weight;
  }
  for (ComparedLaw& law : laws)
    if (law.information && sum > 0) law.information->weight /= sum;
}

}  // namespace

Information information_of(std::size_t num_runs, int num_free, double sum_of_squares) {
  const auto n = static_cast<double>(num_runs);
  const double k = num_free + 1;  // the variance too
  Information out{num_free, NAN, NAN, 0};
  if (!(n - k - 1 > 0 && sum_of_squares > 0)) return out;
  const double misfit = n * std::log(sum_of_squares / n);
  out.aicc = misfit + 2 * k + 2 * k * (k + 1) / (n - k - 1);
  out.bic = misfit + k * std::log(n);
  return out;
}

void add_information(const RunTable& runs, const FitOptions& options,
                     const std::vector<std::vector<Theta>>& optima, CompareLaws& out) {
  out.no_information = without_likelihood(runs, options);
  if (!out.no_information.empty()) return;
  for (std::size_t i = 0; i < out.laws.size(); ++i)
    out.laws[i].information = information(out.laws[i], runs, options, optima[i]);
  add_information_weights(out.laws);
}

}  // namespace isoloss
