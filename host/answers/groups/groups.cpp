#include "host/answers/groups/groups.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "host/answers/groups/group_runs.h"
#include "host/answers/optimum/draws_without.h"
#include "host/base/error.h"
#include "host/base/text.h"
#include "host/base/warnings.h"
#include "host/fit/extrapolation_warning.h"
#include "host/fit/fit.h"
#include "host/laws/law_choice.h"
#include "host/laws/registry.h"
#include "host/reading/read_runs.h"

namespace isoloss {
namespace {

// All that every fit of the question needs.
struct Read : LawAndRuns {
  std::vector<GroupRows> groups;
};

Read read_groups(RunSource source, const GroupsQuestion& question, const FitOptions& options) {
  source.table = table_of(source);
  Read out{read_law_and_runs(source, options), {}};
  out.groups = groups_of(*source.table, out.runs, question.by);
  // Which rows are of one law has been said.
  std::erase_if(out.runs.warnings,
                [](const Warning& own) { return own.name == code_of<"groups_mixed">; });
  return out;
}

FitOptions options_of_group(FitOptions options, std::size_t place, bool has_draws) {
  options.compute.clear();
  options.seed += place;
  if (!has_draws) options.num_resamples = 0;
  return options;
}

GroupFit fit_group(const Read& read, std::size_t place, const FitOptions& options) {
  const GroupRows& own = read.groups[place];
  GroupFit out{own.group, own.rows.size(), {}, {}, "", NAN};
  try {
    out.law = law_fitted_to(picked_rows(read.runs, own.rows),
                            std::make_shared<const LawEntry>(read.law), options);
    out.params = out.law->made->fit.params;
    out.objective = out.law->made->fit.objective;
  } catch (const InputError& error) {
    out.failure = error.message;
  }
  return out;
}

// The part of one group of the joint fit.
FittedLaw part_of(const JointLaw& joint, std::size_t place, const FittedLaw& whole,
                  const LawEntry& law, const std::string& group) {
  FittedLaw out;
  out.title = whole.title + ", " + printable(group);
  out.law = law;
  out.response = whole.response;
  out.confidence = whole.confidence;
  out.flops_per_token_param = whole.flops_per_token_param;
  out.largest_flops = whole.largest_flops;
  out.withholds = whole.withholds;
  out.status = whole.status;
  for (const Theta& theta : whole.thetas) out.thetas.push_back(joint.of_group(place, theta));
  for (const int k : joint.places[place])
    out.intervals.push_back(whole.intervals[static_cast<std::size_t>(k)]);
  return out;
}

std::vector<ParamEstimate> params_of(const JointLaw& joint, std::size_t place,
                                     const FittedLaw& whole, const LawEntry& law) {
  std::vector<ParamEstimate> out;
  for (std::size_t k = 0; k < law.params.size(); ++k) {
    const auto own = static_cast<std::size_t>(joint.places[place][k]);
    out.push_back(whole.made->fit.params[own]);
    out.back().name = law.params[k].name;
  }
  return out;
}

// A group of fewer runs than parameters of its own would be met by any of their values.
void require_enough_runs(const Read& read, const std::vector<std::string>& shared) {
  std::size_t num_own = 0;
  for (std::size_t k = 0; k < read.law.params.size(); ++k)
    if (!read.law.is_held(static_cast<int>(k)) &&
        std::find(shared.begin(), shared.end(), read.law.params[k].name) == shared.end())
      ++num_own;
  for (const GroupRows& own : read.groups)
    if (own.rows.size() < num_own)
      throw InputError(read.runs.path, 0, "",
                       fmt::format("the group {} has {} for {} of its own", shown(own.group),
                                   counted(own.rows.size(), "run"), counted(num_own, "parameter")),
                       "``share`` more of them, or leave the group out with ``where``");
}

void add_joint(const Read& read, const FitOptions& options, Groups& out) {
  const JointLaw joint = joint_law(read.law, names_of(read.groups), out.question.shared);
  require_enough_runs(read, out.question.shared);
  FitOptions own = options;
  own.compute.clear();
  FittedLaw law = law_fitted_to(with_groups(read.runs, read.groups),
                                std::make_shared<const LawEntry>(joint.law), own);
  for (std::size_t place = 0; place < out.groups.size(); ++place) {
    GroupFit& group = out.groups[place];
    group.law = part_of(joint, place, law, read.law, group.group);
    group.params = params_of(joint, place, law, read.law);
    group.failure.clear();
  }
  const double objective = law.made->fit.objective;
  out.warnings = law.warnings;
  out.joint = JointFit{std::move(law), objective, joint.law.num_free()};
}

void require_any(const Groups& groups) {
  if (std::any_of(groups.groups.begin(), groups.groups.end(),
                  [](const GroupFit& own) { return own.law.has_value(); }))
    return;
  throw InputError(groups.path, 0, groups.question.by,
                   fmt::format("no group has a fit; {}: {}", shown(groups.groups.front().group),
                               groups.groups.front().failure),
                   "name a column of fewer groups, or share parameters: ``share``");
}

// A warning of any group, once, with the groups that it is of.
void collect_warnings(Groups& out) {
  std::vector<std::pair<Warning, std::string>> found;
  for (const GroupFit& own : out.groups) {
    if (!own.law) continue;
    for (const Warning& of_group : own.law->warnings) {
      const auto same = std::find_if(found.begin(), found.end(), [&](const auto& known) {
        return known.first.name == of_group.name && known.first.text == of_group.text;
      });
      if (same == found.end()) {
        found.emplace_back(of_group, printable(own.group));
      } else {
        same->second += ", " + printable(own.group);
      }
    }
  }
  for (auto& [own, groups] : found) {
    own.text = groups + ": " + own.text;
    out.warnings.push_back(own);
  }
}

bool has_optima(const GroupFit& group) {
  return group.law && group.law->status != Status::not_identifiable;
}

void add_ratios(const RunTable& runs, int num_threads, Groups& out) {
  if (!has_compute_ratios(out.law)) {
    if (!out.question.budgets.empty())
      throw InputError("", 0, "", fmt::format("{} has no compute-optimal models", out.law.name),
                       "leave out ``compute``, or take a law of N and D");
    return;
  }
  if (out.question.budgets.empty()) out.question.budgets = default_budgets(runs.largest_flops());
  const GroupFit* than = nullptr;
  for (const GroupFit& group : out.groups) {
    if (!has_optima(group)) continue;
    if (than == nullptr) {
      than = &group;
      continue;
    }
    for (ComputeRatio own :
         compute_ratios(*group.law, *than->law, out.question.budgets, num_threads)) {
      own.group = group.group;
      own.than = than->group;
      out.ratios.push_back(own);
    }
  }
}

}  // namespace

Outcome Groups::outcome() const {
  if (joint) return joint->law.outcome();
  const auto is_sound = [](const GroupFit& own) {
    return own.law && own.law->outcome() == Outcome::sound;
  };
  return std::all_of(groups.begin(), groups.end(), is_sound) ? Outcome::sound : Outcome::unsound;
}

Groups fit_groups(const RunSource& source, const GroupsQuestion& question,
                  const FitOptions& options) {
  const Read read = read_groups(source, question, options);
  Groups out;
  out.question = question;
  out.path = read.runs.path;
  out.num_runs = read.runs.num_runs();
  out.law = read.law;
  out.seed = options.seed;
  out.num_resamples = options.num_resamples;
  out.confidence = options.confidence;
  const bool is_joint = !question.shared.empty();
  for (std::size_t place = 0; place < read.groups.size(); ++place)
    out.groups.push_back(
        fit_group(read, place, options_of_group(options, place, /*has_draws=*/!is_joint)));
  if (is_joint) {
    add_joint(read, options, out);
  } else {
    require_any(out);
    collect_warnings(out);
  }
  add_ratios(read.runs, options.num_threads, out);
  if (out.ratios.empty()) return out;
  // Of budgets that were asked: the default ones are far by intent.
  if (const auto own = extrapolation_warning(question.budgets, read.runs))
    out.warnings.push_back(*own);
  if (const auto own = draws_without_warning(out.ratios)) out.warnings.push_back(*own);
  return out;
}

}  // namespace isoloss
