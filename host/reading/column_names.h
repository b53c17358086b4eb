// Headers of a file by the names that people give them.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/reading/columns.h"
#include "host/reading/csv.h"

namespace isoloss {

// Position of the header that a user wrote, spelled exactly or as plain_name() equates.
std::optional<std::size_t> find_header(const CsvTable& csv, std::string_view name);

// Positions of the headers that could be a quantity of the table and are equally good: those with
// its name, else those with its symbol, else those with one of the other usual names, else those
// whose last part is a name (model.n_params); of a run the most telling one. A scale behind the
// name is no part of it: "Params (M)". A response that is a column of its own is not among them.
std::vector<std::size_t> usual_headers(const CsvTable& csv, const Columns& columns,
                                       Quantity quantity);

// `--column loss=val_loss`, in quotes if a shell would split it.
std::string column_flag(std::string_view name, const std::string& header);

}  // namespace isoloss
