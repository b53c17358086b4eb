#include "host/search/start_ranges.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "fits/math.h"

namespace isoloss {
namespace {

// Parameters may be this far from the size that a formula gives them, either way: two decades, and
// more on a log scale, where an exponent may stretch it. Most are nearer.
constexpr double kReach = 2 * std::numbers::ln10;
constexpr double kLogReach = 25;
constexpr double kNearShare = 0.5;
// A log of less than this is no number's.
constexpr double kLeastLog = -690;

struct UsualLog {
  Input input;
  double log;
};
// Logs of runs for which the laws' ranges are written; other inputs are plain numbers.
constexpr UsualLog kUsualLogs[] = {{Input::N, 21}, {Input::D, 24},  {Input::C, 46}, {Input::S, 11},
                                   {Input::x, 30}, {Input::S_1, 0}, {Input::G, 2}};
constexpr double kUsualLogLoss = 1;
constexpr double kUsualLogOfLoss = -0.7;  // of an accuracy or an error that a loss tells

double mean_of(const double* values, int num) {
  double sum = 0;
  for (int i = 0; i < num; ++i) sum += values[i];
  return sum / num;
}

double largest_size(const double* values, int num) {
  double largest = 0;
  for (int i = 0; i < num; ++i) largest = std::max(largest, std::fabs(values[i]));
  return largest;
}

double log_or_least(double value) { return value > 0 ? isoloss::log(value) : kLeastLog; }

// Of the response: log of its typical absolute value in plain units.
double log_response(const LawEntry& law, const Problem& problem) {
  const RunsView runs = problem.view();
  if (law.log_residual) return mean_of(runs.target, runs.num_runs) + problem.centre()[kResponse];
  return log_or_least(law.unit * largest_size(runs.target, runs.num_runs));
}

DataSizes data_sizes(const LawEntry& law, const Problem& problem) {
  const RunsView runs = problem.view();
  DataSizes out;
  for (int k = 0; k < law.num_inputs(); ++k) {
    const double* values = runs.input_at(k, 0);
    const bool is_log = law.inputs[static_cast<std::size_t>(k)].axis == Axis::log;
    out.log_input.push_back(is_log ? mean_of(values, runs.num_runs)
                                   : log_or_least(largest_size(values, runs.num_runs)));
  }
  out.log_response = log_response(law, problem);
  return out;
}

bool allows_negative(const LawParam& param) { return param.bounds.lower < 0; }

}  // namespace

StartRanges::StartRanges(const LawEntry& law, const Problem& problem) : law_(law) {
  const RunsView runs = problem.view();
  const Centre& centre = problem.centre();
  for (const auto& [input, log] : kUsualLogs) {
    const int place = law.place_of(input);
    const auto with = static_cast<std::size_t>(input);
    if (place < 0 || !law.moves_with(input)) continue;
    usual_[with] = log;
    mean_[with] =
        centre[with] != 0 ? centre[with] : mean_of(runs.input_at(place, 0), runs.num_runs);
  }
  usual_[kResponse] = law.reads(Input::L) ? kUsualLogOfLoss : kUsualLogLoss;
  mean_[kResponse] =
      centre[kResponse] != 0 && law.log_residual ? centre[kResponse] : log_response(law, problem);
  if (law.param_sizes) sizes_ = law.param_sizes(data_sizes(law, problem));
  for (int k = 0; k < law.num_params(); ++k) {
    StartRange range = law.params[static_cast<std::size_t>(k)].range;
    for (const Shift& shift : law.shifts) {
      const int place = law.place_of(shift.input);
      if (shift.param != k || shift.by >= 0 || place < 0) continue;
      const auto with = static_cast<std::size_t>(info_of(shift.input).centred_with);
      const double* values = runs.input_at(place, 0);
      const auto [least, most] = std::minmax_element(values, values + runs.num_runs);
      const double moved = usual_[with] + centre[with] - mean_[with];
      const StartRange at_runs{std::max(range.lower, *least + moved),
                               std::min(range.upper, *most + moved)};
      if (at_runs.lower < at_runs.upper) range = at_runs;
    }
    near_runs_.push_back(range);
  }
}

// Each size of a parameter has an equal part of the range, and each sign where both are allowed.
double StartRanges::of_size(int k, double u, bool near) const {
  const auto index = static_cast<std::size_t>(k);
  const LawParam& param = law_.params[index];
  const StartRange& range = param.range;
  const LogSizes& sizes = sizes_[index];
  const bool is_log = law_.is_log(k);
  const bool both = !is_log && param.bounds.lower < 0 && param.bounds.upper > 0;
  const bool negative = !is_log && (both ? u < 0.5 : param.bounds.upper <= 0);
  double part = both ? 2 * u - (negative ? 0 : 1) : u;
  const double which = std::floor(part * static_cast<double>(sizes.size()));
  part = part * static_cast<double>(sizes.size()) - which;
  const double middle = sizes[std::min(static_cast<std::size_t>(which), sizes.size() - 1)];
  const double reach = (near ? kNearShare : 1) * (is_log ? kLogReach : kReach);
  const double least = is_log ? range.lower : log_or_least(range.lower);
  const double most = is_log ? range.upper : log_or_least(range.upper);
  double lower = std::max(least, middle - reach);
  double upper = std::min(most, middle + reach);
  if (!(lower <= upper)) {  // the user's box is elsewhere
    lower = middle < least ? least : std::max(least, most - 2 * reach);
    upper = middle < least ? std::min(most, least + 2 * reach) : most;
  }
  const double log_size = lower + (upper - lower) * part;
  if (is_log) return log_size;
  return negative ? -isoloss::exp(log_size) : isoloss::exp(log_size);
}

double StartRanges::at(int k, double u, bool near_runs) const {
  const LawParam& param = law_.params[static_cast<std::size_t>(k)];
  if (param.range.is_of_size) return of_size(k, u, near_runs);
  const StartRange& range = near_runs ? near_runs_[static_cast<std::size_t>(k)] : param.range;
  return range.lower + (range.upper - range.lower) * u;
}

Theta StartRanges::for_runs(const Theta& usual) const {
  return law_.from_search(law_.to_search(usual, usual_), mean_);
}

Grid StartRanges::grid(int k) const {
  const LawParam& param = law_.params[static_cast<std::size_t>(k)];
  if (!param.range.is_of_size) return param.starts;
  const double low = of_size(k, 0.25, false);
  const double high = of_size(k, 0.75, false);
  if (law_.is_log(k)) return {low, high, 0.5 * (high - low)};
  const double size = of_size(k, 0.99999, false) / isoloss::exp(kReach);
  if (allows_negative(param) && param.bounds.upper > 0) return {-size, size, 2 * size};
  return {std::min(low, high), std::max(low, high), std::fabs(high - low)};
}

LawEntry with_sized_grids(const LawEntry& law, const Problem& problem) {
  LawEntry out = law;
  if (!law.param_sizes) return out;
  const StartRanges ranges(law, problem);
  for (int k = 0; k < law.num_params(); ++k)
    if (!law.is_held(k)) out.params[static_cast<std::size_t>(k)].starts = ranges.grid(k);
  return out;
}

}  // namespace isoloss
