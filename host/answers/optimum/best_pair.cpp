#include "host/answers/optimum/best_pair.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "fits/math.h"
#include "host/answers/optimum/cost_formula.h"
#include "host/answers/optimum/draws_without.h"
#include "host/answers/optimum/row_parts.h"
#include "host/base/error.h"
#include "host/base/lockstep_root.h"
#include "host/base/number_text.h"
#include "host/base/statistics.h"
#include "host/base/text.h"
#include "host/base/warnings.h"

namespace isoloss {
namespace {

constexpr std::size_t kLinePlaces = 97;  // of a line that are looked at
constexpr double kLogMostPaid = 200;     // of a quantity
constexpr double kLogBelowOne = 1;       // how far below one a root may be looked for

using Logs = std::vector<double>;

// A pair of a draw; NaN where it has none.
struct LogPair {
  double first = NAN, second = NAN, log_L = NAN;
};

// All pairs of one budget, whatever the law: places from the least of the first quantity to the
// most.
class CostLine {
 public:
  CostLine(CostFormula cost, double budget) : cost_(std::move(cost)), log_(isoloss::log(budget)) {
    most_ = {end_of(0), end_of(1)};
    if (std::isnan(most_[0]) || std::isnan(most_[1])) return;
    Logs first;
    for (std::size_t i = 0; i < kLinePlaces; ++i)
      first.push_back(static_cast<double>(i) / (kLinePlaces - 1) * most_[0]);
    first_ = first;
    second_ = second_of(first);
  }

  // Whether each place has its pair: the cost rises with both.
  bool is_whole() const {
    return !second_.empty() &&
           std::none_of(second_.begin(), second_.end(), [](double own) { return std::isnan(own); });
  }
  const Logs& first() const { return first_; }
  const Logs& second() const { return second_; }

  // What the budget leaves of the second quantity.
  Logs second_of(const Logs& first) {
    const std::size_t num = first.size();
    return lockstep_roots(Logs(num, -kLogBelowOne), Logs(num, most_[1] + kLogBelowOne),
                          [&](const Logs& second, Logs& out) { excess(first, second, out); });
  }
  const Slopes& at(const Logs& first, const Logs& second) { return cost_.at(first, second); }

 private:
  void excess(const Logs& first, const Logs& second, Logs& out) {
    const Slopes& slopes = cost_.at(first, second);
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = slopes.log_L[i] - log_;
  }
  // The most of one quantity, beside one of the other.
  double end_of(int which) {
    return lockstep_roots({0}, {kLogMostPaid}, [&](const Logs& at, Logs& out) {
      excess(which == 0 ? at : Logs{0}, which == 0 ? Logs{0} : at, out);
    })[0];
  }

  CostFormula cost_;
  double log_;
  std::array<double, 2> most_{NAN, NAN};
  Logs first_, second_;
};

// The best pairs of some draws on a line.
class PairSearch {
 public:
  PairSearch(LossSurface surface, CostLine line)
      : surface_(std::move(surface)), line_(std::move(line)), num_(surface_.num_rows()) {}

  std::vector<LogPair> best() {
    const std::vector<std::size_t> places = best_places();
    Logs lower(num_), upper(num_);
    for (std::size_t i = 0; i < num_; ++i) {
      lower[i] = line_.first()[places[i] == 0 ? 0 : places[i] - 1];
      upper[i] = line_.first()[std::min(places[i] + 1, kLinePlaces - 1)];
    }
    const Logs first =
        lockstep_roots(lower, upper, [&](const Logs& at, Logs& out) { slope_along(at, out); });
    Logs known = first;
    for (double& own : known)
      if (std::isnan(own)) own = 0;
    const Logs second = line_.second_of(known);
    surface_.evaluate(known, second, slopes_);
    std::vector<LogPair> out(num_);
    for (std::size_t i = 0; i < num_; ++i)
      if (!std::isnan(first[i])) out[i] = {first[i], second[i], slopes_.log_L[i]};
    return out;
  }

 private:
  std::vector<std::size_t> best_places() {
    std::vector<std::size_t> out(num_, 0);
    Logs least(num_, INFINITY);
    for (std::size_t place = 0; place < kLinePlaces; ++place) {
      surface_.evaluate(Logs(num_, line_.first()[place]), Logs(num_, line_.second()[place]),
                        slopes_);
      for (std::size_t i = 0; i < num_; ++i)
        if (slopes_.log_L[i] < least[i]) least[i] = slopes_.log_L[i], out[i] = place;
    }
    return out;
  }

  // By how much log L rises with the log of the first quantity, the cost held.
  void slope_along(const Logs& first, Logs& out) {
    const Logs second = line_.second_of(first);
    surface_.evaluate(first, second, slopes_);
    const Slopes& cost = line_.at(first, second);
    for (std::size_t i = 0; i < num_; ++i)
      out[i] = slopes_.by_log_N[i] - slopes_.by_log_D[i] * cost.by_log_N[i] / cost.by_log_D[i];
  }

