// Runs by what stands in one column of their files.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "host/laws/joint_law.h"
#include "host/reading/csv.h"
#include "host/reading/run_table.h"

namespace isoloss {

// The runs of one group, by their place in the table.
struct GroupRows {
  std::string group;  // what stands in the column
  std::vector<std::size_t> rows;
};

// In the order in which the groups come in the file. `column`: its header, as find_header() reads
// it.
//
//   throws  InputError for a header that is not there, a cell of it that is empty, and if all runs
//           are of one group
std::vector<GroupRows> groups_of(const CsvTable& table, const RunTable& runs,
                                 const std::string& column);

std::vector<std::string> names_of(const std::vector<GroupRows>& groups);

// The runs with the columns that a joint law of the groups reads besides.
RunTable with_groups(RunTable runs, const std::vector<GroupRows>& groups);

}  // namespace isoloss
