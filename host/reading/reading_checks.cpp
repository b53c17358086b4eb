#include "host/reading/reading_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <string_view>

#include "host/base/stop.h"
#include "host/base/text.h"
#include "host/base/warnings.h"
#include "host/reading/column_names.h"
#include "host/reading/duplicate_rows.h"
#include "host/reading/reading_warnings.h"

namespace isoloss {
namespace {

using Rows = std::vector<std::size_t>;

// Use of params, tokens or flops; none where it is not read.
const ColumnUse* use_of(const RunTable& table, const RowReader& reader, Quantity size) {
  if (!reader.columns().at(size).is_read) return nullptr;
  const auto use = std::find_if(table.columns.begin(), table.columns.end(), [&](const auto& other) {
    return other.quantity == quantity_name(size);
  });
  return &*use;
}

// The same where the file has a column of it.
const ColumnUse* column_of(const RunTable& table, const RowReader& reader, Quantity size) {
  return reader.columns()[size] ? use_of(table, reader, size) : nullptr;
}

std::optional<Warning> check_names(const RunTable& table, const RowReader& reader) {
  std::vector<ColumnUse> guessed;
  for (const ColumnUse& use : table.columns) {
    const auto quantity = *reader.columns().called(use.quantity);
    const bool asked_for = reader.columns().at(quantity).asked_for;
    if (use.renamed && !asked_for && quantity != Quantity::run) guessed.push_back(use);
  }
  if (guessed.empty()) return {};
  return columns_renamed(guessed);
}

std::optional<Warning> check_swapped(const RunTable& table, const RowReader& reader) {
  const ColumnUse* params = column_of(table, reader, Quantity::params);
  const ColumnUse* tokens = column_of(table, reader, Quantity::tokens);
  if (params == nullptr || tokens == nullptr) return {};
  std::size_t num_below = 0;
  for (std::size_t i = 0; i < table.num_runs(); ++i) num_below += table.tokens[i] < table.params[i];
  const double share = static_cast<double>(num_below) / static_cast<double>(table.num_runs());
  if (share <= threshold_of<"tokens_below_params">) return {};
  return tokens_below_params(num_below, table.num_runs(), params->source, tokens->source);
}

std::optional<Warning> check_counts(const ColumnUse* use, const std::vector<double>& values) {
  if (use == nullptr) return {};
  const double largest = *std::max_element(values.begin(), values.end());
  if (largest >= threshold_of<"counts_too_small">) return {};
  return counts_too_small(*use, largest);
}

// W&B writes the state of a run into a column State.
std::optional<Warning> check_states(const CsvTable& csv, const Rows& rows) {
  constexpr std::array<std::string_view, 6> kUnfinished{"crashed", "failed",    "killed",
                                                        "running", "preempted", "preempting"};
  const auto column = find_header(csv, "State");
  if (!column) return {};
  std::vector<Dropped> states;
  for (const std::string_view state : kUnfinished) {
    const auto num_rows = std::count_if(rows.begin(), rows.end(), [&](std::size_t row) {
      return csv.cells.text(row, *column) == state;
    });
    if (num_rows > 0) states.push_back({std::string(state), static_cast<std::size_t>(num_rows)});
  }
  if (states.empty()) return {};
  return unfinished_runs(csv.header[*column].text, states);
}

// What files call the data or the experiment that a row comes from. Rows of one may share a law;
// rows of several hardly do.
std::optional<std::size_t> group_column(const CsvTable& csv, const RowReader& reader) {
  constexpr std::array<std::string_view, 9> kGroups{"experiment",  "experimentname", "dataset",
                                                    "datasetname", "trainingdata",   "traindata",
                                                    "datamix",     "corpusname",     "corpus"};
  for (const std::string_view name : kGroups) {
    const auto column = find_header(csv, name);
    const auto quantities = reader.columns().numbers();
    const bool is_read = std::any_of(quantities.begin(), quantities.end(), [&](Quantity quantity) {
      return reader.columns()[quantity] == column;
    });
    if (column && !is_read && reader.columns()[Quantity::run] != column) return column;
  }
  return {};
}

std::optional<Warning> check_groups(const CsvTable& csv, const RowReader& reader,
                                    const Rows& rows) {
  const auto column = group_column(csv, reader);
  if (!column) return {};
  std::vector<Dropped> groups;
  std::map<std::string_view, std::size_t> index;
  for (const std::size_t row : rows) {
    const std::string_view name = csv.cells.text(row, *column);
    const auto [found, is_new] = index.emplace(name, groups.size());
    if (is_new) groups.push_back({std::string(name), 0});
    ++groups[found->second].num_rows;
  }
  const bool is_label = groups.size() == rows.size();  // of every row its own
  if (groups.size() < 2 || is_label) return {};
  return groups_mixed(csv.header[*column].text, groups);
}

std::optional<Warning> check_scales(const RowReader& reader) {
  std::vector<std::string> headers;
  for (const Quantity quantity : reader.numbers()) {
    const Column& column = reader.columns().at(quantity);
    if (column.scale == 1 || reader.has_unit(quantity)) continue;
    headers.push_back(
        fmt::format("{} x {:g}", shown(reader.csv().header[*column.position].text), column.scale));
  }
  if (headers.empty()) return {};
  return header_scales(headers);
}

std::optional<Warning> check_perplexity(const RowReader& reader) {
  const Column& loss = reader.columns().at(Quantity::loss);
  if (!loss.is_read || !loss.position || reader.has_unit(Quantity::loss)) return {};
  const std::string& header = reader.csv().header[*loss.position].text;
  const std::string name = plain_name(header);
  const bool is_perplexity =
      name.find("ppl") != std::string::npos || name.find("perplexity") != std::string::npos;
  if (!is_perplexity) return {};
  return perplexity_as_loss(header);
}

std::optional<Warning> check_flops(const RunTable& table, const RowReader& reader) {
  for (const Quantity size : kSizes) {
    if (column_of(table, reader, size) == nullptr) return {};
  }
  std::vector<double> ratios;
  for (std::size_t i = 0; i < table.num_runs(); ++i) {
    ratios.push_back(table.flops[i] /
                     (reader.flops_per_token_param() * table.params[i] * table.tokens[i]));
  }
  const auto differs = [](double ratio) {
    return std::abs(ratio - 1) > threshold_of<"flops_differ">;
  };
  const auto num_rows = std::count_if(ratios.begin(), ratios.end(), differs);
  if (num_rows == 0) return {};
  const auto [least, largest] = std::minmax_element(ratios.begin(), ratios.end());
  return flops_differ(reader.formula(Quantity::flops), static_cast<std::size_t>(num_rows),
                      table.num_runs(), *least, *largest);
}

}  // namespace

std::vector<Warning> check_reading(const RunTable& table, const RowReader& reader,
                                   const std::vector<std::size_t>& rows) {
  const CsvTable& csv = reader.csv();
  std::vector<Warning> warnings;
  const auto add = [&](std::optional<Warning> warning) {
    if (warning) warnings.push_back(std::move(*warning));
  };
  if (csv.not_utf8_line > 0) add(not_utf8(csv.not_utf8_line));
  if (reader.first_thousands()) add(thousands_separators(*reader.first_thousands()));
  add(check_names(table, reader));
  add(check_scales(reader));
  add(check_perplexity(reader));
  for (const Quantity size : {Quantity::params, Quantity::tokens}) {
    const ColumnUse* use = use_of(table, reader, size);
    if (use != nullptr && use->derived) add(column_derived(*use));
  }
  add(check_swapped(table, reader));
  add(check_counts(column_of(table, reader, Quantity::params), table.params));
  add(check_counts(column_of(table, reader, Quantity::tokens), table.tokens));
  add(check_duplicates(csv.cells, rows));
  add(check_states(csv, rows));
  add(check_groups(csv, reader, rows));
  add(check_flops(table, reader));
  return warnings;
}

}  // namespace isoloss
