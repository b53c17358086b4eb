#include "host/fit/fit_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/base/error.h"
#include "host/base/text.h"
#include "host/search/starts.h"

namespace isoloss {
namespace {

constexpr long long kMostGridStarts = 1'000'000;

}  // namespace

std::string too_few_runs(const RunTable& runs, const LawEntry& law) {
  const auto num_free = static_cast<std::size_t>(law.num_free());
  if (runs.num_runs() >= num_free) return "";
  return fmt::format("{}, {} parameters: {} cannot be fitted", counted(runs.num_runs(), "row"),
                     num_free, law.name);
}

void require_enough_runs(const RunTable& runs, const LawEntry& law) {
  const std::string too_few = too_few_runs(runs, law);
  if (!too_few.empty())
    throw InputError(runs.path, 0, "", too_few, "add runs, or choose a law with fewer parameters");
}

void refuse_budgets(const LawEntry& law) {
  throw InputError(
      "", 0, "",
      fmt::format("``compute``: {} has no compute-optimal model, which takes a law of N "
                  "and D alone",
                  law.name),
      "leave out ``compute``; of a formula of N and D, isoloss optimum has it");
}

double largest_budget(const RunTable& runs, const FitOptions& options) {
  double largest = 0;
  for (const double C : runs.flops) largest = std::max(largest, C);
  if (!runs.flops.empty() || runs.params.empty() || runs.tokens.empty()) return largest;
  for (std::size_t i = 0; i < runs.num_runs(); ++i)
    largest = std::max(largest, options.flops_per_token_param * runs.params[i] * runs.tokens[i]);
  return largest;
}

void require_small_grid(const LawEntry& law, const FitOptions& options) {
  const long long num = num_grid_starts(law);
  if (options.starts != StartMode::grid || num <= kMostGridStarts) return;
  throw InputError("", 0, "",
                   fmt::format("``starts`` grid: {} parameters make {} starts, more than {}",
                               law.num_free(), num, kMostGridStarts),
                   "give a number: ``starts`` 10000, or hold parameters with ``fix``");
}

void require_finite(const RunTable& runs, double objective, int num_starts) {
  if (std::isfinite(objective)) return;
  throw InputError(runs.path, 0, "",
                   num_starts == 0
                       ? "the law is no number on these runs wherever it was tried"
                       : fmt::format("the law is no number on these runs, tried from {} "
                                     "starts",
                                     num_starts),
                   "have the search begin near the answer: ``start`` NAME=VALUE");
}

}  // namespace isoloss
