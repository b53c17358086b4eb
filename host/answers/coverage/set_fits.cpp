#include "host/answers/coverage/set_fits.h"

#include <algorithm>
#include <utility>

#include "host/answers/asked_quantities.h"
#include "host/base/error.h"
#include "host/fit/derived.h"
#include "host/fit/fit.h"

namespace isoloss {
namespace {

std::vector<SetQuantity> quantities_of(const FitResult& fit) {
  std::vector<SetQuantity> out;
  for (const AskedQuantity& asked : asked_quantities(fit)) {
    SetQuantity own{asked.name, asked.own.value};
    own.is_count = asked.is_count;
    for (const IntervalMethod method : kIntervalMethods)
      own.intervals[static_cast<std::size_t>(method)] = interval_of(method, asked, fit);
    out.push_back(std::move(own));
  }
  return out;
}

}  // namespace

SetFit fit_set(const FittedRuns& made, std::vector<double> response, std::uint64_t set,
               FitOptions options) {
  options = options.one_of_many();
  options.seed += 1 + set;
  options.intervals.assign(std::begin(kIntervalMethods), std::end(kIntervalMethods));
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
    out.quantities = quantities_of(got);
  } catch (const InputError& error) {
    out.failure = error.message;  // such as a response that noise has made negative
  }
  return out;
}

std::vector<SetQuantity> true_quantities(const FittedRuns& made, const Theta& theta) {
  FitResult truth = made.fit;
  truth.theta = theta;
  truth.status = Status::converged;  // whatever the design's own fit says, it is known
  truth.draws = {};
  add_estimates(truth, made.runs.largest_flops());
  return quantities_of(truth);
}

}  // namespace isoloss
