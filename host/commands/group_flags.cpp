#include "host/commands/group_flags.h"

#include "host/base/error.h"
#include "host/commands/optimum_flags.h"

namespace isoloss {

void GroupFlags::add(CommandLine& to) {
  line = &to;
  CLI::App& command = to.app();
  command
      .add_option("--by", by,
                  "Column that names the group of a run, such as a system or a data set: each is "
                  "fitted, and compared with the first")
      ->type_name("COLUMN")
      ->group(kFittingGroup);
  command
      .add_option("--share", shared,
                  "With --by, parameters that all groups have in common: one fit, in which every "
                  "other is a group's own")
      ->delimiter(',')
      ->type_name("NAME[,NAME...]")
      ->group(kFittingGroup);
}

bool GroupFlags::are_asked() const { return line->given("--by") || line->given("--share"); }

GroupsQuestion GroupFlags::question(const BudgetFlags& budgets) const {
  require(line->given("--by"), "--share goes with --by",
          "name the column of the groups: --by system");
  require(!by.empty(), "--by names no column", "name that of the groups: --by system");
  for (const char* flag : {"--draws", "--rows", "--part", "--resamples", "--shard"})
    require(!line->given(flag), std::string(flag) + " is of one fit, and --by makes several",
            "fit one group: --where \"COLUMN == 'GROUP'\"");
  GroupsQuestion out{by, shared, {}};
  for (const std::string& text : budgets.compute) out.budgets.push_back(budget_flops(text));
  return out;
}

}  // namespace isoloss
