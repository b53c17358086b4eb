// Which runs a law is fitted to and which it is then asked to predict.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "host/reading/run_table.h"

namespace isoloss {

enum class HoldoutKind {
  beyond,  // the runs with more of the quantity than `share` of the largest
  top,     // the `share` of runs that have most of it
  each,    // the runs of each value of it in turn
};

// One way to hold runs out, "beyond-compute:1/10". The quantity is compute, params, tokens, run or
// any column that is read.
struct Holdout {
  HoldoutKind kind = HoldoutKind::beyond;
  std::string quantity = "compute";
  double share = 0.1;  // not of `each`

  // As it was asked for.
  std::string text() const;
};
// As host/base/records.h has it.
void fields(auto& visit, Holdout& of) { visit(of.kind, of.quantity, of.share); }

// "beyond-QUANTITY:SHARE", "top-QUANTITY:SHARE" or "each-QUANTITY"; a share is 0.1, 10% or 1/10.
// Throws InputError for anything else.
Holdout parse_holdout(std::string_view text);

// A share above 0 and below 1, "0.1", "10%" or "1/10". Throws InputError for anything else.
double parse_share(std::string_view text);

// One split of the runs; places in the table, ascending.
struct Fold {
  std::string label;  // "compute above 2.1e21 FLOP", "params 1.05B"
  std::string at;     // the largest fitted, "2.1e21 FLOP"; empty of `each`
  std::vector<std::size_t> fitted;
  std::vector<std::size_t> held_out;
  std::vector<double>
      times;  // of each held out: its quantity over the largest fitted; not of `each`
};

// Values that differ by less than this share are one size, one budget.
inline constexpr double kSameGroup = 0.02;

// The folds of a way to hold out: one, or of `each` one a value.
//
//   throws  InputError if the quantity was not read, or a side of a split would be empty
//   cost    a sort of the runs
std::vector<Fold> folds_of(const RunTable& runs, const Holdout& holdout);

// Where nothing is asked for: beyond a third, a tenth and a thirtieth of the largest compute, or of
// `quantity`, as long as at least `fewest` runs are left to fit.
std::vector<Holdout> default_holdouts(const RunTable& runs, const std::string& quantity,
                                      std::size_t fewest);

}  // namespace isoloss
