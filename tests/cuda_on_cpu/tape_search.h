// A search for a law given as a formula, with runs made up for it: a request for tests of engines.

#pragma once

#include <functional>
#include <vector>

#include "fits/random.h"
#include "fits/search.h"
#include "host/formula/program.h"
#include "host/formula/symbol.h"
#include "host/simd/solver.h"

namespace isoloss {

// A uniform number, the same on every machine.
inline double uniform_number(std::uint64_t stream, int index, double low, double high) {
  const PhiloxBlock words = random_block(12, stream, static_cast<std::uint32_t>(index));
  return low + (high - low) * (words.word[0] + 0.5) * 0x1p-32;
}

class TapeSearch {
 public:
  // prediction: of the target, from parameters and inputs
  using Formula =
      std::function<Symbol(const std::vector<Symbol>& theta, const std::vector<Symbol>& x)>;

  // Inputs are in [0.5, 3], the true theta in [0.2, 1.5], the starts near it, bounds at -2 and 3.
  // The target is the prediction at the true theta with some noise.
  TapeSearch(const Formula& formula, int num_params, int num_inputs)
      : program_(trace(formula, num_params, num_inputs)),
        inputs_(static_cast<std::size_t>(num_inputs * kPadded)),
        target_(kPadded),
        weight_(kPadded, 1.0) {
    for (std::size_t i = 0; i < inputs_.size(); ++i)
      inputs_[i] = uniform_number(1, static_cast<int>(i), 0.5, 3);
    for (int k = 0; k < num_params; ++k) truth_.push_back(uniform_number(2, k, 0.2, 1.5));
    for (int i = 0; i < kStarts * num_params; ++i)
      starts_.push_back(truth_[static_cast<std::size_t>(i % num_params)] +
                        uniform_number(4, i, -0.02, 0.02));
    for (int k = 0; k < num_params; ++k) box.bounds[k] = {-2, 3};
    request.tape = &program_.tape();
    request.num_params = num_params;
    request.num_inputs = num_inputs;
    request.box = &box;
    request.runs = {inputs_.data(), kPadded, target_.data(), weight_.data(), kRuns, kPadded};
    request.starts = starts_.data();
    request.num_starts = kStarts;
    request.num_basins = 3;
    request.resampling.num_units = kRuns;
    fill_target();
  }
  TapeSearch(const TapeSearch&) = delete;  // the request points into it
  TapeSearch& operator=(const TapeSearch&) = delete;

  std::vector<Candidate> search(SearchEngine& engine) const {
    std::vector<Candidate> out(static_cast<std::size_t>(request.resampling.num_problems()));
    engine.search(request, out.data());
    return out;
  }

  Box box{};
  SearchRequest request;

 private:
  static constexpr int kRuns = 45;
  static constexpr int kPadded = 48;
  static constexpr int kStarts = 6;

  static Program trace(const Formula& formula, int num_params, int num_inputs) {
    Graph graph;
    NodeId prediction = kNoNode;
    {
      const GraphScope scope(graph);
      std::vector<Symbol> theta, x;
      for (int k = 0; k < num_params; ++k) theta.push_back(Symbol::of(graph.param(k)));
      for (int k = 0; k < num_inputs; ++k) x.push_back(Symbol::of(graph.input(k)));
      prediction = formula(theta, x).id;
    }
    return Program(std::move(graph), prediction, num_params, num_inputs);
  }

  void fill_target() {
    const LawKernels kernels = tape_kernels(program_.tape(), SimdLevel::portable);
    kernels.predict(kernels.tape, request.runs, truth_.data(), target_.data());
    for (int i = 0; i < kPadded; ++i) {
      // Those behind the last run repeat it, without weight.
      const auto at = static_cast<std::size_t>(i);
      const auto last = static_cast<std::size_t>(kRuns - 1);
      if (i < kRuns) target_[at] += uniform_number(3, i, -0.001, 0.001);
      if (i < kRuns) continue;
      for (int k = 0; k < request.num_inputs; ++k)
        inputs_[static_cast<std::size_t>(k * kPadded) + at] =
            inputs_[static_cast<std::size_t>(k * kPadded) + last];
      target_[at] = target_[last];
      weight_[at] = 0;
    }
  }

  Program program_;
  std::vector<double> inputs_, target_, weight_, truth_, starts_;
};

}  // namespace isoloss
