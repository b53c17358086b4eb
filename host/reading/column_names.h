// Which column of a file holds which quantity: one table of names and the rules for choosing.

#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "host/reading/csv.h"
#include "host/reading/quantity.h"
#include "host/reading/run_table.h"

namespace isoloss {

// Position in the header of each quantity that the file has.
struct Columns {
  std::array<std::optional<std::size_t>, kNumQuantities> position;
  std::array<bool, kNumQuantities> asked_for{};  // named by the user, not found by its name

  std::optional<std::size_t> operator[](Quantity quantity) const {
    return position[index_of(quantity)];
  }
};

// Position of the header that a user wrote, spelled exactly or as plain_name() equates.
std::optional<std::size_t> find_header(const CsvTable& csv, std::string_view name);

// `--column loss=val_loss`, in quotes if a shell would split it.
std::string column_flag(Quantity quantity, const std::string& header);

// Chooses the columns. What options.column names is taken; an empty name there leaves a quantity of
// the file unread. Else a header that is the quantity's name wins over its symbol, and the symbol
// over the other usual names.
//
//   throws  InputError if two headers are equally good, if the loss or two of params, tokens and
//           flops are not there, or if options name a column or quantity that does not exist
Columns choose_columns(const CsvTable& csv, const ReadOptions& options);

}  // namespace isoloss
