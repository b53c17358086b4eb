// Which rows are left out together.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "host/answers/fitted_law.h"
#include "host/fit/refitter.h"

namespace isoloss {

enum class LeaveOut {
  row,       // each row
  size,      // the rows of each model size; sizes within 2 % are one
  run,       // the rows of each run
  file,      // the rows of each file
  outliers,  // all rows together that lie far off the fit to all: they may hide each other
};

std::string_view leave_out_name(LeaveOut kind);
// Throws InputError for what is none.
LeaveOut leave_out_called(std::string_view name);

// More rows are left out one by one only if that is asked for.
inline constexpr std::size_t kMostSingleRows = Units::kMostOneByOne;

struct RowGroup {
  LeaveOut kind = LeaveOut::row;
  std::string label;              // "line 17", "N 1.05B", "run b7"
  std::vector<std::size_t> rows;  // their places in the table, ascending
};

// In the order of the kinds, and of the table within each. Of the default, no kinds, those that the
// runs have: several sizes, runs or files, of which one has several rows, and several outliers; a
// group of one row is among the rows already.
//
//   throws  InputError for a kind that is asked for and that the runs do not have
std::vector<RowGroup> row_groups(const FittedRuns& made, const std::vector<LeaveOut>& kinds);

}  // namespace isoloss
