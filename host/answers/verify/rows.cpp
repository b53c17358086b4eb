#include "host/answers/verify/rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "host/base/error.h"
#include "host/base/file_bytes.h"
#include "host/base/nearest.h"
#include "host/base/text.h"
#include "host/laws/law_choice.h"
#include "host/reading/column_names.h"
#include "host/reading/csv.h"
#include "host/reading/data_sets.h"
#include "host/reading/read_runs.h"
#include "host/reading/schedules.h"

namespace isoloss {
std::string table_path(const PublishedFit& published, const std::string& file) {
  const auto own = std::filesystem::path(published.path).parent_path() / file;
  std::error_code failed;
  if (std::filesystem::exists(own, failed)) return own.string();
  if (const auto path = data_file(file)) return *path;
  throw InputError(published.path, 0, "", fmt::format("no data set {}", shown(file)),
                   "it is looked for beside this file and among those of 'isoloss datasets'");
}

std::string data_set_path(const PublishedFit& published) {
  const std::string& env = published.dataset_env;
  if (env.empty()) return table_path(published, published.dataset);
  return (std::filesystem::path(std::getenv(env.c_str())) / published.dataset).string();
}

PublishedRows::PublishedRows(const PublishedFit& published, std::string path)
    : published_(published), path_(std::move(path)), bytes_(read_file(path_)) {}

std::vector<std::string> PublishedRows::headers() const { return parse_csv(bytes_, path_).names(); }

ReadOptions PublishedRows::options() const {
  ReadOptions out;
  out.response = published_.response;
  out.column = published_.columns;
  out.where = published_.where;
  out.drop_highest_loss = published_.drop_highest_loss;
  out.weights = published_.weights;
  if (!published_.schedules.empty())
    add_schedule(table_path(published_, published_.schedules), out.schedule);
  return out;
}

RunTable PublishedRows::fitted(const LawEntry& law) const {
  ReadOptions asked = options();
  read_for(law, asked);
  return fitted(asked);
}

RunTable PublishedRows::fitted() const {
  ReadOptions asked = options();
  asked.inputs = {{published_.along}, {published_.budget}};
  return fitted(asked);
}

RunTable PublishedRows::fitted(const ReadOptions& asked) const {
  const RunTable all = parse_runs(bytes_, path_, asked);
  if (published_.best_of.empty()) return all;
  std::vector<std::vector<std::string>> keys(all.num_runs());
  for (const std::string& header : published_.best_of) {
    const std::vector<std::string> column = texts(all, header);
    for (std::size_t i = 0; i < keys.size(); ++i) keys[i].push_back(column[i]);
  }
  std::map<std::vector<std::string>, std::size_t> best;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto [known, is_new] = best.try_emplace(keys[i], i);
    if (!is_new && all.loss[i] < all.loss[known->second]) known->second = i;
  }
  std::vector<std::size_t> rows;
  for (const auto& [key, row] : best) rows.push_back(row);
  std::sort(rows.begin(), rows.end());
  return picked_rows(all, rows);
}

RunTable PublishedRows::where(const LawEntry& law, const std::string& condition) const {
  ReadOptions asked = options();
  read_for(law, asked);
  asked.where = condition;
  asked.drop_highest_loss = 0;
  asked.weights.clear();
  return parse_runs(bytes_, path_, asked);
}

std::vector<std::string> PublishedRows::texts(const RunTable& runs,
                                              const std::string& header) const {
  const CsvTable csv = parse_csv(bytes_, path_);
  const auto column = find_header(csv, header);
  if (!column) {
    throw InputError(path_, csv.header_line(), "", fmt::format("no column {}", shown(header)),
                     near_or_all(header, csv.names(), "the columns are"));
  }
  std::map<std::size_t, std::size_t> row_at;
  for (std::size_t row = 0; row < csv.num_rows(); ++row) row_at[csv.cells.line(row)] = row;
  std::vector<std::string> out;
  for (const std::size_t line : runs.line)
    out.emplace_back(csv.cells.text(row_at.at(line), *column));
  return out;
}

}  // namespace isoloss
