#include "host/answers/coverage/set_fits.h"

#include <algorithm>
#include <utility>

#include "host/base/error.h"
#include "host/base/number_text.h"
#include "host/fit/derived.h"
#include "host/fit/fit.h"

namespace isoloss {
namespace {

SetQuantity quantity_of(std::string name, const Estimate& own, double confidence) {
  SetQuantity out{std::move(name), own.value};
  for (const IntervalMethod method : kIntervalMethods)
    out.intervals[static_cast<std::size_t>(method)] = interval_by(method, own, confidence);
  return out;
}

SetQuantity quantity_of(const ParamEstimate& own, double confidence, int free_rows) {
  SetQuantity out{own.name, own.value};
  for (const IntervalMethod method : kIntervalMethods)
    out.intervals[static_cast<std::size_t>(method)] =
        interval_by(method, own, confidence, free_rows);
  return out;
}

std::vector<SetQuantity> quantities_of(const FitResult& fit, std::size_t num_runs) {
  std::vector<SetQuantity> out;
  const double confidence = fit.options.confidence;
  const int free_rows = std::max(1, static_cast<int>(num_runs) - fit.law->num_free());
  for (const ParamEstimate& own : fit.params)
    if (!own.fixed) out.push_back(quantity_of(own, confidence, free_rows));
  if (fit.law->optimum == nullptr) return out;
  out.push_back(quantity_of("N_exponent", fit.N_exponent, confidence));
  for (const OptimumEstimate& own : fit.optima) {
    const std::string at = " at " + flops_text(own.C);
    for (const auto& [name, count] : {std::pair{"N", own.N}, std::pair{"D", own.D}}) {
      out.push_back(quantity_of(name + at, count, confidence));
      out.back().is_count = true;
    }
    out.push_back(quantity_of("L" + at, own.L, confidence));
  }
  return out;
}

}  // namespace

SetFit fit_set(const FittedRuns& made, std::vector<double> response, std::uint64_t set,
               FitOptions options) {
  options.seed += 1 + set;
  options.num_threads = 1;  // sets share the threads
  options.device = "cpu";
  options.progress = nullptr;
  RunTable runs = made.runs;
  runs.loss = std::move(response);
  SetFit out;
  try {
    const FitResult got = fit(runs, made.fit.law, options);
    out.num_resamples = got.bootstrap.num_resamples;
    out.num_not_converged = got.bootstrap.num_not_converged;
    out.is_withheld = got.bootstrap.withheld;
    out.by_run = got.bootstrap.by_run;
    out.num_units = static_cast<std::size_t>(got.bootstrap.num_units);
    out.is_sound = got.status == Status::converged;
    out.quantities = quantities_of(got, runs.num_runs());
  } catch (const InputError& error) {
    out.failure = error.message;  // such as a response that noise has made negative
  }
  return out;
}

std::vector<SetQuantity> true_quantities(const FittedRuns& made, const Theta& theta) {
  FitResult truth = made.fit;
  truth.theta = theta;
  truth.status = Status::converged;  // whatever the design's own fit says, it is known
  truth.draws.clear();
  add_estimates(truth, made.runs.largest_flops());
  return quantities_of(truth, made.runs.num_runs());
}

}  // namespace isoloss
