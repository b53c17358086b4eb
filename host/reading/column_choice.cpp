#include "host/reading/column_choice.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <vector>

#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/base/parse_number.h"
#include "host/base/text.h"
#include "host/reading/column_checks.h"
#include "host/reading/column_names.h"
#include "host/reading/header_scale.h"

namespace isoloss {
namespace {

[[noreturn]] void refuse_two(const CsvTable& csv, const Column& column,
                             const std::vector<std::size_t>& found) {
  std::vector<std::string> headers;
  headers.reserve(found.size());
  for (const std::size_t i : found) headers.push_back(printable(csv.header[i].text));
  throw InputError(csv.path, csv.header_line(), "",
                   fmt::format("{} columns could be the {}: {}", found.size(), column.title,
                               fmt::join(headers, " or ")),
                   "choose with " + column_flag(column.name, csv.header[found.back()].text));
}

std::size_t named_header(const CsvTable& csv, const std::string& name, const std::string& flag) {
  const auto found = find_header(csv, name);
  if (found) return *found;
  throw InputError(csv.path, csv.header_line(), "",
                   fmt::format("no column {} for {}", shown(name), flag),
                   near_or_all(name, csv.names(), "the header has:"));
}

// Marks what is read; headers that no quantity is called are read under their own names.
void take_inputs(const ReadOptions& options, Columns& columns) {
  for (const InputColumn& input : options.inputs) {
    auto quantity = columns.called(input.name);
    if (!quantity || !is_input(*quantity)) quantity = columns.add(input.name);
    columns.at(*quantity).is_read = true;
    columns.at(*quantity).positive = input.positive;
  }
}

void take_asked(const CsvTable& csv, Column& column, const std::string& header,
                const std::string& flag) {
  column.asked_for = true;
  column.position.reset();
  if (!header.empty()) column.position = named_header(csv, header, flag);
}

// Errors would be in another unit than the response that they are of.
void require_plain_response(const CsvTable& csv, const ReadOptions& options,
                            const Columns& columns) {
  for (const auto& [key, unit] : options.unit)
    require(columns.called(key) != Quantity::loss,
            "``error`` with ``unit`` " + printable(key) + ": the errors' unit is not known",
            "write the loss and its errors in nats per token");
  require(options.response.empty() || find_header(csv, options.response),
          "``error`` with a ``response`` that is computed: the errors' unit is not known",
          "write a column of the response, in the unit of its errors");
}

void take_flags(const CsvTable& csv, const ReadOptions& options, Columns& columns) {
  for (const auto& [key, header] : options.column) {
    const auto quantity = columns.called(key);
    if (!quantity || *quantity == Quantity::weights) refuse_key(key, columns);
    Column& column = columns.at(*quantity);
    take_asked(csv, column, header, "``column`` " + column.name);
  }
  Column& weights = columns.at(Quantity::weights);
  require(options.weights.empty() || options.error.empty(),
          "``weights`` and ``error``: rows weigh "
          "by one of them",
          "leave out the other");
  weights.is_read = !options.weights.empty() || !options.error.empty();
  if (!options.weights.empty()) take_asked(csv, weights, options.weights, "``weights``");
  if (!options.error.empty()) {
    require_plain_response(csv, options, columns);
    take_asked(csv, weights, options.error, "``error``");
    weights.name = "errors";
    weights.title = "standard errors";
  }
  if (!options.group.empty()) {
    take_asked(csv, columns.at(Quantity::run), options.group, "``group``");
  }
}

void take_response(const CsvTable& csv, const ReadOptions& options, Columns& columns) {
  Column& loss = columns.at(Quantity::loss);
  const bool is_free = !loss.is_read && !loss.asked_for;
  if (options.response.empty()) {
    if (loss.is_read) refuse_loss_from_loss();
  } else if (is_free && is_usual_name(Quantity::loss, options.response)) {
    take_asked(csv, loss, options.response, "``response``");
  } else if (!options.needs_response && !find_header(csv, options.response)) {
    columns.response = columns.add(options.response);
  } else {
    const std::size_t position = named_header(csv, options.response, "``response``");
    columns.response = columns.add(csv.header[position].text);
    columns.at(columns.response).position = position;
  }
  columns.at(columns.response).is_read = true;
  columns.at(columns.response).positive = options.positive_response;
}

// Looks for a column that no flag named. Of two that are equally good, what is not read needs none.
void find_column(const CsvTable& csv, Columns& columns, Quantity quantity) {
  Column& column = columns.at(quantity);
  if (column.asked_for || column.position) return;
  if (index_of(quantity) >= kNumQuantities) {
    column.position = find_header(csv, column.name);
    return;
  }
  const auto found = usual_headers(csv, columns, quantity);
  if (found.size() > 1 && column.is_read) refuse_two(csv, column, found);
  if (found.size() == 1) column.position = found[0];
}

void read_sizes(Columns& columns) {
  for (const Quantity size : kSizes) columns.at(size).is_read = true;
}

bool is_positive_number(std::string_view text) {
  const Number number = parse_number(text);
  return number.kind == Number::Kind::value && number.value > 0;
}

// Whether nobody else reads the column and every row has a positive number there.
bool is_usable(const CsvTable& csv, const Columns& columns, std::size_t position) {
  for (const Quantity other : columns.numbers()) {
    if (columns[other] == position) return false;
  }
  if (const std::vector<double>* numbers = csv.cells.numbers(position))
    return *std::min_element(numbers->begin(), numbers->end()) > 0;
  for (std::size_t row = 0; row < csv.num_rows(); ++row)
    if (!is_positive_number(csv.cells.text(row, position))) return false;
  return true;
}

// Two inputs among params, tokens and flops make all three worth reading.
void find_sizes(const CsvTable& csv, Columns& columns) {
  const auto is_read = [&](Quantity size) { return columns.at(size).is_read; };
  if (std::count_if(kSizes.begin(), kSizes.end(), is_read) > 1) read_sizes(columns);
  for (const Quantity size : kSizes) find_column(csv, columns, size);
}

// Where one of them is the only input, it may follow from the other two; if it need not, they are
// read as far as they are there.
void add_sizes(const CsvTable& csv, Columns& columns) {
  const auto is_read = [&](Quantity size) { return columns.at(size).is_read; };
  if (std::count_if(kSizes.begin(), kSizes.end(), is_read) != 1) return;
  const Quantity input = *std::find_if(kSizes.begin(), kSizes.end(), is_read);
  if (!columns.is_there(input)) return;
  if (!columns[input]) return read_sizes(columns);
  for (const Quantity size : kSizes) {
    const auto position = columns[size];
    if (size != input && position) columns.at(size).is_read = is_usable(csv, columns, *position);
  }
  if (input == Quantity::flops) return;  // nobody needs what would be derived
  const auto lacking = std::find_if_not(kSizes.begin(), kSizes.end(), is_read);
  if (std::count_if(kSizes.begin(), kSizes.end(), is_read) == 2 && !columns[*lacking]) {
    read_sizes(columns);
  }
}

void take_scales(const CsvTable& csv, Columns& columns) {
  for (const Quantity quantity : columns.numbers()) {
    const auto position = columns[quantity];
    if (!position || index_of(quantity) >= kNumQuantities || !is_count(quantity)) continue;
    columns.at(quantity).scale = header_scale(csv.header[*position].text).scale;
  }
}

}  // namespace

Columns choose_columns(const CsvTable& csv, const ReadOptions& options) {
  Columns columns;
  take_inputs(options, columns);
  take_flags(csv, options, columns);
  take_response(csv, options, columns);
  find_sizes(csv, columns);
  for (const Quantity quantity : columns.numbers()) {
    if (!is_size(quantity)) find_column(csv, columns, quantity);
  }
  for (const Quantity quantity : {Quantity::loss, Quantity::run}) {
    find_column(csv, columns, quantity);
  }
  Column& response = columns.at(columns.response);
  if (!options.needs_response && !response.position) response.is_read = false;
  add_sizes(csv, columns);
  take_scales(csv, columns);
  require_enough(csv, columns);
  require_distinct(csv, columns);
  return columns;
}

}  // namespace isoloss
