#include "host/answers/predict/prediction.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "fits/functions.h"
#include "fits/math.h"
#include "fits/random.h"
#include "host/base/aligned.h"
#include "host/base/error.h"
#include "host/base/number_text.h"
#include "host/base/statistics.h"
#include "host/base/text.h"
#include "host/base/warnings.h"
#include "host/reading/curve_inputs.h"

namespace isoloss {
namespace {

const std::vector<double>& values_of(const NewRuns& runs, const LawEntry& law,
                                     const LawInput& input) {
  const auto found = runs.values.find(input.column);
  if (found != runs.values.end()) return found->second;
  const std::string hint = is_curve_input(input.column)
                               ? "give ``schedule`` and ``steps``"
                               : fmt::format("give ``input`` {}=VALUE", input.column);
  const std::string what = input.is_history() ? "the learning rate's history"
                                              : fmt::format("{}, {}", input.column, input.meaning);
  throw InputError("", 0, "", fmt::format("the law {} reads {}", law.name, what), hint);
}

// The law's inputs in padded arrays.
class LawRows {
 public:
  LawRows(const LawEntry& law, const NewRuns& runs)
      : law_(law), num_(runs.num_rows), padded_((num_ + kNumLanes - 1) / kNumLanes * kNumLanes) {
    inputs_.resize(law.inputs.size() * padded_);
    zeros_.resize(padded_);
    for (std::size_t k = 0; k < law.inputs.size(); ++k) {
      const std::vector<double>& values = values_of(runs, law, law.inputs[k]);
      const bool is_log = law.inputs[k].axis == Axis::log;
      for (std::size_t i = 0; i < padded_; ++i) {
        const double value = values[std::min(i, num_ - 1)];
        inputs_[k * padded_ + i] = is_log ? isoloss::log(value) : value;
      }
    }
  }

  std::vector<double> predict(const Theta& theta) const {
    const auto padded = static_cast<int>(padded_);
    const RunsView view{inputs_.data(),         padded, zeros_.data(), zeros_.data(),
                        static_cast<int>(num_), padded};
    std::vector<double> out(padded_);
    const LawKernels kernels = tape_kernels(law_.tape(), simd_level());
    kernels.predict(kernels.tape, view, theta.data(), out.data());
    out.resize(num_);
    for (double& own : out) own = law_.log_residual ? isoloss::exp(own) : law_.tape_unit() * own;
    return out;
  }

 private:
  const LawEntry& law_;
  std::size_t num_, padded_;
  AlignedDoubles inputs_, zeros_;
};

std::string range_text(double least, double largest) {
  if (least == largest) return flops_text(least);
  return fmt::format("{} .. {}", flops_text(least), flops_text(largest));
}

void add_range_warnings(const FittedLaw& fit, const NewRuns& runs, std::vector<Warning>& out) {
  for (const FittedRange& range : fit.ranges) {
    const auto found = runs.values.find(range.column);
    if (found == runs.values.end()) continue;
    const auto outside = [&](double x) { return x < range.least || x > range.largest; };
    const auto& values = found->second;
    const auto num = std::count_if(values.begin(), values.end(), outside);
    if (num == 0) continue;
    const auto [least, largest] = std::minmax_element(values.begin(), values.end());
    out.push_back(warning<"extrapolation">(fmt::format(
        "{} of {} outside the fitted range of {}, {} .. {}: it is {} here, and the "
        "prediction an extrapolation",
        num, counted(values.size(), "row"), printable(range.symbol), flops_text(range.least),
        flops_text(range.largest), range_text(*least, *largest))));
  }
}

// What the fit's own report says against it.
void add_doubts(const FittedLaw& fit, std::vector<Warning>& out) {
  for (const Warning& own : fit.warnings)
    if (status_called(own.name) || own.name == code_of<"intervals_withheld">) out.push_back(own);
}

// What each draw says, by row.
std::vector<std::vector<double>> drawn(const LawRows& rows, const FittedLaw& fit) {
  std::vector<std::vector<double>> out;
  for (std::size_t draw = 1; draw < fit.thetas.size(); ++draw) {
    const std::vector<double> values = rows.predict(fit.thetas[draw]);
    out.resize(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) out[i].push_back(values[i]);
  }
  return out;
}

// Of the finite draws.
std::vector<Interval> intervals_of(std::vector<std::vector<double>> by_row, double confidence) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  std::vector<Interval> out;
  for (std::vector<double>& own : by_row) {
    own = finite_values(std::move(own));
    out.push_back(own.size() < 2 ? Interval{kNone, kNone}
                                 : percentile_interval(std::move(own), confidence));
  }
  return out;
}

// What was measured less what was predicted, of logs if the law's residuals are; a fit of p
// parameters leaves residuals that are too small by the root of (n - p) / n.
std::vector<double> inflated_errors(const FittedLaw& fit) {
  const auto num = static_cast<double>(fit.made->fit.residuals.size());
  const double freedom = std::fmax(1, num - fit.law.num_free());
  std::vector<double> out;
  for (const double residual : fit.made->fit.residuals)
    out.push_back(-residual * std::sqrt(num / freedom));
  return out;
}

PredictionError error_of(const Predictions& predictions, const std::vector<std::size_t>& rows,
                         const std::string& run) {
  const NewRuns& runs = predictions.runs;
  PredictionError out{run, rows.size(), 0, 0, 0};
  double mean = 0, squares = 0, spread = 0, size = 0;
  for (const std::size_t i : rows) mean += runs.observed[i] / static_cast<double>(rows.size());
  for (const std::size_t i : rows) {
    const double miss = predictions.value[i] - runs.observed[i];
    out.mean_absolute += std::fabs(miss) / static_cast<double>(rows.size());
    out.worst_relative = std::max(out.worst_relative, std::fabs(miss / runs.observed[i]));
    squares += miss * miss;
    spread += (runs.observed[i] - mean) * (runs.observed[i] - mean);
    size += runs.observed[i] * runs.observed[i];
  }
  out.r2 = r_squared(squares, spread, size);
  return out;
}

}  // namespace

