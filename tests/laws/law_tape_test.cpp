// Every law of fits/laws/ as a tape: what host/formula/ writes down from its formula.

#include <cmath>
#include <vector>

#include "fits/dual_functions.h"
#include "fits/objective.h"
#include "host/laws/all_laws.h"
#include "host/laws/registry.h"
#include "tests/catch.h"
#include "tests/law_draws.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

using T = Lanes<ScalarPack>;

// Random runs of a law, off its predictions at theta by 0.1 at most.
template <class L>
class RandomRuns {
 public:
  RandomRuns(LawDraws& draws, const double* theta) : inputs_(L::inputs.size() * kNum) {
    for (std::size_t i = 0; i < kNum; ++i) {
      const Run<L, double> run = predictable(draws, theta);
      for (std::size_t k = 0; k < L::inputs.size(); ++k) inputs_[k * kNum + i] = run.value[k];
      target_.push_back(L::log_loss(theta, run) + draws.in({-0.1, 0.1}));
      weight_.push_back(draws.in({0, 2}));
    }
  }
  RunsView view() const {
    return {inputs_.data(), kNum, target_.data(), weight_.data(), kNum, kNum};
  }

 private:
  static constexpr int kNum = 2 * kNumLanes;

  static Run<L, double> predictable(LawDraws& draws, const double* theta) {
    for (;;) {
      const Run<L, double> run = draws.template run<L>();
      if (!std::isnan(L::log_loss(theta, run))) return run;
    }
  }

  std::vector<double> inputs_;
  std::vector<double> target_;
  std::vector<double> weight_;
};

// A start at which most runs have a prediction.
template <class L>
std::array<double, L::num_params> predicting_start(LawDraws& draws) {
  for (;;) {
    const auto theta = draws.template start<L>();
    int num_predicted = 0;
    for (int i = 0; i < 20; ++i)
      num_predicted += std::isnan(L::log_loss(theta.data(), draws.template run<L>())) ? 0 : 1;
    if (num_predicted > 10) return theta;
  }
}

void check_near(double ours, double theirs, double size) {
  CHECK(std::fabs(ours - theirs) <= tolerance::kTapeDerivative * std::max(1.0, size));
}

}  // namespace

TEST_CASE("Each law's tape has the value and derivatives of its dual numbers") {
  for_each_law([]<class L>() {
    INFO(L::name);
    const Tape& tape = find_law(L::name).tape();
    LawDraws draws;
    for (int round = 0; round < 10; ++round) {
      const auto theta = predicting_start<L>(draws);
      const RandomRuns<L> runs(draws, theta.data());
      Evaluation<L::num_params> ours;
      Evaluation<L::num_params> dual;
      evaluate_tape<T>(tape, runs.view(), INFINITY, theta.data(), thread_room(tape),
                       view_of(ours, true));
      detail::evaluate_by_duals<L, T, true>(runs.view(), INFINITY, theta.data(), dual);
      check_near(ours.value, dual.value, dual.value);
      double largest = 0;
      for (const double entry : dual.hess) largest = std::max(largest, std::fabs(entry));
      for (int k = 0; k < L::num_params; ++k) {
        check_near(ours.grad[k], dual.grad[k], dual.grad_scale[k]);
        check_near(ours.reach[k], dual.reach[k], dual.reach[k]);
      }
      for (int k = 0; k < num_packed(L::num_params); ++k)
        check_near(ours.hess[k], dual.hess[k], largest);
    }
  });
}

}  // namespace isoloss
