// From a file of runs to columns of numbers.

#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "host/status.h"

namespace isoloss {

// Something that a law predicts from: a quantity by its name in fits/input.h ("steps"), the
// learning rate ("lr"), or any header of the file.
struct InputColumn {
  std::string name;
  bool positive = true;  // values must be > 0; else any finite number does
};

// How a file of runs is read. The defaults read any sensible file; nothing is guessed silently.
struct ReadOptions {
  // What the law predicts from.
  std::vector<InputColumn> inputs{{"params"}, {"tokens"}};
  // Header of what the law predicts; empty: the loss. A header that usually names the loss, as
  // val_loss does, is the loss unless that is an input.
  std::string response;
  bool positive_response = true;
  bool needs_response = true;  // false: without its column every RunTable::loss is NaN
  // Which header holds a quantity, where the name alone does not tell: {"loss", "val_bpb"}.
  // Keys are params, tokens, flops, loss, run, and the names of further inputs.
  std::map<std::string, std::string> column;
  // Unit of a quantity in the file, "quantity" -> "unit[:factor]"; loss=bpb:4.5 is bits per byte at
  // 4.5 bytes per token; all are in host/reading/units.h.
  std::map<std::string, std::string> unit;
  std::string where;                  // keeps rows for which this holds, "loss < 4 && params > 1e8"
  std::size_t drop_highest_loss = 0;  // drops this many runs of the highest response, after `where`
  bool drop_missing = false;          // drops rows with a missing value instead of stopping
  std::string weights;                // header of a column of positive weights; empty: all one
  std::string group;       // header whose value tells runs apart; empty: `run` if present
  bool infer_runs = true;  // tells the runs of checkpoints apart where no column does
  // Params of runs whose names have one of these parts, for files without a column of them:
  // {"run-70m", 70e6}.
  std::map<std::string, double> sizes;
  double flops_per_token_param = 6;  // C = this * N * D where one of the three is not in the file
  // The learning rate at every step, by run: host/curves/schedules.h. Without it, what a law reads
  // of a learning rate comes from columns of the file.
  std::map<std::string, std::string> schedule;
};

// One quantity and where it came from, for the report: "params <- Model Size" or
// "tokens = C / (6 N)".
struct ColumnUse {
  std::string quantity;  // params, tokens, flops, loss, a further input, the response, run, weights
  std::string source;    // header text, or the formula it was derived by
  bool derived = false;
  bool renamed = false;  // the header is not one of the short canonical names
};

// Rows left out and why, in order: {"loss missing", 1}.
struct Dropped {
  std::string reason;
  std::size_t num_rows = 0;
};

// The runs to fit. All vectors have one entry a kept row, except where said; values are finite and,
// unless ReadOptions says otherwise, positive. A loss is in nats per token.
struct RunTable {
  std::string path;
  std::size_t num_rows_read = 0;  // data rows in the file, before anything was dropped
  std::vector<double> params;     // N; it, D and C are empty if none of them is an input, or if
  std::vector<double> tokens;     // D; this one is neither an input nor readable in every row
  std::vector<double> flops;      // C
  std::vector<double> loss;       // L, or the values of the response
  std::string response = "loss";  // "loss", or the header that was asked for
  std::vector<double> weights;    // empty: every run weighs one
  std::vector<std::string> run;   // label of the row's run; empty: nothing tells runs apart
  std::vector<std::size_t> line;  // 1-based line in the file
  bool flops_given = false;       // false: flops were derived from N and D
  std::map<std::string, std::vector<double>> further;  // inputs but N, D and C, by name
  std::vector<ColumnUse> columns;  // those of the above that are read; then run and weights
  std::vector<Dropped> dropped;
  std::vector<Warning> warnings;  // about reading: order of the file

  std::size_t num_runs() const { return loss.size(); }

  // Values of an input by its name or symbol; of "loss" those of a loss that another measure is
  // predicted from. Throws std::logic_error if it was not read.
  const std::vector<double>& values_of(std::string_view name) const;
};

// Reads a CSV or TSV file of runs.
//
//   path     file with a header row; see README, "The file of runs"
//   returns  the kept runs with what was read from where, dropped and noticed
//   throws   InputError with file, line, column, offending text and advice
//   cost     one pass over the file
RunTable read_runs(const std::string& path, const ReadOptions& options = {});

// The same from the bytes of a file; `path` is only for messages.
RunTable parse_runs(std::string_view bytes, const std::string& path,
                    const ReadOptions& options = {});

}  // namespace isoloss
