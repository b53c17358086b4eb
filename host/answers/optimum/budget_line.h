// The models that a budget pays for, and the best of them.

#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "host/answers/optimum/plan.h"

namespace isoloss {

// Lines of equal cost, one a row of a surface: at N parameters the budget F leaves
// D = (F / N - serve) / train tokens, or (F / (train N^N_power))^(1 / D_power).
class BudgetLine {
 public:
  BudgetLine(LossSurface surface, const Cost& cost, const Limits& limits);

  // The most tokens of each row, in place of those of the limits.
  void limit_tokens(std::vector<double> max_tokens) { max_tokens_ = std::move(max_tokens); }

  double log_D(double log_N, double log_cost) const;
  // log L there and its slopes by log N and log D; until the next call.
  const Slopes& along(const std::vector<double>& log_N, const std::vector<double>& log_cost);

  // The plan of least loss of every row at its cost. The loss is looked at at 97 sizes between one
  // parameter and one token (or a millionth of what is served) and within the limits; around the
  // best, the root of its derivative L_N = L_D (1 + serve / (train D)) is found to rounding. Where
  // there is none the plan is the end of the range with the least loss, marked PlanEnd::none.
  std::vector<Plan> least_losses(const std::vector<double>& log_cost);

  // The same from the plans of other costs, without looking along the whole line; nothing where a
  // row has no stationary point near there.
  std::optional<std::vector<Plan>> least_losses_near(const std::vector<double>& log_cost,
                                                     const std::vector<Plan>& last);

 private:
  struct Range {
    double lower, upper;  // log N
    bool lower_is_limit, upper_is_limit;
    bool is_empty;  // the limits leave nothing that costs so much

    double size_at(int place) const;  // of those looked at
    PlanEnd end_at(int place) const;  // of a best place that is not stationary
  };
  Range range_of(std::size_t row, double log_cost) const;
  // -1 where the loss is the same all along the line, or no number.
  std::vector<int> best_places(const std::vector<Range>& ranges,
                               const std::vector<double>& log_cost);
  // By how much log L rises with log N along the line.
  void slope_along(const std::vector<double>& log_N, const std::vector<double>& log_cost,
                   std::vector<double>& out);
  std::vector<double> stationary(const std::vector<double>& lower, const std::vector<double>& upper,
                                 const std::vector<double>& log_cost);
  std::vector<Plan> plans_at(const std::vector<double>& log_N, const std::vector<double>& log_cost);

  LossSurface surface_;
  Cost cost_;
  double max_params_;
  std::vector<double> max_tokens_;  // one a row
  Slopes slopes_;
  std::vector<double> log_D_;
};

}  // namespace isoloss
