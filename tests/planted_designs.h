// Runs of designs with the losses of one law: those of a study of what designs can tell apart.

#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "tests/figure4.h"
#include "tests/simulated.h"

namespace isoloss {

// The law whose noise-free losses all designs get: the fit of figure 4.
inline double planted_loss(double N, double D) {
  return 1.8172 + 477.83 / std::pow(N, 0.34731) + 2143.4 / std::pow(D, 0.36717);
}

inline RunTable no_runs() {
  RunTable runs = figure4();
  for (auto column : {&RunTable::params, &RunTable::tokens, &RunTable::flops, &RunTable::loss})
    (runs.*column).clear();
  runs.line.clear();
  runs.run.clear();
  return runs;
}

inline void add_run(RunTable& runs, double N, double D) {
  runs.params.push_back(N);
  runs.tokens.push_back(D);
  runs.flops.push_back(6 * N * D);
  runs.loss.push_back(planted_loss(N, D));
  runs.line.push_back(runs.line.size() + 2);
}

inline RunTable grid_runs(const std::vector<double>& sizes, const std::vector<double>& lengths) {
  RunTable runs = no_runs();
  for (const double N : sizes)
    for (const double D : lengths) add_run(runs, N, D);
  return runs;
}

// 20 sizes from 5e7 to 1.6e10 with tokens from size.
template <class Tokens>
RunTable line_runs(const Tokens& tokens) {
  RunTable runs = no_runs();
  for (int i = 0; i < 20; ++i) {
    const double N = 5e7 * std::pow(320, i / 19.0);
    add_run(runs, N, tokens(N, i));
  }
  return runs;
}

// Eight sizes about the best at each of five budgets.
inline RunTable five_isoflops() {
  RunTable runs = no_runs();
  for (const double C : {1e19, 1e20, 1e21, 1e22, 1e23})
    for (int i = 0; i < 8; ++i) {
      const double N = std::sqrt(C / 120) * std::pow(2, (i - 3.5) / 1.5);
      add_run(runs, N, C / (6 * N));
    }
  return runs;
}

// 20 sizes about the best at one budget.
inline RunTable one_isoflop() {
  RunTable runs = no_runs();
  for (int i = 0; i < 20; ++i) {
    const double N = 2.9e9 * std::pow(2, (i - 9.5) / 2.4);
    add_run(runs, N, 1e21 / (6 * N));
  }
  return runs;
}

struct PlantedDesign {
  const char* name;
  RunTable runs;
  const char* verdict;  // by verdict_name()
};

// The thirteen of the study, noise-free.
inline std::vector<PlantedDesign> thirteen_designs() {
  RunTable real = no_runs(), ratios = no_runs(), small = no_runs(),
           six = grid_runs({1e8, 1e10}, {1e9, 1e11});
  const RunTable figure = figure4(0);
  for (std::size_t i = 0; i < figure.num_runs(); ++i)
    add_run(real, figure.params[i], figure.tokens[i]);
  for (int i = 0; i < 12; ++i)
    for (const double ratio : {10.0, 20.0, 40.0}) {
      const double N = 5e7 * std::pow(320, i / 11.0);
      add_run(ratios, N, ratio * N);
    }
  for (const double N : {1e6, 2e6, 4e6, 8e6, 16e6, 29e6})
    for (const double D : {3e7, 1e8, 3e8, 1e9, 3e9}) add_run(small, N, D);
  const RunTable four = six;
  add_run(six, 1e9, 1e10);
  const RunTable five = six;
  add_run(six, 1e9, 1e11);
  return {
      {"the real design", real, "identifiable"},
      {"five isoFLOPs", five_isoflops(), "identifiable"},
      {"a grid of 3 x 3", grid_runs({1e8, 1e9, 1e10}, {1e9, 1e10, 1e11}), "identifiable"},
      {"D/N of 10, 20 and 40", ratios, "identifiable"},
      {"small scale only", small, "identifiable"},
      {"six points", six, "identifiable"},
      {"five points", five, "exact_fit"},
      {"D = 20 N within 10%",
       line_runs([](double N, int i) { return 20 * N * (1 + 0.1 * ((i * 7) % 5 - 2) / 2.0); }),
       "weakly_identifiable"},
      {"one isoFLOP", line_runs([](double N, int) { return 1e21 / (6 * N); }),
       "weakly_identifiable"},
      {"D = 20 N", line_runs([](double N, int) { return 20 * N; }), "not_identifiable"},
      {"two sizes", grid_runs({1e8, 1e10}, {1e9, 3e9, 1e10, 1e11}), "not_identifiable"},
      {"one size", grid_runs({1e9}, {1e9, 3e9, 1e10, 3e10, 1e11, 2e11}), "not_identifiable"},
      {"four points", four, "too_few_runs"},
  };
}

// The same with normal noise of standard deviation `sd` on log L.
inline RunTable with_noise(RunTable runs, double sd, std::uint64_t stream) {
  for (std::size_t i = 0; i < runs.num_runs(); ++i)
    runs.loss[i] *= std::exp(sd * normal(3, stream, static_cast<std::uint32_t>(i)));
  return runs;
}

}  // namespace isoloss
