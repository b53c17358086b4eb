#include "host/reading/inferred_runs.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <vector>

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

struct Stretch {
  std::size_t begin;
  std::size_t end;
};

std::vector<Stretch> likely_curves(const RunTable& table) {
  std::vector<Stretch> curves;
  for (std::size_t begin = 0, end = 0; begin < table.num_runs(); begin = end) {
    end = end_of_stretch(table, begin);
    if (end - begin >= kFewestCheckpoints) curves.push_back({begin, end});
  }
  return curves;
}

}  // namespace

void infer_runs(RunTable& table) {
  if (!table.run.empty() || table.params.empty() || table.tokens.empty()) return;
  const std::vector<Stretch> curves = likely_curves(table);
  if (curves.empty()) return;
  std::vector<std::size_t> first(table.num_runs());  // row of the label
  std::iota(first.begin(), first.end(), std::size_t{0});
  std::size_t num_rows = 0;
  for (const auto [begin, end] : curves) {
    std::fill(first.begin() + static_cast<std::ptrdiff_t>(begin),
              first.begin() + static_cast<std::ptrdiff_t>(end), begin);
    num_rows += end - begin;
  }
  for (const std::size_t row : first) table.run.push_back(fmt::format("line {}", table.line[row]));
  table.warnings.push_back(runs_inferred(curves.size(), num_rows));
}

}  // namespace isoloss
