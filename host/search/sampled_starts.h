// Starts of a law that no exponent screen serves: a low-discrepancy sample of the parameters in
// which it is not linear, with the others solved for.
//
// For fixed nonlinear parameters the best linear ones are a small least-squares problem (variable
// projection: Golub & Pereyra 1973). What is left to sample has few dimensions: one for Gadre's
// law, two for Chinchilla's, none for a straight line.

#pragma once

#include <vector>

#include "host/search/problem.h"

namespace isoloss {

// Points of the parameters' ranges that are looked at: 1 if all are linear or given, up to 8192.
int num_samples(const LawEntry& law);

// At most num_starts of them, num x num_params in search coordinates, least error first. Points
// close to a better one are left out. Each round looks at points of its own. Parameters with a
// start are held there.
//
//   cost  one pass over the runs a sample, with first derivatives, and a small linear system
std::vector<double> sampled_starts(const LawEntry& law, const Problem& problem, int num_starts,
                                   int round = 0);

// The start that the user gives, as it stands and with what is linear solved for, and points around
// it; the best num_sampled of a sample of the others if a parameter has neither a start nor can be
// solved for. Empty if none is given.
std::vector<double> given_starts(const LawEntry& law, const Problem& problem, int num_sampled);

// Least squares of resamples of the runs, from a point whose nonlinear parameters they keep: where
// a law has none, starts that differ and lie where the runs are.
//
//   point    num_params values in search coordinates
//   returns  at most num points, num x num_params
std::vector<double> resampled_starts(const LawEntry& law, const Problem& problem,
                                     const double* point, int num);

}  // namespace isoloss
