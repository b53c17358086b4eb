// The fit of one simulated set of runs, as what it says of each quantity.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "host/answers/fitted_law.h"
#include "host/fit/interval_method.h"

namespace isoloss {

struct SetQuantity {
  std::string name;
  double value = 0;
  std::array<std::optional<Interval>, std::size(kIntervalMethods)> intervals = {};  // by method
  bool is_count = false;  // of parameters or tokens
  std::optional<double> truth_place = {};
};

struct SetFit {
  std::vector<SetQuantity> quantities;  // empty: the set could not be fitted
  std::string failure;                  // why, then
  bool is_sound = false;
  bool is_withheld = false;  // no intervals of the bootstrap are given
  bool by_run = false;
  std::size_t num_units = 0;
  int num_resamples = 0;
  int num_not_converged = 0;
};

// As host/base/records.h has it.
void fields(auto& visit, SetQuantity& of) { visit(of.name, of.value, of.intervals, of.is_count); }
void fields(auto& visit, SetFit& of) {
  visit(of.quantities, of.failure, of.is_sound, of.is_withheld, of.by_run, of.num_units,
        of.num_resamples, of.num_not_converged);
}

// The runs of `made` with another response, fitted on this thread. Each set draws resamples of a
// seed of its own, options.seed + 1 + set. truth: where among the draws of each quantity its value
// for these parameters lies is told too; or null. Throws DeviceError and Interrupted.
SetFit fit_set(const FittedRuns& made, std::vector<double> response, std::uint64_t set,
               FitOptions options, const Theta* truth = nullptr);

// The same quantities of parameters that are known, in the same order, without intervals. `made`:
// the plain fit, whose budgets are asked.
std::vector<SetQuantity> true_quantities(const FittedRuns& made, const Theta& theta);

}  // namespace isoloss
