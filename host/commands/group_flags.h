// Flags of fits by group: --by and --share.

#pragma once

#include <string>
#include <vector>

#include "host/answers/groups/groups.h"
#include "host/commands/fitting_flags.h"

namespace isoloss {

struct GroupFlags {
  std::string by;
  std::vector<std::string> shared;
  const CommandLine* line = nullptr;

  void add(CommandLine& to);
  bool are_asked() const;
  // Throws InputError for --share without --by and for what a fit of one group alone can be asked.
  GroupsQuestion question(const BudgetFlags& budgets) const;
};

}  // namespace isoloss
