// Screening by the objective: the losses of the residuals of every start are computed once; the
// objectives of all starts in a problem are its weights times that table.

#include <algorithm>
#include <cmath>
#include <numeric>

#include "fits/residual_loss.h"
#include "host/search/screen.h"

namespace isoloss {
namespace {

class ObjectiveScreen : public Screen {
 public:
  ObjectiveScreen(const LawKernels& kernels, const SearchRequest& request, SimdLevel level)
      : Screen(level),
        num_params_(request.num_params),
        num_starts_(request.num_starts),
        starts_(request.starts) {
    num_runs_ = request.runs.num_runs;
    num_moments_ = (num_starts_ + kNumLanes - 1) / kNumLanes * kNumLanes;
    costs_.resize(static_cast<std::size_t>(num_runs_) * static_cast<std::size_t>(num_moments_));
    products_ = costs_.data();
    std::vector<double> hat(static_cast<std::size_t>(request.runs.num_padded));
    const double delta = screening_delta(request);
    for (int s = 0; s < num_starts_; ++s) {
      kernels.predict(kernels.tape, request.runs, start(s), hat.data());
      for (int i = 0; i < num_runs_; ++i) {
        const double r = hat[static_cast<std::size_t>(i)] - request.runs.target[i];
        costs_[static_cast<std::size_t>(i) * static_cast<std::size_t>(num_moments_) +
               static_cast<std::size_t>(s)] = screening_cost(r, delta, request.runs.over_penalty);
      }
    }
  }

  void best_starts(const double* moments, int num_basins,
                   std::vector<ScreenedStart>& out) const override {
    std::vector<int> order(static_cast<std::size_t>(num_starts_));
    std::iota(order.begin(), order.end(), 0);
    const int num = std::min(num_basins, num_starts_);
    std::partial_sort(order.begin(), order.begin() + num, order.end(), [&](int a, int b) {
      return moments[a] < moments[b] || (moments[a] == moments[b] && a < b);
    });
    out.clear();
    for (int i = 0; i < num; ++i) {
      ScreenedStart chosen;
      const int s = order[static_cast<std::size_t>(i)];
      std::copy(start(s), start(s) + num_params_, chosen.theta);
      chosen.error = moments[s];
      out.push_back(chosen);
    }
  }

 private:
  const double* start(int s) const { return starts_ + std::ptrdiff_t{s} * num_params_; }

  int num_params_;
  int num_starts_;
  const double* starts_;
  AlignedDoubles costs_;  // num_runs x num_moments
};

}  // namespace

std::unique_ptr<Screen> make_objective_screen(const LawKernels& kernels,
                                              const SearchRequest& request, SimdLevel level) {
  return std::make_unique<ObjectiveScreen>(kernels, request, level);
}

}  // namespace isoloss
