// A screen: picks a few good starts for each problem of a request.
//
// What a problem's screen needs is linear in the weights of its runs, so all problems share one
// table of products, and a problem's moments are its weights times that table.

#pragma once

#include <memory>
#include <vector>

#include "fits/search.h"
#include "host/base/aligned.h"
#include "host/laws/law_entry.h"

namespace isoloss {

class Screen {
 public:
  virtual ~Screen() = default;
  int num_moments() const { return num_moments_; }
  // Moments of one problem: weights has num_runs entries, out num_moments. Each is summed over the
  // runs in order, so that it has the same bits on every processor.
  void moments(const double* weights, double* out) const;
  // At most num_basins starts of the problem with these moments (num_moments), best first.
  virtual void best_starts(const double* moments, int num_basins,
                           std::vector<ScreenedStart>& out) const = 0;

 protected:
  explicit Screen(SimdLevel level) : kernels_(screen_kernels(level)) {}

  const ScreenKernels& kernels_;
  int num_runs_ = 0;
  int num_moments_ = 0;               // a multiple of kNumLanes
  const double* products_ = nullptr;  // num_runs x num_moments
};

// grid: must outlive the screen. See fits/exponent_cells.h.
std::unique_ptr<Screen> make_exponent_screen(const ExponentGrid& grid, SimdLevel level);

// Screens request.starts by the objective itself: host/search/objective_screen.cpp.
std::unique_ptr<Screen> make_objective_screen(const LawKernels& kernels,
                                              const SearchRequest& request, SimdLevel level);

}  // namespace isoloss
