// Texts of the warnings about reading a file: one function a warning.
// host/reading/reading_checks.cpp decides when they are due.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "host/base/status.h"
#include "host/reading/csv.h"
#include "host/reading/run_table.h"

namespace isoloss {

// Some bytes are no UTF-8; they are kept.
Warning not_utf8(std::size_t line);

// A number such as 100,000,000 was read; the first one and the line it stands on.
Warning thousands_separators(const FileCell& first);

// Columns that were found by a usual name, not by their own: "Model Size" as params (N).
Warning columns_renamed(const std::vector<ColumnUse>& uses);

// params or tokens are not in the file and come from flops.
Warning column_derived(const ColumnUse& use);

// Columns of runs with fewer tokens than params: swapped?
Warning tokens_below_params(std::size_t num_below, std::size_t num_runs,
                            const std::string& params_header, const std::string& tokens_header);

// The largest params or tokens are tiny: perhaps in millions or billions, or logarithms.
Warning counts_too_small(const ColumnUse& use, double largest);

// Rows that repeat another row in every field.
Warning duplicate_rows(std::size_t num_copies);

// Rows of a W&B table whose run did not finish; `states` has each such state with its rows.
Warning unfinished_runs(const std::string& state_header, const std::vector<Dropped>& states);

// Rows of data sets or experiments in one fit; `groups` has each with its rows.
Warning groups_mixed(const std::string& header, const std::vector<Dropped>& groups);

// Rows that are taken as checkpoints of `num_curves` runs.
Warning runs_inferred(std::size_t num_curves, std::size_t num_rows);

// Columns whose headers have a scale: "Tokens (B)".
Warning header_scales(const std::vector<std::string>& headers);

// A header of a perplexity, read as a loss in nats.
Warning perplexity_as_loss(const std::string& header);

// The file's flops are not flops_per_token_param * N * D; least and largest of their ratio.
Warning flops_differ(const std::string& formula, std::size_t num_rows, std::size_t num_runs,
                     double least, double largest);

}  // namespace isoloss
