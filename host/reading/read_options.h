// What is asked of a file of runs.

#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace isoloss {

inline constexpr double kFlopsPerTokenParam = 6;  // as papers count training: C = 6 N D

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
  // Header of a column of standard errors of the response, which rows then weigh by; it goes
  // without weights. Compared are logs, or values.
  std::string error;
  bool error_of_log = true;
  std::string group;       // header whose value tells runs apart; empty: `run` if present
  bool infer_runs = true;  // tells the runs of checkpoints apart where no column does
  // Params of runs whose names have one of these parts, for files without a column of them:
  // {"run-70m", 70e6}.
  std::map<std::string, double> sizes;
  double flops_per_token_param = kFlopsPerTokenParam;  // where one of N, D and C is not in the file
  // The learning rate at every step, by run: host/reading/schedules.h. Without it, what a law reads
  // of a learning rate comes from columns of the file.
  std::map<std::string, std::string> schedule;
};

}  // namespace isoloss
