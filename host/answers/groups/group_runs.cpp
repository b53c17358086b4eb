#include "host/answers/groups/group_runs.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/base/text.h"
#include "host/reading/column_names.h"

namespace isoloss {
namespace {

std::size_t place_of(const CsvTable& table, const std::string& column) {
  if (const auto found = find_header(table, column)) return *found;
  throw InputError(table.path, table.header_line(), "", "there is no column " + shown(column),
                   near_or_all(column, table.names(), "its columns are"));
}

void add_run(const std::string& group, std::size_t run, std::vector<GroupRows>& out) {
  const auto known = std::find_if(out.begin(), out.end(),
                                  [&](const GroupRows& own) { return own.group == group; });
  if (known != out.end()) {
    known->rows.push_back(run);
  } else {
    out.push_back({group, {run}});
  }
}

}  // namespace

std::vector<GroupRows> groups_of(const CsvTable& table, const RunTable& runs,
                                 const std::string& column) {
  const std::size_t place = place_of(table, column);
  std::vector<GroupRows> out;
  for (std::size_t i = 0; i < runs.num_runs(); ++i) {
    const std::string group(table.cells.text(runs.row[i], place));
    if (group.empty())
      throw InputError(runs.path, runs.line[i], column, "the run has no group",
                       "give it one, or leave it out with ``where``");
    add_run(group, i, out);
  }
  if (out.size() < 2)
    throw InputError(runs.path, 0, column,
                     fmt::format("all runs are of one group, {}", shown(out.front().group)),
                     "name a column that tells them apart");
  return out;
}

std::vector<std::string> names_of(const std::vector<GroupRows>& groups) {
  std::vector<std::string> out;
  for (const GroupRows& own : groups) out.push_back(own.group);
  return out;
}

RunTable with_groups(RunTable runs, const std::vector<GroupRows>& groups) {
  runs.stratum.resize(runs.num_runs());
  for (std::uint32_t place = 0; place < groups.size(); ++place) {
    std::vector<double>& is_in = runs.further[group_column(groups[place].group)];
    is_in.assign(runs.num_runs(), 0);
    for (const std::size_t run : groups[place].rows) {
      is_in[run] = 1;
      runs.stratum[run] = place;
    }
  }
  return runs;
}

}  // namespace isoloss
