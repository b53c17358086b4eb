#include "host/reading/column_names.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "host/error.h"
#include "host/reading/text.h"

namespace isoloss {
namespace {

std::vector<std::size_t> headers_where(const CsvTable& csv, auto accept) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < csv.header.size(); ++i) {
    if (!csv.header[i].text.empty() && accept(plain_name(csv.header[i].text))) found.push_back(i);
  }
  return found;
}

// Candidates of the best kind that the header has.
std::vector<std::size_t> candidates(const CsvTable& csv, Quantity quantity) {
  const QuantityNames& names = names_of(quantity);
  for (const char* wanted : {names.name, names.symbol}) {
    auto found = headers_where(csv, [&](const std::string& name) {
      return name == plain_name(wanted) && *wanted != '\0';
    });
    if (!found.empty()) return found;
  }
  return headers_where(csv, [&](const std::string& name) {
    return std::find(names.others.begin(), names.others.end(), name) != names.others.end();
  });
}

[[noreturn]] void refuse_two(const CsvTable& csv, Quantity quantity,
                             const std::vector<std::size_t>& found) {
  std::vector<std::string> headers;
  headers.reserve(found.size());
  for (const std::size_t i : found) headers.push_back(printable(csv.header[i].text));
  throw InputError(csv.path, csv.header_line(), "",
                   fmt::format("{} columns could be the {}: {}", found.size(),
                               quantity_title(quantity), fmt::join(headers, " or ")),
                   "choose with " + column_flag(quantity, csv.header[found.back()].text));
}

std::optional<std::size_t> find_quantity(const CsvTable& csv, Quantity quantity) {
  const auto found = candidates(csv, quantity);
  if (found.empty()) return {};
  if (quantity != Quantity::run) {
    if (found.size() > 1) refuse_two(csv, quantity, found);
    return found[0];
  }
  // Two labels of a run do not contradict each other: take the more telling one.
  const auto& order = names_of(quantity).others;
  return *std::min_element(found.begin(), found.end(), [&](std::size_t a, std::size_t b) {
    const auto rank = [&](std::size_t i) {
      return std::find(order.begin(), order.end(), plain_name(csv.header[i].text));
    };
    return rank(a) < rank(b);
  });
}

std::size_t named_header(const CsvTable& csv, const std::string& name, const std::string& flag) {
  const auto found = find_header(csv, name);
  if (found) return *found;
  throw InputError(csv.path, csv.header_line(), "",
                   fmt::format("no column {} for {}", shown(name), flag),
                   "the header has: " + listed(csv.names()));
}

// The curves of a W&B chart, "run - train/loss__MIN": one column a run, no N or D.
bool is_wandb_chart(const CsvTable& csv) {
  return std::any_of(csv.header.begin(), csv.header.end(), [](const Field& field) {
    return field.text.ends_with("__MIN") || field.text.ends_with("__MAX");
  });
}

void require_enough(const CsvTable& csv, const Columns& columns) {
  std::vector<std::string> sizes;
  for (const auto quantity : {Quantity::params, Quantity::tokens, Quantity::flops}) {
    if (columns[quantity]) sizes.push_back(quantity_title(quantity));
  }
  if (sizes.size() >= 2 && columns[Quantity::loss]) return;
  if (sizes.empty() && is_wandb_chart(csv)) {
    throw InputError(csv.path, csv.header_line(), "",
                     "a W&B chart export: curves over steps, without params (N) and tokens (D)",
                     "export the runs table instead: in the project's Table tab show the columns "
                     "of params, tokens and loss, then Export as CSV");
  }
  const bool lacks_loss = sizes.size() >= 2;
  const std::string lack =
      lacks_loss ? std::string("no column for the loss (L)")
                 : fmt::format("two of params (N), tokens (D) and flops (C) are needed, found {}",
                               sizes.empty() ? "none" : sizes[0]);
  const Quantity quantity = lacks_loss                  ? Quantity::loss
                            : columns[Quantity::params] ? Quantity::tokens
                                                        : Quantity::params;
  const auto names = csv.names();
  const char* delimiters =
      names.size() == 1 ? "; fields are split at a comma, tab, semicolon or pipe" : "";
  throw InputError(csv.path, csv.header_line(), "", lack,
                   fmt::format("name one with {}; the header has: {}{}",
                               column_flag(quantity, "HEADER"), listed(names), delimiters));
}

// One column cannot be two quantities; only --column can ask for it.
void require_distinct(const CsvTable& csv, const Columns& columns) {
  for (const Quantity first : kNumericQuantities) {
    for (const Quantity second : kNumericQuantities) {
      if (first >= second || !columns[first] || columns[first] != columns[second]) continue;
      throw InputError(
          csv.path, csv.header_line(), printable(csv.header[*columns[first]].text),
          fmt::format("asked for as {} and as {}", quantity_title(first), quantity_title(second)),
          "name another column with --column");
    }
  }
}

void take_asked(const CsvTable& csv, Columns& columns, Quantity quantity, const std::string& name,
                const std::string& flag) {
  columns.asked_for[index_of(quantity)] = true;
  columns.position[index_of(quantity)].reset();
  if (!name.empty()) columns.position[index_of(quantity)] = named_header(csv, name, flag);
}

}  // namespace

std::string column_flag(Quantity quantity, const std::string& header) {
  const std::string value = fmt::format("{}={}", quantity_name(quantity), printable(header));
  const bool plain = value.find_first_of(" \t\"'$&|;<>()*?#\\`!") == std::string::npos;
  return plain ? "--column " + value : fmt::format("--column '{}'", value);
}

std::optional<std::size_t> find_header(const CsvTable& csv, std::string_view name) {
  if (trim(name).empty()) return {};
  for (std::size_t i = 0; i < csv.header.size(); ++i) {
    if (csv.header[i].text == trim(name)) return i;
  }
  const auto alike =
      headers_where(csv, [&](const std::string& h) { return h == plain_name(name); });
  if (alike.size() == 1) return alike[0];
  return {};
}

Columns choose_columns(const CsvTable& csv, const ReadOptions& options) {
  Columns columns;
  for (const auto& [key, header] : options.column) {
    const auto quantity = quantity_called(key);
    if (!quantity || *quantity == Quantity::weights) {
      throw InputError("", 0, "", fmt::format("--column: no quantity {}", shown(key)),
                       "the quantities are params, tokens, flops, loss and run");
    }
    take_asked(csv, columns, *quantity, header,
               "--column " + std::string(quantity_name(*quantity)));
  }
  if (!options.weights.empty()) {
    take_asked(csv, columns, Quantity::weights, options.weights, "--weights");
  }
  if (!options.group.empty()) {
    take_asked(csv, columns, Quantity::run, options.group, "--group");
  }
  for (const auto quantity :
       {Quantity::params, Quantity::tokens, Quantity::flops, Quantity::loss, Quantity::run}) {
    if (columns.asked_for[index_of(quantity)]) continue;
    columns.position[index_of(quantity)] = find_quantity(csv, quantity);
  }
  require_enough(csv, columns);
  require_distinct(csv, columns);
  return columns;
}

}  // namespace isoloss
