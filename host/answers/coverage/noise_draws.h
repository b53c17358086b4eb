// Responses as they could have been measured on a design: a law's, with noise.

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "host/answers/coverage/noise.h"
#include "host/answers/fitted_law.h"

namespace isoloss {

// Where each run's noise comes from. The design, the law and its fit are read when this is made.
//
// `residuals` deals out those of the fit with random signs, so that the law stays the truth under
// every objective: where rows share runs each run keeps its own, with one sign for all (the wild
// bootstrap of clusters), else any row has any other's, as wide as the weights of the two say. They
// are stretched by sqrt(runs / (runs - free parameters)), as a fit makes residuals smaller than the
// noise was.
class NoiseDraws {
 public:
  //   made    runs, and the fit whose residuals are dealt out
  //   theta   of the truth, in plain units
  //   throws  InputError where noise grows with N and the law does not read it, or rows of a run
  //           are correlated and nothing tells runs apart
  NoiseDraws(const Noise& noise, const FittedRuns& made, const Theta& theta);

  // One response a run. Set s of a seed is the same on every machine and in every order. Throws
  // InputError for noise so wide that no response could be so.
  std::vector<double> draw(std::uint64_t seed, std::uint64_t set) const;

 private:
  std::vector<double> gaussian(std::uint64_t seed, std::uint64_t set) const;
  std::vector<double> dealt(std::uint64_t seed, std::uint64_t set) const;
  void require_measurable(double off) const;
  double shaped(double normal, std::size_t row, std::uint64_t seed, std::uint64_t set) const;

  const Noise noise_;
  bool is_log_ = true;
  std::vector<double> truth_;                   // by row
  std::vector<double> scale_;                   // the same
  std::vector<double> spread_;                  // by row: 1 / sqrt(weight)
  std::vector<double> pool_;                    // residuals of weight one, by row
  std::vector<std::vector<std::size_t>> runs_;  // rows of each run, by tokens; empty: all alone
};

}  // namespace isoloss
