// The distribution of a ratio of two variances.

#pragma once

namespace isoloss {

// Probability that a variable of Fisher's F distribution is larger than `ratio`, by the continued
// fraction of the incomplete beta function.
//
//   above, below  degrees of freedom of the variance above and below the line, >= 1
//   source        Abramowitz & Stegun 1964, 26.6.2; fraction: DLMF 8.17.22
double fisher_tail(double ratio, int above, int below);

}  // namespace isoloss
