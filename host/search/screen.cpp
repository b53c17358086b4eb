#include "host/search/screen.h"

namespace isoloss {

// A resample leaves out a third of the runs: only those with a weight are summed.
void Screen::moments(const double* weights, double* out) const {
  std::vector<int> index(static_cast<std::size_t>(num_runs_));
  std::vector<double> weight(static_cast<std::size_t>(num_runs_));
  std::size_t num = 0;
  for (int i = 0; i < num_runs_; ++i) {
    index[num] = i;
    weight[num] = weights[i];
    num += weights[i] > 0 ? 1 : 0;
  }
  kernels_.weighted_moments(products_, num_moments_, index.data(), weight.data(),
                            static_cast<int>(num), out);
}

}  // namespace isoloss
