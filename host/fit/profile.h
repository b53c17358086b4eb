// Profile-likelihood intervals of a least-squares fit.
//
// A value v of a parameter is inside the interval if the least squares that can be had with the
// parameter held at v are no further above the fit's than noise alone would put them:
//
//   (S(v) - S_min) / (S_min / (n - p)) <= t^2
//
// S: weighted sum of squared residuals, the other parameters minimised again at each v;
// n rows, p free parameters, t: Student's at the confidence with n - p degrees of freedom. Exact
// for a law linear in its parameters and errors that are independent, normal and of variance
// sigma^2 / weight with sigma unknown. The quantile of chi squared in place of t^2 is the limit of
// many rows; at 20 rows and 5 parameters it would cover 90 % instead of 95 %.
//
// Sources: Bates & Watts 1988, "Nonlinear regression analysis and its applications", section 6.1;
// Venzon & Moolgavkar 1988, Applied Statistics 37:87.

#pragma once

#include "host/fit/bootstrap.h"
#include "host/fit/result.h"
#include "host/search/problem.h"

namespace isoloss {

// The least objective with theta[param] held at `value`, all other parameters minimised and
// polished for squared residuals.
//
//   problem  centred so that theta[param] is what is held: see profile_problem
//   near     where the search starts, in the problem's search coordinates
PolishedFit profile_point(const LawEntry& law, const Problem& problem, int param, double value,
                          const Theta& near);

// The problem in which theta[param] is in the plain units that a report shows. A weight is then
// that of its term at N = 1, not at the mean run; the two have different profiles.
Problem profile_problem(const LawEntry& law, const Problem& problem, int param);

// The law with the box that it has in a problem of another centre: a weight moves with the unit of
// the response, but for a bound that is zero. theta: near what is looked at, in the search
// coordinates of `from`.
LawEntry with_box_moved(LawEntry law, const Centre& from, const Centre& to, const Theta& theta);

// Interval of a parameter as it is shown. A side on which the objective never rises far enough, or
// only because another parameter has reached its bound, ends at 0 if the parameter cannot be less,
// else at infinity. Without a value if a lower objective than the fit's turned up on the way; the
// lowest such point is added to `lower`, in the problem's search coordinates.
//
//   fit      polished least-squares fit of `problem`; more runs than parameters
//   student  Student's t at the confidence
//   cost     a dozen constrained fits, each of some 6 evaluations
std::optional<Interval> profile_interval(const LawEntry& law, const Problem& problem,
                                         const PolishedFit& fit, int param, double student,
                                         std::vector<Theta>& lower);

// Whether the residuals are rounding alone.
bool goes_through_runs(const Problem& problem, const FitResult& result);

// Fills result.profile and the profile of every parameter, or says why there are none.
//   returns  points that are lower than the fit, from which to search on; search coordinates
std::vector<Theta> add_profiles(const Problem& problem, const PolishedFit& fit, const Units& units,
                                FitResult& result);

}  // namespace isoloss
