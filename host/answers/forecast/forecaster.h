// A law under every sample of what is assumed.

#pragma once

#include <utility>
#include <vector>

#include "host/answers/forecast/forecast.h"
#include "host/answers/forecast/sample_paths.h"
#include "host/base/statistics.h"

namespace isoloss {

// Rows: the estimate under the stated values first, then one for each sample. What it is made of
// must outlive it.
class Forecaster {
 public:
  // plans: what the law itself holds. Throws as forecast().
  Forecaster(const FittedLaw& law, PlanOptions plans, const ForecastQuestion& question);

  const FittedLaw& law() const { return law_; }
  const Assumptions& assumptions() const { return assumptions_; }
  const std::vector<Path>& paths() const { return paths_; }
  std::size_t num_samples() const { return paths_.size() - 1; }

  // The plans of least loss for the FLOP of each row; of a stock, if there is one.
  std::vector<Plan> plans_for(const std::vector<double>& flops, const Stock& stock = {}) const;
  // The same, and the bits of them where they are a choice.
  std::pair<std::vector<Plan>, std::optional<YearBits>> chosen_for(
      const std::vector<double>& flops) const;

  template <class Of>
  std::vector<double> of_paths(Of&& of) const {
    std::vector<double> out;
    for (const Path& path : paths_) out.push_back(of(path));
    return out;
  }
  // Without an interval where all samples are the same.
  template <class Of>
  Estimate estimate(Of&& of) const {
    Estimate out = estimate_of(paths_.size(), law_.confidence, of);
    if (out.interval && out.interval->lower == out.interval->upper)
      out.interval.reset(), out.standard_error.reset();
    return out;
  }

 private:
  // Bits that may be chosen, or the one way in which none are.
  struct Way {
    Bits bits;
    Cost training;
    Limits limits;
    SurfaceProgram surface;
  };
  Way way_of(const PlanOptions& options, const Bits& bits) const;
  // By way, then by row.
  std::vector<std::vector<Plan>> plans_of_ways(const std::vector<double>& flops,
                                               const Stock& stock) const;

  const FittedLaw& law_;
  const Assumptions& assumptions_;
  int num_threads_;
  std::vector<Way> ways_;
  std::vector<Theta> thetas_;
  std::vector<Path> paths_;
};

}  // namespace isoloss
