// Resamples of the noise of a training curve, in which neighbouring rows are not independent.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace isoloss {

// Rows of a block for residuals in the order of the curve: the longer the autocorrelation reaches,
// the more. 1 for white noise; at most a third of the rows and three times their square root.
//
//   source  Politis & White 2004, "Automatic block-length selection for the dependent bootstrap",
//           with the correction of Patton, Politis & White 2009, for circular blocks
int block_length(std::span<const double> residuals);

// By what residuals are multiplied so that blocks of them vary as the noise does: for correlation
// that ends at the ends of blocks, by the long-run variance over that within blocks; for what a fit
// of num_fitted parameters has taken out of them, as if every block were one independent value.
// Between 1 and 2.8.
double block_scale(std::span<const double> residuals, int block, double num_fitted);

// How blocks are drawn. With a reach a block comes from places at most so many rows away, so that
// noise that changes along the curve stays where it is (the local block bootstrap of Paparoditis &
// Politis 2002); without, from anywhere.
struct BlockDraw {
  int block = 1;
  std::size_t reach = SIZE_MAX;  // rows
  double scale = 1;              // of the residuals
};

// Draws curves of noise made of blocks of `residuals` with replacement. Blocks overlap and end at
// the ends of the curve (Kuensch 1989); of each row its mean over all draws is subtracted, so that
// draws are errors about 0 wherever residuals are not.
class BlockBootstrap {
 public:
  // residuals: in the order of the curve
  BlockBootstrap(std::vector<double> residuals, const BlockDraw& draw);

  // Noise of every row: stream `stream` of `seed`. May be called by many threads.
  std::vector<double> noise(std::uint64_t seed, std::uint64_t stream) const;

 private:
  // A block of the noise begins at row `at` and is copied from a row of first .. last.
  struct Place {
    std::size_t at, first, last;
  };

  std::vector<double> residuals_;
  std::size_t block_;
  double scale_;
  std::vector<Place> places_;
  std::vector<double> expected_;  // mean of a row's noise before it is subtracted
};

}  // namespace isoloss
