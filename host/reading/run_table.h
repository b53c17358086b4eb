// The runs to fit, as columns of numbers.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/status.h"
#include "host/reading/file_part.h"

namespace isoloss {

// One quantity and where it came from, for the report: "params <- Model Size" or
// "tokens = C / (6 N)".
struct ColumnUse {
  std::string quantity;  // params, tokens, flops, loss, a further input, the response, run, weights
  std::string source;    // header text, or the formula it was derived by
  bool derived = false;
  bool renamed = false;   // the header is not one of the short canonical names
  std::string unit = {};  // as ReadOptions::unit has it; empty: the numbers are in ours
  double scale = 1;       // of the numbers, as the header says: "Tokens (B)"
};

// Rows left out and why, in order: {"loss missing", 1}.
struct Dropped {
  std::string reason;
  std::size_t num_rows = 0;
  std::vector<std::size_t> lines = {};  // of the rows in their file
  std::vector<std::size_t> rows = {};   // their places in the table that was read
};

// The runs to fit. All vectors have one entry a kept row, except where said; values are finite and,
// unless ReadOptions says otherwise, positive. A loss is in nats per token.
struct RunTable {
  std::string path;
  std::vector<FilePart> parts;    // of several files; else empty
  std::size_t num_rows_read = 0;  // data rows in the file, before anything was dropped
  std::vector<double> params;     // N; it, D and C are empty if none of them is an input, or if
  std::vector<double> tokens;     // D; this one is neither an input nor readable in every row
  std::vector<double> flops;      // C
  std::vector<double> loss;       // L, or the values of the response
  std::string response = "loss";  // "loss", or the header that was asked for
  std::vector<double> weights;    // empty: every run weighs one
  // Of ReadOptions::error: the standard error of a row of weight one, of what is compared.
  std::optional<double> unit_error;
  std::vector<std::string> run;  // label of the row's run; empty: nothing tells runs apart
  // Parts of the table of each of which a resample draws as many as there are; empty: one part.
  std::vector<std::uint32_t> stratum;
  std::vector<std::size_t> line;                       // 1-based line in its file
  std::vector<std::size_t> row;                        // its place in the table that was read
  bool flops_given = false;                            // false: flops were derived from N and D
  std::map<std::string, std::vector<double>> further;  // inputs but N, D and C, by name
  std::vector<ColumnUse> columns;  // those of the above that are read; then run and weights
  std::vector<Dropped> dropped;
  std::vector<Warning> warnings;  // about reading: order of the file

  std::size_t num_runs() const { return loss.size(); }

  // The file of a row of the table that was read.
  const std::string& path_of(std::size_t table_row) const {
    return path_in(parts, path, table_row);
  }
  // "line 5", of several files "b.csv, line 5".
  std::string place_of(std::size_t run) const;

  // The most compute of a run, in FLOP; 0 where none is known.
  double largest_flops() const;

  // Values of an input by its name or symbol; of "loss" those of a loss that another measure is
  // predicted from. Throws std::logic_error if it was not read.
  const std::vector<double>& values_of(std::string_view name) const;
};

// Places of the rows of each run, in the order in which runs come in the table; empty where nothing
// tells runs apart.
std::vector<std::vector<std::size_t>> rows_by_run(const RunTable& runs);

// Some rows of a table, in the order of `rows`.
RunTable picked_rows(const RunTable& runs, const std::vector<std::size_t>& rows);

}  // namespace isoloss
