// What a fit is: the estimates, how they were found and how far to trust them.

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/base/estimate.h"
#include "host/base/status.h"
#include "host/fit/options.h"
#include "host/fit/theta_rows.h"
#include "host/laws/law_entry.h"

namespace isoloss {

struct Shard;

struct ParamEstimate : Estimate {
  // By linearisation, for squared residuals: host/fit/asymptotic.h.
  std::optional<double> asymptotic_error;
  // Profile-likelihood interval, for squared residuals: host/fit/profile.h. An end may be infinite.
  std::optional<Interval> profile;
  std::string name;
  std::string meaning;
  bool at_bound = false;
  bool fixed = false;  // by the user: an estimate without an interval
};

// The compute-optimal model at one budget.
struct OptimumEstimate {
  double C = 0;
  Estimate N, D, L, tokens_per_param;
  double extrapolation = 0;  // C over the largest run's
  bool interior = true;      // false: the law has no optimum inside its range at this budget
};

// How the points that every search ended in were found.
struct SearchReport {
  int num_starts = 0;    // starts minimised for the fit
  int num_agreeing = 0;  // of them, ended at the best objective
  int num_later = 0;     // points of resamples and profiles, searched on from, that ended there
  bool lower_is_known = false;  // a profile met a lower objective that no search came back to
  int num_basins = 0;           // starts minimised in each resample
  bool limit_reached = false;   // the effort ended the search, not agreement
  bool is_convex = false;       // one optimum is the only one
  // Objectives of the points where its own starts ended, ascending, of many evenly picked; empty
  // where an engine kept the best of them alone.
  std::vector<double> ends;
  std::string method;  // "screen of 64 x 64 exponents, 4 basins", ...
  std::string device;  // "cpu"
  std::string device_reason;
};

// The bootstrap: how it was drawn and whether its fits can be trusted.
struct BootstrapReport {
  int num_resamples = 0;
  int num_not_converged = 0;  // degenerate ones not counted
  int num_flat = 0;           // converged, on a level face: the value is proved, theta not unique
  int num_degenerate = 0;     // fewer runs drawn than parameters are free: no fit
  int num_at_bound = 0;
  bool by_run = false;
  int num_units = 0;  // runs, or rows, that were drawn
  double largest_scaled_gradient = 0;
  bool withheld = false;  // too few fits converged, or too few units: no intervals are given
  std::string withheld_reason;
};

// The profile-likelihood intervals: whether there are any.
struct ProfileReport {
  int degrees_of_freedom = 0;  // runs less free parameters
  std::string left_out;        // why there are none; empty if there are
};

// What other runs would tell parameters apart.
struct Remedy {
  enum class Kind {
    none,   // no runs would: the law has them in one combination only
    vary,   // of the same range, with `input` independent of the others
    widen,  // with a wider range of it
    vary_all,
    widen_all,  // the same of all inputs
  };
  Kind kind = Kind::none;
  int input = -1;  // of the law
};

// How well the design and the fit tell the parameters apart.
struct Identifiability {
  int rank = 0;
  double condition = 0;  // of the column-scaled Jacobian; infinity if rank < parameters
  // The same in the law's search form, if it has one: where that is good, the runs tell what the
  // law predicts, though not the law's own parameters.
  std::optional<double> form_condition;
  // Parameters that trade off where the condition is bad, those that move most first; one alone has
  // no effect. And what would help, where it is too bad.
  std::vector<int> trade_off;
  Remedy remedy;
};

// The noise of the runs beside what the law misses them by: host/fit/lack_of_fit.h.
struct LackOfFit {
  bool against_errors = false;   // that the file gives; else replicates
  std::size_t num_rows = 0;      // that tell the noise
  std::size_t num_settings = 0;  // of replicates
  // Standard deviations of a residual of weight one: of the noise, and of what the law is off
  // beside it, 0 where the noise explains all.
  double noise = 0, misfit = 0;
  double ratio = 0;  // of the mean square that the law leaves to that of the noise, F
  int misfit_freedom = 0, noise_freedom = 0;
  double probability = 1;  // of a ratio as large, if the law holds
};

// What sets of runs that were simulated at the fit tell of its percentile intervals:
// host/answers/coverage/calibrate.h.
struct Calibration {
  struct Quantity {
    std::string name;
    // Share of the sets whose percentile interval holds the fit's value; nothing where none has
    // one.
    std::optional<double> coverage;
    // Of the draws: between them it lies as often as the intervals promise. Nothing where it lies
    // beyond all draws too often.
    std::optional<Interval> levels;
  };
  int num_sets = 0;  // of those asked, that gave intervals
  int num_asked = 0;
  int num_resamples = 0;  // of each
  std::vector<Quantity> quantities;
};

struct FitResult {
  std::shared_ptr<const LawEntry> law;
  FitOptions options;
  Status status = Status::not_converged;
  std::vector<ParamEstimate> params;
  double objective = 0;
  // Of a level face of the optimum, the search coordinates' widths; empty if theta is unique.
  std::vector<double> face_width;
  double scaled_gradient = 0;
  double share_beyond_delta = 0;  // of runs with |residual| > delta; Huber only
  double rms_residual = 0;
  Estimate N_exponent, D_exponent;  // N_opt ~ C^N_exponent at the largest run's budget
  std::vector<OptimumEstimate> optima;
  bool budgets_asked = false;          // options.compute was given, not the default
  Theta theta{};                       // plain units
  Theta bound_theta{};                 // search coordinates, in which the law's box is
  std::vector<double> residuals;       // predicted less observed, of logs if the law's are; by run
  ThetaRows draws;                     // plain units, one a resample
  std::vector<double> draw_objective;  // the same
  std::vector<bool> draw_converged;    // the same
  std::vector<bool> draw_degenerate;   // the same: those are in no interval
  SearchReport search;
  BootstrapReport bootstrap;
  ProfileReport profile;
  Identifiability identifiability;
  std::vector<LackOfFit> lack_of_fit;
  std::optional<Calibration> calibration;  // where it was asked for
  std::vector<Warning> warnings;
  std::shared_ptr<const Shard> shard;  // of options.shards.range: then nothing else is whole
};

// Whether the law has compute-optimal models and the fit gives none: it is not identifiable.
inline bool withholds_optima(const FitResult& fit) {
  return fit.law->optimum != nullptr && fit.status == Status::not_identifiable;
}

}  // namespace isoloss
