#include "host/answers/inspect/repeats.h"

#include <algorithm>
#include <cmath>

#include "host/fit/same_inputs.h"

namespace isoloss {
namespace {

double sum_of_squares(const std::vector<double>& values) {
  double sum = 0, mean = 0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  for (const double value : values) sum += (value - mean) * (value - mean);
  return sum;
}

}  // namespace

RepeatedRuns repeated_runs(const RunTable& runs, const LawEntry& law) {
  RepeatedRuns out;
  double squares = 0;
  for (const std::vector<std::size_t>& rows : rows_by_inputs(runs, law)) {
    std::vector<double> seen, compared;
    for (const std::size_t i : rows) {
      if (std::find(seen.begin(), seen.end(), runs.loss[i]) != seen.end()) {
        out.copies.push_back(i);
        continue;
      }
      seen.push_back(runs.loss[i]);
      compared.push_back(law.log_residual ? std::log(runs.loss[i]) : runs.loss[i]);
    }
    if (seen.size() < 2) continue;
    ++out.num_settings;
    out.num_replicates += seen.size();
    squares += sum_of_squares(compared);
  }
  std::sort(out.copies.begin(), out.copies.end());
  if (out.num_settings > 0)
    out.deviation = std::sqrt(squares / static_cast<double>(out.num_replicates - out.num_settings));
  return out;
}

}  // namespace isoloss
