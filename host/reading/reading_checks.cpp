#include "host/reading/reading_checks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>
#include <string_view>

#include "host/base/text.h"
#include "host/base/warnings.h"
#include "host/reading/column_names.h"
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

std::optional<Warning> check_duplicates(const CsvTable& csv, const Rows& rows) {
  std::set<std::string> seen;
  std::size_t num_copies = 0;
  for (const std::size_t row : rows) {
    std::string whole;
    for (const Field& field : csv.rows[row]) whole.append(field.text).push_back('\0');
    num_copies += !seen.insert(std::move(whole)).second;
  }
  if (num_copies == 0) return {};
  return duplicate_rows(num_copies);
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
      return csv.rows[row][*column].text == state;
    });
    if (num_rows > 0) states.push_back({std::string(state), static_cast<std::size_t>(num_rows)});
  }
  if (states.empty()) return {};
  return unfinished_runs(csv.header[*column].text, states);
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
  for (const Quantity size : {Quantity::params, Quantity::tokens}) {
    const ColumnUse* use = use_of(table, reader, size);
    if (use != nullptr && use->derived) add(column_derived(*use));
  }
  add(check_swapped(table, reader));
  add(check_counts(column_of(table, reader, Quantity::params), table.params));
  add(check_counts(column_of(table, reader, Quantity::tokens), table.tokens));
  add(check_duplicates(csv, rows));
  add(check_states(csv, rows));
  add(check_flops(table, reader));
  return warnings;
}

}  // namespace isoloss
