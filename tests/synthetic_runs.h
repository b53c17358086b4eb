// Runs of any law: a design over whatever it reads, with losses that the law itself predicts.

#pragma once

#include <cmath>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/laws/registry.h"
#include "host/reading/curve_inputs.h"
#include "host/reading/run_table.h"
#include "host/search/problem.h"
#include "tests/simulated.h"

namespace isoloss {

// Where a design has its runs: from the least number of an input to the largest, evenly in the log
// where the law sees a log. Unique tokens are a share of the run's tokens.
inline Bounds design_range(Input input) {
  switch (input) {
    case Input::N:
      return {1e7, 1e10};
    case Input::D:
      return {1e9, 1e12};
    case Input::C:
      return {1e17, 1e24};
    case Input::S:
      return {1e3, 1e6};
    case Input::U:
      return {0.02, 1};
    case Input::L:
      return {1.5, 4.5};
    case Input::P_w:
    case Input::P_a:
    case Input::P_kv:
    case Input::P_post:
      return {2, 16};
    case Input::E:
      return {1, 256};
    case Input::G:
      return {1, 32};
    case Input::x:
      return {1, 1e9};
    case Input::S_1:
      return {0.5, 50};
    case Input::S_2:
      return {0, 0.5};
  }
  return {1, 2};
}

// Number `index` of Halton's sequence in a base: even in [0, 1), and for bases without a common
// factor even together (Halton 1960, Numerische Mathematik 2:84).
inline double halton(int index, int base) {
  double out = 0;
  double digit = 1;
  for (; index > 0; index /= base) {
    digit /= base;
    out += digit * (index % base);
  }
  return out;
}

// Steps of runs under four schedules, with what a law reads of their learning rates.
inline RunTable curve_design(const LawEntry& law, int num) {
  static const char* kSchedules[] = {
      "constant:peak=3e-4,warmup=400,total=4000", "cosine:peak=3e-4,min=3e-5,warmup=400,total=4000",
      "two-stage:peak=3e-4,second=9e-5,warmup=400,switch=1200,total=4000",
      "wsd:peak=3e-4,min=1e-5,warmup=400,decay_start=3000,total=4000,decay=exp"};
  std::vector<std::string> names;
  for (const LawInput& input : law.inputs) names.push_back(input.column);
  RunTable out;
  for (const char* schedule : kSchedules) {
    std::vector<long> steps;
    for (int i = 1; i <= num / 4; ++i) steps.push_back(400 + 3600 * i / (num / 4));
    double error = 0;
    for (const auto& [name, values] :
         curve_values(names, rates_of(parse_stages(schedule)), steps, error))
      out.further[name].insert(out.further[name].end(), values.begin(), values.end());
  }
  return out;
}

// `num` runs, the loss of each 1 until predicted.
inline RunTable design_for(const LawEntry& law, int num = 256) {
  static constexpr int kBases[] = {2, 3, 5, 7, 11, 13};
  const bool is_curve = law.inputs.back().is_history();
  RunTable out = is_curve ? curve_design(law, num) : RunTable();
  out.path = "design";
  out.response = law.response;
  out.num_rows_read = static_cast<std::size_t>(num);
  for (int i = 0; i < num; ++i) {
    for (std::size_t k = 0; !is_curve && k < law.inputs.size(); ++k) {
      const auto input = static_cast<Input>(law.inputs[k].table);
      const Bounds range = design_range(input);
      const double part = halton(i + 1, kBases[k]);
      double value = range.lower + part * (range.upper - range.lower);
      if (law.inputs[k].axis == Axis::log)
        value = range.lower * std::pow(range.upper / range.lower, part);
      if (input == Input::U) value *= out.tokens.back();
      auto& column = input == Input::N   ? out.params
                     : input == Input::D ? out.tokens
                     : input == Input::C ? out.flops
                                         : out.further[law.inputs[k].column];
      column.push_back(value);
    }
    if (!out.params.empty() && !out.tokens.empty())
      out.flops.push_back(6 * out.params.back() * out.tokens.back());
    out.loss.push_back(1);
    out.line.push_back(static_cast<std::size_t>(i) + 2);
  }
  return out;
}

// The law's inputs of run i as it sees them.
inline std::vector<double> seen_of(const LawEntry& law, const RunTable& runs, std::size_t i) {
  std::vector<double> out;
  for (const LawInput& input : law.inputs) {
    const double value = runs.values_of(input.column)[i];
    out.push_back(input.axis == Axis::log ? std::log(value) : value);
  }
  return out;
}

// Parameters as reports show them, in the order of the law's table, near published constants where
// there are any: see tests/golden/laws.json.
inline std::vector<double> typical_params(std::string_view law) {
  static const std::pair<std::string_view, std::vector<double>> table[] = {
      {"accuracy_sigmoid", {0.25, 0.65, 2.5, 2.6}},
      {"broken_1", {0.5, 4, 0.1, 0.3, 1e4, 0.8}},
      {"broken_2", {0.5, 4, 0.05, 0.3, 1e3, 0.6, -0.2, 1e6, 0.7}},
      {"broken_3", {0.5, 4, 0.05, 0.4, 1e2, 0.5, -0.3, 1e5, 0.5, 0.4, 1e7, 0.5}},
      {"chinchilla", {1.8172, 482.01, 2085.43, 0.3478, 0.3658}},
      {"coupled", {1.75714, 2305.02, 9957.19, 0.42436, 0.43053, 0.77414}},
      {"data_constrained", {1.8691, 520.82, 1487.72, 0.35266, 0.36, 15.388, 5.3097}},
      {"farseer", {0.9130, -0.021, 0.169, 0.00186, 88.01, -0.1, -0.124, 0.123, 0.424}},
      {"kaplan", {6.4e13, 1.8e13, 0.076, 0.103}},
      {"kaplan_compute", {2.6784e28, 0.05}},
      {"kaplan_params", {8.8e13, 0.076}},
      {"kaplan_steps", {6.5e13, 2100, 0.077, 0.76}},
      {"kaplan_tokens", {5.4e13, 0.095}},
      {"lr_annealing", {2.5, 0.6, 0.45, 0.5}},
      {"moe_granular", {0.47, 2.1, 18.1, 30.8, 0.115, 0.147, 0.58}},
      {"moe_joint",
       {35.91, -0.1889, -0.2285, 0.0098, 35.98, -0.1775, 0.5529, -0.0259, 1.3637, 2.0732, 290.45}},
      {"moe_routed", {-0.082, -0.108, 0.009, 1.104, 1.847, 314.478}},
      {"multi_power",
       {3.04045406, 0.52468604, 0.50786857, 363.78751622, 2.06560812, 0.58279013, 0.64142257}},
      {"overtraining", {1.5083, 141.2773, 189.5155, 0.12124}},
      {"overtraining_error", {0.86, 2.2, 1.1}},
      {"power_constant", {1.5, 200, 0.3}},
      {"power_saturating", {8, 1e5, 0.1}},
      {"precision", {2.7648, 4299, 18060, 0.4965, 0.4865, 2.6745, 2.2102, 0.9578}},
      {"precision_post",
       {2.7648, 4299, 18060, 0.4965, 0.4865, 2.6745, 2.2102, 0.9578, 0.0598, 0.5068, 0.3439, 2}},
      {"saturating", {0.3, 2, 1e3, 1.5, 0.4}},
  };
  for (const auto& [name, shown] : table)
    if (name == law) return shown;
  return {};
}

// Those in plain units; of a law that the table above lacks, the middle of its starts.
inline Theta typical_theta(const LawEntry& law) {
  const std::vector<double> shown = typical_params(law.name);
  Theta theta{};
  for (std::size_t k = 0; k < law.params.size(); ++k) {
    const Grid& starts = law.params[k].starts;
    theta[k] = (starts.first + starts.last) / 2;
    if (!shown.empty()) theta[k] = law.is_log(static_cast<int>(k)) ? std::log(shown[k]) : shown[k];
  }
  return theta;
}

// The design with what the law predicts at theta, plain units; the noise has standard deviation
// `sd`, of the log where residuals are logs. `stream` numbers the noise.
inline RunTable planted_runs(const LawEntry& law, const Theta& theta, double sd = 0,
                             std::uint64_t stream = 0, int num = 256) {
  RunTable out = design_for(law, num);
  for (std::size_t i = 0; i < out.num_runs(); ++i) {
    const double noise = sd == 0 ? 0 : sd * normal(11, stream, static_cast<std::uint32_t>(i));
    const double value = law.predict(theta, seen_of(law, out, i));
    out.loss[i] = law.log_residual ? value * std::exp(noise) : value + noise;
  }
  return out;
}

}  // namespace isoloss
