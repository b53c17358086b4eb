// Every tolerance of the tests, each with its reason. Nowhere else stands a 1e-something.

#pragma once

namespace isoloss::tolerance {

// An objective that both sides know to 17 digits: only the order of a sum may differ.
inline constexpr double kGoldenObjective = 1e-12;  // relative
// Parameters at the rounding of the gradient: the condition number 4e3 takes 1e-16 to 1e-12.
inline constexpr double kGoldenParameter = 1e-9;  // relative
// A basis that spans the columns of the exponents to 1e-5 of their norm.
inline constexpr double kScreenError = 1e-3;  // relative, of the squared error
// Two searches that end in the same optimum.
inline constexpr double kSameOptimum = 1e-9;  // relative, of the objective
// The slope of a piecewise quadratic at its root: sums of some 20 numbers of its size, with a root
// known to a few roundings of t.
inline constexpr double kModelSlope = 1e-11;  // relative to the slope at the beginning
inline constexpr double kBreakpoint = 1e-9;   // relative, of t
// A step beside an optimum that a proof must tell from it.
inline constexpr double kAside = 1e-6;  // of residuals of size one
// An exact optimum, by enumeration or linear programming, written with 14 digits.
inline constexpr double kExactOptimum = 1e-10;  // relative, of the objective
// Huber's loss of delta 1e-9 beside absolute residuals of a hundredth and more.
inline constexpr double kTinyDelta = 1e-6;  // relative, of the objective
// Derivatives by two exact routes.
inline constexpr double kDerivative = 1e-12;  // relative to max(1, |value|)
// The same of laws far from any data, where terms of a derivative cancel.
inline constexpr double kTapeDerivative = 1e-11;  // relative to the sum of the terms' sizes
// Central differences of a double: eps^(2/3), with a step of eps^(1/3).
inline constexpr double kDifference = 1e-6;  // relative to max(1, |value|)
inline constexpr double kDifferenceStep = 1e-5;
// The noise-free CS336 surface is published with 16 digits of loss and rounded token counts.
inline constexpr double kNoiseFree = 1e-7;  // relative
// Residuals of log L of a law whose parameters trade off: noise of training is 1e-3.
inline constexpr double kNoiseFreeCurve = 1e-5;
// Half a unit of the third printed digit, whatever the first is.
inline constexpr double kThreeDigits = 5e-3;  // relative
// Half a unit of the second decimal, and of the third.
inline constexpr double kTwoDecimals = 5e-3;    // absolute
inline constexpr double kThreeDecimals = 5e-4;  // absolute
// Ratios and equations in closed form, a few roundings each.
inline constexpr double kClosedForm = 1e-10;  // relative
// Where a loss is least it is level: a root of a rounding of it.
inline constexpr double kFlatOptimum = 1e-6;  // relative
// A loss known to 15 digits: exponents times logs of size 30 lose one or two of them.
inline constexpr double kPublishedLoss = 1e-12;  // relative
// The largest error of our exp and log, in units in the last place; see fits/math.h.
inline constexpr double kExpUlp = 1.1;
inline constexpr double kLogUlp = 1.0;
// The same of fits/functions.h; of sine and cosine next to their zeros, where what is left of the
// angle is small, and elsewhere.
inline constexpr double kOneMinusExpUlp = 2.1;
inline constexpr double kSineUlp = 2.5;
inline constexpr double kSineNearZeroUlp = 3.5;
inline constexpr double kAtanUlp = 2;
// balance: a few roundings of numbers of the size of the result.
inline constexpr double kBalance = 1e-15;  // relative to max(1, |value|)
// The same of those in float, see fits/math.h.
inline constexpr double kFloatUlp = 1;
// log L_hat in float: theta and the run's logs, of size 30 at most, are rounded to float too.
inline constexpr double kFloatLogLoss = 2e-5;  // absolute

// NIST certifies 11 digits; computed anew to 60 digits its values agree to 10.3 and more of the
// parameters and 10.4 of the errors, which a fit in double loses up to one of.
inline constexpr double kNistParamDigits = 10.0;
inline constexpr double kNistErrorDigits = 9.5;
inline constexpr double kNistMeanDigits = 10.7;

// A screen in float, which only ranks starts and is never reported.
inline constexpr double kEngineFloat = 1e-4;  // relative, of the objective

// CUDA's exp and log in double are off by less than 1 ULP, and so is the host's.
inline constexpr double kCudaDouble = 1e-15;  // relative
// Its expf and logf: 2 ULP of float.
inline constexpr double kCudaFloat = 5e-7;  // relative

// Monte Carlo error of a bootstrap of 4,000: a standard error is known to 1.1 %, an end of a 95 %
// interval to 3 % of its width; three times that.
inline constexpr double kStandardErrorShare = 0.035;
inline constexpr double kIntervalEndShare = 0.09;

// A fit in other units is the same fit but for the rounding of logs as large as 69, which the
// condition number of a valley multiplies.
inline constexpr double kUnits = 1e-6;  // relative, or absolute in theta
// Values of the literature and of other programs, as printed.
inline constexpr double kPrinted = 1e-3;     // relative
inline constexpr double kPrinted5 = 1e-5;    // relative
inline constexpr double kPrintedEnd = 2e-8;  // relative
// Planted parameters under the noise of 252 runs.
inline constexpr double kPlantedByNoise = 2e-2;  // relative
// Where a loss becomes level to 1e-12 is told by its last digits.
inline constexpr double kPlateau = 1e-2;  // relative, of log N and log D
// The objective at the end of a profile: the end is known to 1e-12 of its search coordinate, and
// the distance in standard errors, at most some 1e4 a unit, is squared.
inline constexpr double kProfileEnd = 1e-8;  // relative
// A quantile of Student's t against an integral of its density, written with 12 digits.
inline constexpr double kQuantile = 1e-11;  // relative
// The tail of a distribution, whose logarithm of the gamma function is a thousand times as long.
inline constexpr double kTail = 1e-8;  // relative
// Coverage over so many data sets is binomial: 1.5 points for 95 % of 200. Three times that.
inline constexpr double kCoverageSigmas = 3;
// Some 130 planted parameters are compared, with standard errors known to a twentieth.
inline constexpr double kPlantedSigmas = 4.5;

// Learning rates summed over 72,000 steps are published with 7 digits, and what falls of them with
// 6; small falls are small differences.
inline constexpr double kPrintedSum = 1e-6;        // relative
inline constexpr double kPrintedAnnealing = 2e-6;  // absolute, up to 0.3
// A Gauss rule in double against sums over its points.
inline constexpr double kQuadrature = 1e-11;  // relative
// A history of 24 nodes, for schedules that are smooth between jumps; a square root's beginning
// is not. Errors of the sum by how much of the peak rate: the loss is off by a tenth of that.
inline constexpr double kHistory = 1e-6;
inline constexpr double kHistoryOfRoot = 2e-5;
// Held-out errors, published with three or four digits.
inline constexpr double kHeldOut = 1e-2;    // relative
inline constexpr double kHeldOutR2 = 1e-4;  // absolute
// An objective beside one computed elsewhere and printed with ten digits.
inline constexpr double kPrintedObjective = 1e-6;  // relative
// What a history's error makes of the gain of a falling rate, whose peak rate is 3e-4.
inline constexpr double kHistoryGain = 3e-4;
// Half a unit of the fifth and of the sixth decimal.
inline constexpr double kFiveDecimals = 0.5e-5;
inline constexpr double kSixDecimals = 0.5e-6;
// Parameters of a curve's law from losses without noise: the objective is flat along a valley.
inline constexpr double kNoiseFreeValley = 1e-3;  // relative
// A count of parameters converted there and back: the cube of a cube root, some ten roundings.
inline constexpr double kCountInverse = 1e-14;  // relative

// 95 % intervals from blocks of noise that remembers 0.6 hold 9 times in 10; less three standard
// errors of a share of 60.
inline constexpr double kBlockCoverage = 0.78;
// The spread of draws of blocks against that of long noise: two thirds of what 2,000 rows tell.
inline constexpr double kBlockSpread = 0.25;  // relative
// Noise of 1e-6 in planted curves, smoothed by lines over 15 %.
inline constexpr double kSmoothCrossing = 1e-3;  // relative, of a budget
inline constexpr double kSmoothLoss = 1e-4;      // nats per token

// Optima are roots of slopes that both sides know to 1e-13; the first-order condition divides by
// differences of a tenth. A loss, which is flat there, is as good as closed form.
inline constexpr double kOptimum = 1e-9;  // relative, of N and D
// Of a golden answer found by comparing losses, which are level to 1e-8 about their least.
inline constexpr double kSearchedOptimum = 1e-6;  // relative, of N and D
inline constexpr double kFirstOrder = 1e-8;       // relative
inline constexpr double kSaving = 1e-7;  // relative: some savings are a hundredth of the cost
inline constexpr double kShrink = 1e-7;  // relative: overheads of a hundredth know N so far
// As printed: half a unit of the last digit.
inline constexpr double kWholePercent = 5e-3;  // absolute
inline constexpr double kFourDigits = 5e-4;    // relative
inline constexpr double kFiveDigits = 5e-5;    // relative
inline constexpr double kEightDigits = 5e-8;   // relative
// The last cell of a grid search beside the optimum.
inline constexpr double kGridSearch = 1e-3;  // relative
// Rows of Hoffmann et al.'s tables from a power law through them: three digits of C, and in
// approach 3 the curvature of what they came from.
inline constexpr double kApproach1 = 0.013;  // relative, of N
inline constexpr double kApproach2 = 0.033;
inline constexpr double kApproach3 = 0.040;
// The same of D, which is printed with two to four digits: 1.43T as 1.5T.
inline constexpr double kApproach1Tokens = 0.057;  // relative
inline constexpr double kApproach2Tokens = 0.026;
// An overhead from a root of the cost: log L falls by some 0.05 where the log of the cost rises by
// one, so a rounding of log L is twenty of the cost.
inline constexpr double kOverhead = 1e-10;  // absolute

// Two searches of a resample that end in one basin, before either is polished.
inline constexpr double kSameRefit = 1e-5;  // relative, of the objective
// A pair of breaks of slopes 18 and -18 beside the derivatives that it stands for, on runs with a
// sharp bend.
inline constexpr double kMergedLimit = 0.1;  // relative, of the squared error

// An objective at parameters converted from those of a search form: large terms cancel in them.
inline constexpr double kConverted = 1e-6;  // relative

}  // namespace isoloss::tolerance
