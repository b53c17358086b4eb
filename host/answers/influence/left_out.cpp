#include "host/answers/influence/left_out.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "host/answers/compare_laws/holdout.h"
#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/base/number_text.h"
#include "host/base/text.h"
#include "host/base/value_groups.h"
#include "host/fit/outliers.h"

namespace isoloss {
namespace {

constexpr std::pair<LeaveOut, std::string_view> kKinds[] = {{LeaveOut::row, "row"},
                                                            {LeaveOut::size, "size"},
                                                            {LeaveOut::run, "run"},
                                                            {LeaveOut::file, "file"},
                                                            {LeaveOut::outliers, "outliers"}};

std::vector<RowGroup> each_row(const RunTable& runs) {
  std::vector<RowGroup> out;
  for (std::size_t i = 0; i < runs.num_runs(); ++i)
    out.push_back({LeaveOut::row, runs.place_of(i), {i}});
  return out;
}

std::vector<RowGroup> each_size(const RunTable& runs, const LawEntry& law) {
  std::vector<RowGroup> out;
  if (!law.reads(Input::N)) return out;
  const ValueGroups sizes = groups_by_value(runs.params, kSameGroup);
  for (std::size_t g = 0; g < sizes.size(); ++g)
    out.push_back({LeaveOut::size, "N " + count_text(sizes.least[g]), sizes.members(g)});
  return out;
}

std::vector<RowGroup> each_run(const RunTable& runs) {
  std::vector<RowGroup> out;
  for (std::vector<std::size_t>& rows : rows_by_run(runs)) {
    const std::string label = "run " + printable(runs.run[rows.front()]);
    out.push_back({LeaveOut::run, label, std::move(rows)});
  }
  return out;
}

std::vector<RowGroup> each_file(const RunTable& runs) {
  std::map<std::string, std::vector<std::size_t>> rows;
  for (std::size_t i = 0; i < runs.num_runs(); ++i) rows[runs.path_of(runs.row[i])].push_back(i);
  std::vector<RowGroup> out;
  for (auto& [path, own] : rows)
    out.push_back({LeaveOut::file, "file " + printable(path), std::move(own)});
  return out;
}

std::vector<RowGroup> all_outliers(const FittedRuns& made) {
  std::vector<std::size_t> rows;
  for (const Outlier& own : outliers(made.runs, made.fit, outlier_limit(made.fit)))
    rows.push_back(own.run);
  std::sort(rows.begin(), rows.end());
  if (rows.empty()) return {};
  const std::string label = counted(rows.size(), "outlier");
  return {{LeaveOut::outliers, label, std::move(rows)}};
}

std::vector<RowGroup> groups_of_kind(const FittedRuns& made, LeaveOut kind) {
  const RunTable& runs = made.runs;
  switch (kind) {
    case LeaveOut::outliers:
      return all_outliers(made);
    case LeaveOut::size:
      return each_size(runs, *made.fit.law);
    case LeaveOut::run:
      return each_run(runs);
    case LeaveOut::file:
      return each_file(runs);
    default:
      return each_row(runs);
  }
}

// Of which some are left when one is left out.
std::size_t fewest_of(LeaveOut kind) { return kind == LeaveOut::outliers ? 1 : 2; }

// Whether it says something that no other kind does.
bool is_there(const std::vector<RowGroup>& groups, LeaveOut kind) {
  if (kind == LeaveOut::row) return groups.size() <= kMostSingleRows;
  return groups.size() >= fewest_of(kind) &&
         std::any_of(groups.begin(), groups.end(),
                     [](const RowGroup& own) { return own.rows.size() > 1; });
}

// Which are left out one by one already.
void drop_single_rows(std::vector<RowGroup>& groups) {
  std::erase_if(groups, [](const RowGroup& own) { return own.rows.size() == 1; });
}

}  // namespace

std::string_view leave_out_name(LeaveOut kind) {
  return kKinds[static_cast<std::size_t>(kind)].second;
}

LeaveOut leave_out_called(std::string_view name) {
  std::vector<std::string> names;
  for (const auto& [kind, own] : kKinds) {
    if (own == name) return kind;
    names.emplace_back(own);
  }
  refuse(fmt::format("{} is nothing to leave out", shown(name)),
         near_or_all(name, names, "there are"));
}

std::vector<RowGroup> row_groups(const FittedRuns& made, const std::vector<LeaveOut>& kinds) {
  std::vector<RowGroup> out;
  const auto add = [&](std::vector<RowGroup> groups) {
    out.insert(out.end(), std::make_move_iterator(groups.begin()),
               std::make_move_iterator(groups.end()));
  };
  for (const LeaveOut kind : kinds) {
    std::vector<RowGroup> groups = groups_of_kind(made, kind);
    require(groups.size() >= fewest_of(kind),
            fmt::format("``each`` {}: these runs have {}", leave_out_name(kind),
                        groups.empty() ? "none" : "only one"),
            "leave out by something that varies");
    add(std::move(groups));
  }
  if (!kinds.empty()) return out;
  for (const auto& [kind, name] : kKinds) {
    std::vector<RowGroup> groups = groups_of_kind(made, kind);
    if (!is_there(groups, kind)) continue;
    if (kind != LeaveOut::row && made.runs.num_runs() <= kMostSingleRows) drop_single_rows(groups);
    add(std::move(groups));
  }
  return out;
}

}  // namespace isoloss
