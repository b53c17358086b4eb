// What in a design keeps a law's parameters from being told apart, in words.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "fits/math.h"
#include "host/base/statistics.h"
#include "host/base/text.h"
#include "host/base/warnings.h"
#include "host/fit/fit_checks.h"
#include "host/fit/identifiability.h"

namespace isoloss {
namespace {

constexpr std::size_t kManyValues = 3;  // one and two are too few

// Pearson's, of so many runs that are evenly spread over the table; 0 if either does not vary.
double correlation_of_logs(const std::vector<double>& x, const std::vector<double>& y) {
  constexpr std::size_t kMost = 65536;
  const std::size_t step = (x.size() + kMost - 1) / kMost;
  std::vector<double> log_x, log_y;
  for (std::size_t i = 0; i < x.size(); i += step) {
    log_x.push_back(isoloss::log(x[i]));
    log_y.push_back(isoloss::log(y[i]));
  }
  const double mean_x = mean(log_x);
  const double mean_y = mean(log_y);
  double xx = 0;
  double xy = 0;
  double yy = 0;
  for (std::size_t i = 0; i < log_x.size(); ++i) {
    xx += (log_x[i] - mean_x) * (log_x[i] - mean_x);
    xy += (log_x[i] - mean_x) * (log_y[i] - mean_y);
    yy += (log_y[i] - mean_y) * (log_y[i] - mean_y);
  }
  return xx * yy > 0 ? xy / std::sqrt(xx * yy) : 0;
}

// Values that differ by more than rounding, counted up to kManyValues.
template <class Value>
std::size_t num_distinct(std::size_t num, const Value& value) {
  std::vector<double> found;
  for (std::size_t i = 0; i < num && found.size() < kManyValues; ++i) {
    const double own = value(i);
    const auto is_same = [&](double other) {
      return std::fabs(own - other) <= 1e-6 * std::fabs(own);
    };
    if (std::none_of(found.begin(), found.end(), is_same)) found.push_back(own);
  }
  return found.size();
}

std::size_t num_distinct(const std::vector<double>& values) {
  return num_distinct(values.size(), [&](std::size_t i) { return values[i]; });
}

bool rises_with(const RunTable& runs, const std::vector<double>& x) {
  return correlation_of_logs(x, runs.loss) > threshold_of<"response_rises">;
}

// Of the built-in laws those of N and D fall with both; what a formula does its user knows.
bool law_falls(const LawEntry& law) {
  return !law.param_sizes && (law.reads(Input::N) || law.reads(Input::D));
}

bool rises_with_params(const RunTable& runs, const LawEntry& law) {
  return law_falls(law) && law.reads(Input::N) && rises_with(runs, runs.params);
}

bool rises_with_tokens(const RunTable& runs, const LawEntry& law) {
  return law_falls(law) && law.reads(Input::D) && rises_with(runs, runs.tokens);
}

std::string rising_fault(const RunTable& runs, const LawEntry& law) {
  const bool by_params = rises_with_params(runs, law);
  const bool by_tokens = rises_with_tokens(runs, law);
  if (!by_params && !by_tokens) return "";
  const std::string with = by_params && by_tokens ? "model size and the number of tokens"
                           : by_params            ? "model size"
                                                  : "the number of tokens";
  return fmt::format("the {} rises with {}, so the law does not hold for these runs",
                     printable(runs.response), with);
}

bool is_ratio_constant(const RunTable& runs) {
  const auto ratio = [&](std::size_t i) { return runs.tokens[i] / runs.params[i]; };
  return num_distinct(runs.num_runs(), ratio) == 1;
}

std::string size_fault(const RunTable& runs, const LawEntry& law) {
  const bool has_N = law.reads(Input::N);
  const bool has_D = law.reads(Input::D);
  const std::size_t sizes = has_N ? num_distinct(runs.params) : kManyValues;
  const std::size_t lengths = has_D ? num_distinct(runs.tokens) : kManyValues;
  if (sizes == 1)
    return "there is only one model size, so its exponent and weight cannot be told from the "
           "irreducible loss";
  if (lengths == 1)
    return "there is only one number of tokens, so its exponent and weight cannot be told from the "
           "irreducible loss";
  if (has_N && has_D && is_ratio_constant(runs))
    return "D/N is constant, so the effects of model size and of tokens cannot be separated";
  if (sizes == 2) return "there are only two model sizes";
  if (lengths == 2) return "there are only two numbers of tokens";
  return "";
}

std::string input_fault(const RunTable& runs, const LawEntry& law) {
  for (const LawInput& input : law.inputs)
    if (!input.is_history() && num_distinct(runs.values_of(input.column)) == 1)
      return fmt::format("{} does not vary, so its effect cannot be told from the rest",
                         printable(input.symbol));
  return "";
}

}  // namespace

std::string design_fault(const RunTable& runs, const LawEntry& law) {
  if (goes_through_any(runs.num_runs(), law))
    return fmt::format(
        "there are as many free parameters as runs, {}, so that the law goes through "
        "any such runs",
        law.num_free());
  if (num_distinct(runs.loss) == 1) return fmt::format("the {} does not vary", runs.response);
  for (const auto& fault : {rising_fault(runs, law), size_fault(runs, law), input_fault(runs, law)})
    if (!fault.empty()) return fault;
  return "";
}

bool response_rises(const RunTable& runs, const LawEntry& law) {
  return rises_with_params(runs, law) || rises_with_tokens(runs, law);
}

}  // namespace isoloss