  LossSurface surface_;
  CostLine line_;
  std::size_t num_;
  Slopes slopes_;
};

// Places of the two that are not held.
std::array<int, 2> free_places(const LawEntry& law, const HeldInputs& held) {
  std::vector<int> places;
  std::vector<std::string> names;
  for (int k = 0; k < law.num_inputs(); ++k) {
    const LawInput& input = law.inputs[static_cast<std::size_t>(k)];
    if (held.contains(input.column)) continue;
    places.push_back(k);
    names.push_back(input.column);
  }
  if (places.size() == 2) return {places[0], places[1]};
  throw InputError(
      "", 0, "",
      fmt::format("``compute-formula`` finds the best two quantities, and {} {} not held: {}",
                  places.size(), places.size() == 1 ? "is" : "are",
                  names.empty() ? "none" : listed(names)),
      places.size() > 2 ? fmt::format("hold the others: ``input`` {}=VALUE", names.back())
                        : "take a law that reads more, or hold less with ``input``");
}

void require_whole(const CostLine& line, double budget) {
  if (line.is_whole()) return;
  throw InputError("", 0, "",
                   fmt::format("no line of pairs from 1 on costs {}", flops_text(budget)),
                   "the cost must rise with both quantities, and be less where both are 1");
}

PairAnswer pair_answer(const FittedLaw& law, double budget, const std::vector<LogPair>& pairs) {
  const auto estimate = [&](double LogPair::*quantity) {
    return estimate_of(pairs.size(), law.confidence,
                       [&](std::size_t i) { return isoloss::exp(pairs[i].*quantity); });
  };
  PairAnswer out;
  out.budget = budget;
  out.is_none = std::isnan(pairs.front().first);
  out.first = estimate(&LogPair::first);
  out.second = estimate(&LogPair::second);
  out.loss = estimate(&LogPair::log_L);
  out.share_without =
      share_without(pairs, [](const LogPair& own) { return std::isnan(own.first); });
  return out;
}

PairQuantity quantity_of(const LawInput& input) {
  return {input.symbol, input.column, input.meaning};
}

// Of a quantity whose best lies beyond the fitted runs.
void warn_of_range(const FittedLaw& law, const PairQuantity& quantity, Estimate PairAnswer::*best,
                   BestPair& out) {
  for (const FittedRange& range : law.ranges) {
    if (range.column != quantity.column) continue;
    const auto num = std::count_if(out.answers.begin(), out.answers.end(), [&](const auto& own) {
      return (own.*best).value < range.least || (own.*best).value > range.largest;
    });
    if (num > 0)
      out.warnings.push_back(warning<"extrapolation">(
          fmt::format("{} of {} best values of {} lie outside the fitted range, {} .. {}: an "
                      "extrapolation",
                      num, out.answers.size(), printable(quantity.column), flops_text(range.least),
                      flops_text(range.largest))));
  }
}

}  // namespace

Outcome BestPair::outcome() const {
  const auto is_none = [](const PairAnswer& own) { return own.is_none; };
  return std::any_of(answers.begin(), answers.end(), is_none) ? Outcome::none : outcome_of(status);
}

BestPair best_pair(const FittedLaw& law, const PairQuestion& question) {
  const auto [first, second] = free_places(law.law, question.held);
  const SurfaceProgram program(law.law, question.held, first, second);
  const auto input = [&](int place) { return law.law.inputs[static_cast<std::size_t>(place)]; };
  BestPair out{question,    quantity_of(input(first)), quantity_of(input(second)), {}, law.status,
               law.warnings};
  const CostFormula cost(question.cost, law.law, question.held, first, second);
  const std::size_t num = law.thetas.size();
  for (const double budget : question.budgets) {
    const CostLine line(cost, budget);
    require_whole(line, budget);
    std::vector<LogPair> pairs(num);
    in_parts(num, question.num_threads, [&](std::size_t begin, std::size_t end) {
      const std::vector<LogPair> own =
          PairSearch(LossSurface(program, law.thetas, begin, end), line).best();
      std::copy(own.begin(), own.end(), pairs.begin() + static_cast<std::ptrdiff_t>(begin));
    });
    out.answers.push_back(pair_answer(law, budget, pairs));
  }
  warn_of_range(law, out.first, &PairAnswer::first, out);
  warn_of_range(law, out.second, &PairAnswer::second, out);
  if (const auto own = draws_without_warning(out.answers)) out.warnings.push_back(*own);
  if (out.outcome() == Outcome::none) out.warnings.push_back(warning<"no_optimum">());
  return out;
}

}  // namespace isoloss
