// One law for several groups of runs: some of its parameters are shared, of the others each group
// has its own.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "host/laws/law_entry.h"
#include "host/laws/placed_law.h"

namespace isoloss {

// Behind the inputs of the law it reads one more a group, the columns of group_column(), which is 1
// in the runs of the group and 0 in all others: L = sum of these times the law with the parameters
// of the group. What one group is linear in, the whole is too, and the search solves for it.
struct JointLaw {
  LawEntry law;
  std::vector<std::vector<int>>
      places;  // by group and parameter of the law: its place in the whole

  // Of one group: its parameters out of those of all.
  Theta of_group(std::size_t group, const Theta& theta) const;
};

// "alpha" is one parameter for all where `shared` names it; of another, the group A has "E of A".
//
//   groups   at least one
//   throws   InputError for a name that the law does not have and for more parameters than a law
//            may have
JointLaw joint_law(const LawEntry& law, std::span<const std::string> groups,
                   std::span<const std::string> shared);

// "E" of "E of A"; nothing of a parameter that is all groups'.
std::optional<std::string> param_of_group(const std::string& name);

// The column in which the runs of a group are told.
std::string group_column(const std::string& group);

}  // namespace isoloss
