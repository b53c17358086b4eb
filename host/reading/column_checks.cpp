#include "host/reading/column_checks.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "host/base/error.h"
#include "host/base/text.h"
#include "host/reading/column_names.h"

namespace isoloss {
namespace {

// The curves of a W&B chart, "run - train/loss__MIN": one column a run, no N or D.
bool is_wandb_chart(const CsvTable& csv) {
  return std::any_of(csv.header.begin(), csv.header.end(), [](const Field& field) {
    return field.text.ends_with("__MIN") || field.text.ends_with("__MAX");
  });
}

std::vector<Quantity> sizes_there(const Columns& columns) {
  std::vector<Quantity> sizes;
  for (const Quantity size : kSizes) {
    if (columns[size]) sizes.push_back(size);
  }
  return sizes;
}

[[noreturn]] void refuse_chart(const CsvTable& csv) {
  throw InputError(csv.path, csv.header_line(), "",
                   "a W&B chart export: curves over steps, without params (N) and tokens (D)",
                   "export the runs table instead: in the project's Table tab show the columns "
                   "of params, tokens and loss, then Export as CSV");
}

[[noreturn]] void refuse_lack(const CsvTable& csv, const std::string& lack,
                              const std::string& name) {
  const auto names = csv.names();
  const char* delimiters =
      names.size() == 1 ? "; fields are split at a comma, tab, semicolon or pipe" : "";
  throw InputError(csv.path, csv.header_line(), "", lack,
                   fmt::format("name one with {}; the header has: {}{}",
                               column_flag(name, "HEADER"), listed(names), delimiters));
}

// "no column for steps (S), optimiser steps".
std::string lack_of(const Columns& columns, Quantity quantity) {
  if (quantity == Quantity::loss) return "no column for the loss (L)";
  const Column& column = columns.at(quantity);
  if (index_of(quantity) >= kNumQuantities) {
    return fmt::format("no column {}, which the law reads", shown(column.name));
  }
  return fmt::format("no column for {}, {}", column.title, names_of(quantity).meaning);
}

std::string title_of(const Columns& columns, Quantity quantity) {
  const bool is_own_column = quantity == columns.response && quantity != Quantity::loss;
  return is_own_column ? "the response" : columns.at(quantity).title;
}

}  // namespace

void refuse_key(const std::string& key, const Columns& columns) {
  std::vector<std::string> names{"params", "tokens", "flops", "loss"};
  for (const Quantity quantity : columns.numbers()) {
    const std::string& name = columns.at(quantity).name;
    const bool is_new = std::find(names.begin(), names.end(), name) == names.end();
    if (is_new && is_input(quantity)) names.push_back(name);
  }
  throw InputError("", 0, "", fmt::format("--column: no quantity {}", shown(key)),
                   fmt::format("the quantities are {} and run", listed(names)));
}

void refuse_loss_from_loss() {
  throw InputError("", 0, "", "the loss is an input of this law, and nothing says what it predicts",
                   "name the column of that with --response HEADER");
}

void require_enough(const CsvTable& csv, const Columns& columns) {
  const auto numbers = columns.numbers();
  const auto lacking = std::find_if_not(numbers.begin(), numbers.end(),
                                        [&](Quantity q) { return columns.is_there(q); });
  if (lacking == numbers.end()) return;
  if (!is_size(*lacking)) {
    refuse_lack(csv, lack_of(columns, *lacking), columns.at(*lacking).name);
  }
  const auto sizes = sizes_there(columns);
  if (sizes.empty() && is_wandb_chart(csv)) refuse_chart(csv);
  const bool are_all_read = std::all_of(kSizes.begin(), kSizes.end(),
                                        [&](Quantity size) { return columns.at(size).is_read; });
  if (!are_all_read) refuse_lack(csv, lack_of(columns, *lacking), columns.at(*lacking).name);
  refuse_lack(csv,
              fmt::format("two of params (N), tokens (D) and flops (C) are needed, found {}",
                          sizes.empty() ? "none" : columns.at(sizes[0]).title),
              columns[Quantity::params] ? "tokens" : "params");
}

void require_distinct(const CsvTable& csv, const Columns& columns) {
  const auto numbers = columns.numbers();
  for (const Quantity first : numbers) {
    for (const Quantity second : numbers) {
      if (first >= second || !columns[first] || columns[first] != columns[second]) continue;
      throw InputError(csv.path, csv.header_line(), printable(csv.header[*columns[first]].text),
                       fmt::format("asked for as {} and as {}", title_of(columns, first),
                                   title_of(columns, second)),
                       "name another column with --column");
    }
  }
}

}  // namespace isoloss
