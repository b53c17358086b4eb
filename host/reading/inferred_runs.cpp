#include "host/reading/inferred_runs.h"

#include <fmt/format.h>

#include <numeric>

#include "host/reading/reading_warnings.h"

namespace isoloss {
namespace {

// Sweeps train a size to some 3 to 6 lengths; a curve has dozens of checkpoints.
constexpr std::size_t kFewestCheckpoints = 10;

// The first row behind the stretch that begins at `begin`.
std::size_t end_of_stretch(const RunTable& table, std::size_t begin) {
  std::size_t end = begin + 1;
  while (end < table.num_runs() && table.params[end] == table.params[begin] &&
         table.tokens[end] > table.tokens[end - 1]) {
    ++end;
  }
  return end;
}

}  // namespace

void infer_runs(RunTable& table) {
  if (!table.run.empty() || table.params.empty() || table.tokens.empty()) return;
  std::vector<std::size_t> first(table.num_runs());  // row of the label
  std::iota(first.begin(), first.end(), std::size_t{0});
  std::size_t num_curves = 0;
  std::size_t num_rows = 0;
  for (std::size_t begin = 0; begin < table.num_runs();) {
    const std::size_t end = end_of_stretch(table, begin);
    const bool is_curve = end - begin >= kFewestCheckpoints;
    for (std::size_t i = begin; i < end && is_curve; ++i) first[i] = begin;
    num_curves += is_curve;
    num_rows += is_curve ? end - begin : 0;
    begin = end;
  }
  if (num_curves == 0) return;
  for (const std::size_t row : first) table.run.push_back(fmt::format("line {}", table.line[row]));
  table.warnings.push_back(runs_inferred(num_curves, num_rows));
}

}  // namespace isoloss
