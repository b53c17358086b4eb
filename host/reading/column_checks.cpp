#include "host/reading/column_checks.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/base/text.h"
#include "host/reading/column_names.h"
#include "host/reading/run_sizes.h"

namespace isoloss {
namespace {

std::vector<Quantity> sizes_there(const Columns& columns) {
  std::vector<Quantity> sizes;
  for (const Quantity size : kSizes) {
    if (columns[size]) sizes.push_back(size);
  }
  return sizes;
}

[[noreturn]] void refuse_chart(const CsvTable& csv) {
  throw InputError(
      csv.path, csv.header_line(), "",
      "a W&B chart export: curves over steps, without params (N) and tokens (D)",
      "export the runs table instead: in the project's Table tab show the columns "
      "of params, tokens and loss, then Export as CSV; or give ``sizes`` RUN=PARAMS,... "
      "and ``column`` tokens='Step*TOKENS_PER_STEP'");
}

// The headers, those first that may be what is looked for.
std::vector<std::string> telling_first(std::vector<std::string> names) {
  std::stable_partition(names.begin(), names.end(), [](const std::string& header) {
    const std::string name = plain_name(header);
    return name.find("loss") != std::string::npos || name.find("param") != std::string::npos ||
           name.find("token") != std::string::npos || name.find("flop") != std::string::npos;
  });
  return names;
}

// One error for all that lacks: a sentence each, and the quantities that would help.
[[noreturn]] void refuse_lack(const CsvTable& csv, const std::vector<std::string>& lacks,
                              const std::vector<std::string>& names) {
  std::vector<std::string> flags;
  for (const std::string& name : names) flags.push_back(column_flag(name, "HEADER"));
  const char* delimiters =
      csv.header.size() == 1 ? "; fields are split at a comma, tab, semicolon, pipe or blanks" : "";
  throw InputError(
      csv.path, csv.header_line(), "", fmt::format("{}", fmt::join(lacks, "; ")),
      fmt::format("name {} with {}; the header has: {}{}", names.size() == 1 ? "one" : "them",
                  fmt::join(flags, " "), listed(telling_first(csv.names())), delimiters));
}

// "no column for steps (S), optimiser steps".
std::string lack_of(const Columns& columns, Quantity quantity) {
  if (quantity == Quantity::loss) return "no column for the loss (L)";
  const Column& column = columns.at(quantity);
  if (index_of(quantity) >= kNumQuantities) {
    return fmt::format("no column {}, which the law reads", shown(column.name));
  }
  const std::string_view meaning = names_of(quantity).meaning;
  if (column.title.starts_with(meaning)) return fmt::format("no column for {}", column.title);
  return fmt::format("no column for {}, {}", column.title, meaning);
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
  throw InputError(
      "", 0, "", fmt::format("``column``: no quantity {}", shown(key)),
      did_you_mean(key, names, fmt::format("the quantities are {} and run", listed(names))));
}

void refuse_loss_from_loss() {
  throw InputError("", 0, "", "the loss is an input of this law, and nothing says what it predicts",
                   "name the column of that with ``response`` HEADER");
}

void require_enough(const CsvTable& csv, const Columns& columns) {
  std::vector<std::string> lacks;
  std::vector<std::string> names;
  const auto sizes = sizes_there(columns);
  const bool are_all_read = std::all_of(kSizes.begin(), kSizes.end(),
                                        [&](Quantity size) { return columns.at(size).is_read; });
  bool lacks_sizes = false;
  for (const Quantity quantity : columns.numbers()) {
    if (columns.is_there(quantity)) continue;
    if (is_size(quantity) && sizes.empty() && is_chart(csv)) refuse_chart(csv);
    if (is_size(quantity) && are_all_read) {
      lacks_sizes = true;
      continue;
    }
    lacks.push_back(lack_of(columns, quantity));
    names.push_back(columns.at(quantity).name);
  }
  if (lacks_sizes) {
    lacks.insert(lacks.begin(),
                 fmt::format("two of params (N), tokens (D) and flops (C) are needed, found {}",
                             sizes.empty() ? "none" : columns.at(sizes[0]).title));
    names.insert(names.begin(), columns[Quantity::params] ? "tokens" : "params");
  }
  if (!lacks.empty()) refuse_lack(csv, lacks, names);
}

void require_distinct(const CsvTable& csv, const Columns& columns) {
  const auto numbers = columns.numbers();
  for (const Quantity first : numbers) {
    for (const Quantity second : numbers) {
      if (first >= second || !columns[first] || columns[first] != columns[second]) continue;
      throw InputError(csv.path, csv.header_line(), printable(csv.header[*columns[first]].text),
                       fmt::format("asked for as {} and as {}", title_of(columns, first),
                                   title_of(columns, second)),
                       "name another column with ``column``");
    }
  }
}

}  // namespace isoloss
