// The finest screen: every pair of two grids of thousands of exponents, for one problem.
//
// A column x^-exponent / L is an analytic function of its exponent, so all columns of an axis lie
// in a space of some 14 dimensions to the rounding of double: the correlation of a pair takes 14
// products instead of one a run, and columns between a few nodes come from Chebyshev interpolation.

#pragma once

#include "fits/search.h"
#include "host/laws/registry.h"

namespace isoloss {

// The start at the pair of least relative squared error with no negative weight, over
// num_exponents x num_exponents pairs from 0.02 to 2. False if there is no such pair.
//
//   law            can_screen_exponents
//   num_exponents  a multiple of kNumLanes
//   cost           about 0.7 ns a pair on one AVX-512 core: 16.8 million in 12 ms
bool screen_exponent_pairs(const LawEntry& law, const RunsView& runs, int num_exponents,
                           SearchEngine& engine, ScreenedStart& out);

}  // namespace isoloss
