#include "host/answers/coverage/set_fits.h"

#include <algorithm>
#include <utility>

#include "host/answers/asked_quantities.h"
#include "host/base/error.h"
#include "host/base/statistics.h"
#include "host/fit/derived.h"
#include "host/fit/fit.h"
#include "host/fit/fit_checks.h"

namespace isoloss {
namespace {

std::vector<SetQuantity> quantities_of(const FitResult& fit) {
  std::vector<SetQuantity> out;
  for (const AskedQuantity& asked : asked_quantities(fit)) {
    SetQuantity own{asked.name, asked.own.value};
    own.is_count = asked.is_count;
    own.truth_place = asked.own.truth_place;
    for (const IntervalMethod method : kIntervalMethods)
      own.intervals[static_cast<std::size_t>(method)] = interval_of(method, asked, fit);
    out.push_back(std::move(own));
  }
  return out;
}

// Tells of each quantity how many draws lie below its true value.
class TruthAmongDraws : public QuantityTaker {
 public:
  explicit TruthAmongDraws(const Theta& truth) : truth_(truth) {}
  void add(const std::function<double(const Theta&)>& quantity, bool,
           const std::vector<double>& draws, Estimate& estimate) const override {
    estimate.truth_place = share_below(draws, quantity(truth_));
  }

 private:
  const Theta& truth_;
};

}  // namespace

SetFit fit_set(const FittedRuns& made, std::vector<double> response, std::uint64_t set,
               FitOptions options, const Theta* truth) {
  options = options.one_of_many();
  options.seed += 1 + set;
  RunTable runs = made.runs;
  runs.loss = std::move(response);
  SetFit out;
  try {
    FitResult got = fit(runs, made.fit.law, options);
    if (truth != nullptr) {
      const TruthAmongDraws places(*truth);
      add_estimates(got, largest_budget(runs, options), &places);
    }
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
  add_estimates(truth, largest_budget(made.runs, truth.options));
  return quantities_of(truth);
}

}  // namespace isoloss
