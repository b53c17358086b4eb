// The nonlinear regression problems of the NIST Statistical Reference Datasets, fitted as a user
// would fit them, and how many digits of the certified values come out.

#pragma once

#include <string>
#include <vector>

namespace isoloss {

struct NistProblem {
  std::string name, file, level, formula, response;
  std::vector<std::vector<double>> starts;
  std::vector<double> certified, standard_errors;
  double rss = 0;
};

// Digits of each kind, the worst parameter's and error's: -log10 of the relative error, at most
// 11, which is what the certified values have, at least 0.
struct NistDigits {
  double params = 0;
  double errors = 0;
  double rss = 0;
  bool converged = false;
};

// Of datasets/nist/problems.toml.
std::vector<NistProblem> nist_problems();

// start: an element of problem.starts; null: the program finds its own.
NistDigits fit_nist(const NistProblem& problem, const std::vector<double>* start);

}  // namespace isoloss
