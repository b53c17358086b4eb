#include "host/answers/isoflop/isoflop.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <memory>
#include <utility>

#include "fits/math.h"
#include "host/answers/divided.h"
#include "host/answers/isoflop/minima.h"
#include "host/answers/isoflop/residual_draws.h"
#include "host/answers/isoflop/surface.h"
#include "host/base/error.h"
#include "host/base/number_text.h"
#include "host/base/statistics.h"
#include "host/base/text.h"
#include "host/base/threads.h"
#include "host/base/value_groups.h"
#include "host/base/warnings.h"
#include "host/fit/extrapolation_warning.h"
#include "host/laws/law_choice.h"
#include "host/reading/read_runs.h"

namespace isoloss {
namespace {

constexpr std::size_t kFewBudgets = 3;
constexpr int kDrawsABlock = 64;
constexpr int kCurvePoints = 32;
// The sizes of a budget are so many times as far apart as its runs' own budgets, as logs: else the
// loss along them is that of more compute as well.
constexpr double kLeastSpread = 3;

bool is_compute(const IsoflopQuestion& question) { return question.budget.empty(); }

bool is_one_of_two(const std::string& size) { return size == "params" || size == "tokens"; }

// Whether N, D and C are what the question is about, and a law of them is to be set beside it.
bool has_surface(const IsoflopQuestion& question) {
  return !question.law.empty() && is_compute(question) && is_one_of_two(question.size);
}

RunTable read_runs_for(const RunSource& source, const IsoflopQuestion& question) {
  const auto table = table_of(source);
  ReadOptions read = source.read;
  const std::string budget = is_compute(question) ? "flops" : question.budget;
  read.inputs = {{question.size}, {budget}};
  read.error_of_log = false;  // parabolas are fitted to losses
  return runs_of(*table, read);
}

// Log of the largest over the least.
double log_spread(const std::vector<double>& values, const std::vector<std::size_t>& rows) {
  double least = values[rows.front()], largest = least;
  for (const std::size_t row : rows) {
    least = std::fmin(least, values[row]);
    largest = std::fmax(largest, values[row]);
  }
  return isoloss::log(largest / least);
}

IsoflopDesign design_of(const RunTable& runs, const IsoflopQuestion& question) {
  const std::vector<double>& budgets =
      runs.values_of(is_compute(question) ? "flops" : question.budget);
  const ValueGroups groups = groups_by_value(budgets, question.tolerance);
  IsoflopDesign out;
  out.curve = question.curve;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    IsoflopSlice slice{0, groups.members(g), false};
    double sum = 0;
    for (const std::size_t row : slice.rows) sum += isoloss::log(budgets[row]);
    // Of one number the mean is that, to the digit.
    const bool is_one = std::all_of(slice.rows.begin(), slice.rows.end(), [&](std::size_t row) {
      return budgets[row] == budgets[slice.rows.front()];
    });
    slice.budget = is_one ? budgets[slice.rows.front()]
                          : isoloss::exp(sum / static_cast<double>(slice.rows.size()));
    out.slices.push_back(std::move(slice));
  }
  const std::vector<double>& sizes = runs.values_of(question.size);
  for (IsoflopSlice& slice : out.slices)
    slice.is_one_budget =
        kLeastSpread * log_spread(budgets, slice.rows) <= log_spread(sizes, slice.rows);
  for (const double size : sizes) out.log_size.push_back(isoloss::log(size));
  out.weight = runs.weights.empty() ? std::vector<double>(runs.num_runs(), 1) : runs.weights;
  return out;
}

// By reason: the table has each budget's.
std::string left_out(const Isoflop& of) {
  std::string out;
  for (const SliceFault fault :
       {SliceFault::too_few, SliceFault::no_least, SliceFault::outside, SliceFault::no_budget}) {
    const auto num = std::count_if(of.budgets.begin(), of.budgets.end(),
                                   [&](const IsoflopBudget& own) { return own.fault == fault; });
    if (num > 0) out += fmt::format("{}{} at {}", out.empty() ? "" : ", ", fault_text(fault), num);
  }
  return out;
}

void require_line(const IsoflopMinima& minima, const Isoflop& of) {
  if (minima.num_used >= 2) return;
  const std::string faults = left_out(of);
  throw InputError(
      of.path, 0, "",
      fmt::format("{} of {} budgets {} a best model, and a power law needs two{}{}",
                  minima.num_used, of.budgets.size(), minima.num_used == 1 ? "has" : "have",
                  faults.empty() ? "" : "; left out: ", faults),
      "add runs on both sides of the best size; isoloss isoflop joins budgets that were meant to "
      "be one, ``tolerance``");
}

// Whether minima that a shard holds can be of this design.
bool can_be_of(const IsoflopDesign& design, const IsoflopMinima& row) {
  const auto is_fault = [](const SliceLeast& least) {
    return least.fault >= SliceFault::none && least.fault <= SliceFault::no_budget;
  };
  return row.leasts.size() == design.slices.size() &&
         std::all_of(row.leasts.begin(), row.leasts.end(), is_fault);
}

// Of resamples, so many to a block but for the last.
Divided<std::vector<IsoflopMinima>> blocks_of_draws(const IsoflopDesign& design,
                                                    const RunTable& runs,
                                                    const ShardOptions& shards,
                                                    const FitOptions& options) {
  const ResidualDraws residuals(design, runs.loss);
  const int num = residuals.any() ? options.num_resamples : 0;
  return divided<std::vector<IsoflopMinima>>(
      {(num + kDrawsABlock - 1) / kDrawsABlock, "blocks of 64 resamples",
       num_threads_to_use(options.num_threads)},
      shards, checksum_of_work(shards, runs, {}),
      [&](int block) {
        std::vector<IsoflopMinima> out;
        for (int r = block * kDrawsABlock; r < std::min(num, (block + 1) * kDrawsABlock); ++r)
          out.push_back(
              minima_of(design, residuals.draw(options.seed, static_cast<std::uint64_t>(r))));
        return out;
      },
      [&](const std::vector<IsoflopMinima>& block, int) {
        return std::all_of(block.begin(), block.end(),
                           [&](const IsoflopMinima& row) { return can_be_of(design, row); });
      });
}

// Rows: the estimate, then a resample each.
std::vector<IsoflopMinima> rows_of(IsoflopMinima estimate,
                                   std::vector<std::vector<IsoflopMinima>> blocks) {
  std::vector<IsoflopMinima> out{std::move(estimate)};
  for (std::vector<IsoflopMinima>& block : blocks)
    std::move(block.begin(), block.end(), std::back_inserter(out));
  return out;
}

// of: a number of a row, NaN where it has none.
template <class Of>
Estimate estimate(const std::vector<IsoflopMinima>& rows, double confidence, Of&& of) {
  return estimate_of(rows.size(), confidence, [&](std::size_t i) { return of(rows[i]); });
}

// What is drawn of a budget.
void add_curve(const IsoflopDesign& design, const RunTable& runs, std::size_t slice,
               IsoflopBudget& out) {
  double least = INFINITY, most = -INFINITY;
  for (const std::size_t row : design.slices[slice].rows) {
    const double x = design.log_size[row];
    out.run_size.push_back(isoloss::exp(x));
    out.run_loss.push_back(runs.loss[row]);
    least = std::fmin(least, x);
    most = std::fmax(most, x);
  }
  const SliceCurve curve = curve_of(design, slice, runs.loss);
  if (curve.least().fault == SliceFault::too_few) return;
  for (int i = 0; i <= kCurvePoints; ++i) {
    const double x = least + (most - least) * i / kCurvePoints;
    out.curve_size.push_back(isoloss::exp(x));
    out.curve_loss.push_back(curve.at(x));
  }
}

void add_budgets(const IsoflopDesign& design, const RunTable& runs,
                 const std::vector<IsoflopMinima>& rows, Isoflop& out) {
  for (std::size_t s = 0; s < design.slices.size(); ++s) {
    IsoflopBudget own;
    own.budget = design.slices[s].budget;
    own.num_runs = design.slices[s].rows.size();
    own.fault = rows[0].leasts[s].fault;
    const auto quantity = [&](auto of) {
      return estimate(rows, out.confidence, [&](const IsoflopMinima& row) {
        const SliceLeast& least = row.leasts[s];
        return least.fault == SliceFault::none ? of(least) : NAN;
      });
    };
    if (own.fault == SliceFault::none) {
      own.size = quantity([](const SliceLeast& least) { return isoloss::exp(least.x); });
      own.loss = quantity([](const SliceLeast& least) { return least.loss; });
    }
    add_curve(design, runs, s, own);
    out.budgets.push_back(std::move(own));
  }
}

void add_line(const std::vector<IsoflopMinima>& rows, Isoflop& out) {
  out.law.exponent =
      estimate(rows, out.confidence, [](const IsoflopMinima& row) { return row.line.exponent; });
  out.law.coefficient = estimate(rows, out.confidence, [](const IsoflopMinima& row) {
    return isoloss::exp(row.line.log_coefficient);
  });
  double num_without = 0;
  for (const IsoflopMinima& row : rows) num_without += row.num_used < 2 ? 1 : 0;
  if (rows.size() > 1) out.share_without = num_without / static_cast<double>(rows.size() - 1);
  const bool has_other = is_compute(out.question) && is_one_of_two(out.question.size);
  for (const double budget : out.question.budgets) {
    const double log_budget = isoloss::log(budget);
    IsoflopPlan plan{budget, {}, {}, {}};
    plan.size = estimate(rows, out.confidence, [&](const IsoflopMinima& row) {
      return isoloss::exp(row.line.at(log_budget));
    });
    if (has_other)
      plan.other = estimate(rows, out.confidence, [&](const IsoflopMinima& row) {
        return budget / out.flops_per_token_param / isoloss::exp(row.line.at(log_budget));
      });
    out.plans.push_back(std::move(plan));
  }
}

void add_warnings(Isoflop& out) {
  if (out.num_used < out.budgets.size())
    out.warnings.push_back(warning<"budgets_left_out">(out.budgets.size() - out.num_used,
                                                       out.budgets.size(), left_out(out)));
  if (out.num_used < kFewBudgets) out.warnings.push_back(warning<"few_budgets">(out.num_used));
  const auto& exponent = out.law.exponent;
  if (out.bias && exponent.standard_error &&
      std::fabs(out.bias->exponent) > threshold_of<"method_bias"> * *exponent.standard_error)
    out.warnings.push_back(warning<"method_bias">(out.bias->exponent));
  if (out.question.budgets.empty() || !is_compute(out.question)) return;
  const double most = *std::max_element(out.question.budgets.begin(), out.question.budgets.end());
  if (const auto warning = extrapolation_warning(most / out.budgets.back().budget))
    out.warnings.push_back(*warning);
}

}  // namespace

Outcome Isoflop::outcome() const {
  return num_used < kFewBudgets ? Outcome::unsound : Outcome::sound;
}

Isoflop isoflop(const RunSource& source, const IsoflopQuestion& question,
                const FitOptions& options) {
  const RunTable runs = read_runs_for(source, question);
  const IsoflopDesign design = design_of(runs, question);
  Isoflop out;
  out.question = question;
  out.path = runs.path;
  out.flops_per_token_param = source.read.flops_per_token_param;
  out.seed = options.seed;
  out.confidence = options.confidence;
  out.warnings = runs.warnings;
  auto made = blocks_of_draws(design, runs, question.shards, options);
  out.shard = std::move(made.shard);
  if (out.shard) return out;
  const std::vector<IsoflopMinima> rows =
      rows_of(minima_of(design, runs.loss), std::move(made.items));
  out.num_resamples = static_cast<int>(rows.size()) - 1;
  out.num_used = rows[0].num_used;
  add_budgets(design, runs, rows, out);
  require_line(rows[0], out);
  add_line(rows, out);
  if (has_surface(question) && !runs.params.empty() && !runs.tokens.empty())
    add_surface(runs, design, options, out);
  add_warnings(out);
  return out;
}

}  // namespace isoloss
