#include "host/fit/same_inputs.h"

#include <algorithm>
#include <numeric>

namespace isoloss {

std::vector<std::vector<std::size_t>> rows_by_inputs(const RunTable& runs, const LawEntry& law) {
  std::vector<const std::vector<double>*> inputs;
  for (const LawInput& input : law.inputs) inputs.push_back(&runs.values_of(input.column));
  // Less than 0, 0 or more: the first input that differs decides.
  const auto order = [&](std::size_t a, std::size_t b) {
    for (const std::vector<double>* of : inputs)
      if ((*of)[a] != (*of)[b]) return (*of)[a] < (*of)[b] ? -1 : 1;
    return 0;
  };
  std::vector<std::size_t> rows(runs.num_runs());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  std::stable_sort(rows.begin(), rows.end(),
                   [&](std::size_t a, std::size_t b) { return order(a, b) < 0; });
  std::vector<std::vector<std::size_t>> out;
  for (const std::size_t row : rows) {
    if (out.empty() || order(out.back().front(), row) != 0) out.emplace_back();
    out.back().push_back(row);
  }
  return out;
}

}  // namespace isoloss
