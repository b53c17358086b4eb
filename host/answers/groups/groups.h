// Runs of several groups, such as systems, data sets or schedules: a law fitted to each, or one fit
// to all in which they share some parameters, and how much compute one saves against another.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "host/answers/fitted_law.h"
#include "host/answers/groups/compute_ratio.h"

namespace isoloss {

struct GroupsQuestion {
  std::string by;                   // the header that names the group of a run
  std::vector<std::string> shared;  // parameters that all groups have in common; empty: none
  std::vector<double> budgets;  // FLOP at which groups are compared; empty: the largest run's, 10
                                // and 100 times it
};

// One group's law.
struct GroupFit {
  std::string group;
  std::size_t num_runs = 0;
  std::optional<FittedLaw> law;       // with shared parameters: its part of the one fit
  std::vector<ParamEstimate> params;  // of the law, in its order
  std::string failure;                // why there is none; else empty
  double objective = 0;               // of a fit to its runs alone; NaN where there is none
};

// The one fit in which parameters are shared.
struct JointFit {
  FittedLaw law;  // of host/laws/joint_law.h
  double objective = 0;
  int num_params = 0;  // of all groups together, those that are fixed not counted
};

struct Groups {
  GroupsQuestion question;  // with the defaults filled in
  std::string path;
  std::size_t num_runs = 0;
  LawEntry law;
  std::uint64_t seed = 1;
  int num_resamples = 0;
  double confidence = 0.95;
  std::vector<GroupFit> groups;   // in the order in which they come in the file
  std::optional<JointFit> joint;  // if parameters are shared
  // Of each group against the first whose fit tells its parameters apart, by budget; of such
  // groups. Empty where the law has no compute-optimal models.
  std::vector<ComputeRatio> ratios;
  std::vector<Warning> warnings;

  // Of the joint fit; else the worst of all groups, and none if no group has a fit.
  Outcome outcome() const;
};

// Fits each group, or with shared parameters all of them as one law: every parameter that is not
// named is a group's own. A shared fit resamples all runs together; else the resamples of a group
// have a seed of their own, seed + its place, so that groups differ by chance of their own.
//
//   options  of every fit; compute is the question's
//   throws   InputError for a column that is not there or has one group, a parameter that is none,
//            more parameters than one law may have or a group has runs, and where no group has a
//            fit; DeviceError; Interrupted
//   cost     a fit a group; with shared parameters one fit of as many parameters as there are
//            together, some ten times that of a law of terms
Groups fit_groups(const RunSource& source, const GroupsQuestion& question,
                  const FitOptions& options = {});

}  // namespace isoloss