NewRuns new_runs(const RunTable& table, const LawEntry& law) {
  NewRuns out;
  out.num_rows = table.num_runs();
  out.run = table.run;
  out.observed = table.loss;
  out.warnings = table.warnings;
  for (const LawInput& input : law.inputs) out.values[input.column] = table.values_of(input.column);
  if (table.further.contains("steps")) out.values["steps"] = table.values_of("steps");
  return out;
}

Predictions predict(const FittedLaw& fit, NewRuns runs) {
  const LawRows rows(fit.law, runs);
  Predictions out;
  out.status = fit.status;
  out.warnings = runs.warnings;
  out.value = rows.predict(fit.theta());
  add_doubts(fit, out.warnings);
  add_range_warnings(fit, runs, out.warnings);
  out.runs = std::move(runs);
  if (fit.has_draws()) out.interval = intervals_of(drawn(rows, fit), fit.confidence);
  return out;
}

std::vector<Interval> new_run_intervals(const FittedLaw& fit, const NewRuns& runs,
                                        std::uint64_t seed) {
  if (!fit.made || !fit.has_draws()) return {};
  const std::vector<double> errors = inflated_errors(fit);
  std::vector<std::vector<double>> by_row = drawn(LawRows(fit.law, runs), fit);
  for (std::size_t row = 0; row < by_row.size(); ++row)
    for (std::size_t draw = 0; draw < by_row[row].size(); ++draw) {
      const PhiloxBlock words = random_block(seed, draw, static_cast<std::uint32_t>(row / 4));
      const std::uint32_t place =
          below(words.word[row % 4], static_cast<std::uint32_t>(errors.size()));
      double& own = by_row[row][draw];
      own = fit.law.log_residual ? own * isoloss::exp(errors[place]) : own + errors[place];
    }
  return intervals_of(std::move(by_row), fit.confidence);
}

std::vector<PredictionError> prediction_errors(const Predictions& predictions) {
  const NewRuns& runs = predictions.runs;
  std::vector<std::string> order;
  std::map<std::string, std::vector<std::size_t>> rows;
  for (std::size_t i = 0; i < runs.observed.size(); ++i) {
    if (!std::isfinite(runs.observed[i])) continue;
    const std::string label = runs.run.empty() ? "" : runs.run[i];
    if (!rows.contains(label)) order.push_back(label);
    rows[label].push_back(i);
  }
  std::vector<PredictionError> out;
  for (const std::string& label : order) out.push_back(error_of(predictions, rows[label], label));
  return out;
}

}  // namespace isoloss
