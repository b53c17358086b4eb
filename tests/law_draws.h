// Random runs and parameters of any law.

#pragma once

#include <array>
#include <cmath>
#include <random>

#include "fits/law.h"

namespace isoloss {

// Plausible ranges: of the log where the axis is logarithmic.
inline Bounds plausible(Input input) {
  if (is_history(input)) {
    static constexpr Bounds kOfNode[] = {{-1e-6, 1e-5}, {-10.5, -8}, {-8, 2}};  // lr_gap(0), ..
    return kOfNode[(static_cast<int>(input) - kNumInputs) % 3];
  }
  switch (input) {
    case Input::N:
      return {std::log(1e5), std::log(1e13)};
    case Input::D:
    case Input::U:
      return {std::log(1e7), std::log(1e15)};
    case Input::C:
      return {std::log(1e15), std::log(1e27)};
    case Input::S:
      return {std::log(1e2), std::log(1e7)};
    case Input::L:
      return {0.5, 12};
    case Input::E:
      return {0, std::log(4096)};
    case Input::G:
      return {0, std::log(64)};
    case Input::x:
      return {0, 60};
    case Input::S_1:
      return {-3, 6};
    case Input::S_2:
      return {0, 1};
    case Input::P_w:
    case Input::P_a:
    case Input::P_kv:
    case Input::P_post:
      return {1, 32};
  }
  return {0, 1};
}

class LawDraws {
 public:
  double in(Bounds range) {
    return std::uniform_real_distribution<double>(range.lower, range.upper)(bits_);
  }
  // One of the ends, or between them.
  double in_box(Bounds range) {
    const auto which = bits_() % 3;
    return which == 0 ? range.lower : which == 1 ? range.upper : in(range);
  }
  template <class L>
  Run<L, double> run() {
    Run<L, double> out;
    for (std::size_t i = 0; i < L::inputs.size(); ++i) out.value[i] = in(plausible(L::inputs[i]));
    return out;
  }
  // From the ranges of the starts.
  template <class L>
  std::array<double, L::num_params> start() {
    std::array<double, L::num_params> theta;
    for (std::size_t k = 0; k < theta.size(); ++k)
      theta[k] = in({L::params[k].starts.first, L::params[k].starts.last});
    return theta;
  }

 private:
  std::mt19937_64 bits_{1};
};

// A law that predicts a difference has points without a log.
template <class L>
constexpr bool may_be_nan =
    L::name == "overtraining_error" || L::name == "lr_annealing" || L::name == "multi_power";

}  // namespace isoloss
